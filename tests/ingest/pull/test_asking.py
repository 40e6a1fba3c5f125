"""A server that is busy, slow, cut off or says no."""

import email.utils
from datetime import UTC, datetime, timedelta

import pytest

from ingest.pull.asking import ATTEMPTS, Asker, PullError
from ingest.pull.sources import Source

NAMES = "/api/v1/label/__name__/values"
BUSY = (503, {}, b"")


@pytest.mark.parametrize(
    "failure",
    [
        (429, {}, b""),
        (503, {}, b"<html>busy</html>"),
        (502, {}, b""),
        "cut",
        "slow",
        "hang up",
        (200, {}, b'{"status":"success","data":['),
        (200, {}, b"<html>log in</html>"),
        (200, {}, b'{"status":"success","warnings":["store down"],"data":[]}'),
        (200, {}, b'{"status":"success","isPartial":true,"data":[]}'),
    ],
    ids=str,
)
def test_what_may_be_over_soon_is_asked_again(prometheus, asker, pauses, failure):
    prometheus.failures = [failure, failure]
    assert asker.ask(NAMES, []).startswith(b'{"status": "success"')
    assert (len(prometheus.asked), len(pauses)) == (3, 2)


def test_pauses_grow_and_differ_by_chance(prometheus, asker, pauses):
    prometheus.failures = [BUSY] * (ATTEMPTS - 1)
    asker.ask(NAMES, [])
    assert all(2**number / 2 <= pause <= 2**number for number, pause in enumerate(pauses))
    prometheus.failures = [BUSY] * (ATTEMPTS - 1)
    asker.ask(NAMES, [])
    assert pauses[: ATTEMPTS - 1] != pauses[ATTEMPTS - 1 :]


def test_the_rest_that_a_server_asks_for_is_granted_in_seconds_or_as_a_date(prometheus, asker, pauses):
    until = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    prometheus.failures = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": until}, b"")]
    asker.ask(NAMES, [])
    assert pauses[0] == 7
    assert 85 < pauses[1] <= 90


def test_a_server_that_wants_hours_of_rest_is_left_alone(prometheus, asker, pauses):
    prometheus.failures = [(429, {"Retry-After": "7200"}, b"")]
    with pytest.raises(PullError, match=r"7200 s of rest. Pull later."):
        asker.ask(NAMES, [])
    assert pauses == []


def test_after_a_bounded_number_of_attempts_the_error_says_what_where_and_what_to_do(prometheus, asker):
    prometheus.failures = [BUSY] * 99
    with pytest.raises(PullError) as failed:
        asker.ask("/api/v1/query", [("query", "up[1h]"), ("time", "1773129600.000")])
    assert len(prometheus.asked) == ATTEMPTS
    sentence = str(failed.value)
    assert sentence.startswith(f"sz-01, {prometheus.url}, asked for up[1h] at 2026-03-10T08:00:00+00:00")
    assert sentence.endswith("it answered 503, 6 times. Nothing that was answered is lost: pull again later.")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ((400, {}, b'{"status":"error","errorType":"bad_data","error":"parse error"}'), "it answered 400 parse error"),
        ((401, {}, b""), "Check RACKLIGHT_PULL_TOKEN, or RACKLIGHT_PULL_USER and RACKLIGHT_PULL_PASSWORD."),
        ((302, {"Location": "http://elsewhere.example/"}, b""), "it redirects (302)"),
        ((404, {}, b"<html>"), "the address ends before /api/v1"),
    ],
)
def test_a_no_is_not_asked_again(prometheus, asker, pauses, failure, said):
    prometheus.failures = [failure]
    with pytest.raises(PullError) as failed:
        asker.ask(NAMES, [])
    assert said in str(failed.value)
    assert (len(prometheus.asked), pauses) == (1, [])


def test_a_server_that_is_not_there_is_said_so(pauses):
    source = Source("gone", "http://127.0.0.1:9", "c1")
    with pytest.raises(PullError, match="it cannot be reached"):
        Asker(source, pause=pauses.append, environment={}).ask(NAMES, [])
    assert len(pauses) == ATTEMPTS - 1


def test_a_certificate_that_nobody_vouches_for_ends_it(tmp_path, pauses):
    """A server with a certificate of its own making; nothing is asked of it, and no secret reaches it."""
    import http.server
    import shutil
    import ssl
    import subprocess
    import threading

    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out"]
    subprocess.run([*command, certificate, *subject], check=True, capture_output=True)
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.headers.get("Authorization"))
            body = b'{"status":"success","data":[]}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    url, secret = f"https://localhost:{server.server_port}", {"RACKLIGHT_PULL_TOKEN": "s3cr3t"}
    with pytest.raises(PullError, match="its certificate is not trusted"):
        Asker(Source("tls", url, "c1"), pause=pauses.append, environment=secret).ask(NAMES, [])
    assert seen == []
    trusting = Source("tls", url, "c1", ca_file=str(certificate))
    Asker(trusting, pause=pauses.append, environment=secret).ask(NAMES, [])
    server.shutdown()
    server.server_close()
    assert seen == ["Bearer s3cr3t"]
