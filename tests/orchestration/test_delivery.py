"""Deliveries against a real mail server and a real web server on loopback, with failures put into them."""

import http.server
import json
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from dashboards.reports.weekly.forms import ReportFile
from ingest.paths import DataDir
from ingest.state.deliveries import DeliveryLog, delivery_key
from ingest.state.store import StateStore
from orchestration.delivery import channels
from orchestration.delivery.channels import Message
from orchestration.delivery.deliver import WAITS_SECONDS, deliver
from orchestration.delivery.settings import EXAMPLE, MailServer, Recipient, SettingsError, read_settings

AS_OF = datetime(2026, 11, 2, 1, tzinfo=UTC)
REPORT = "weekly/ALL/2026-W44"
MESSAGE = Message("key1", "周报 2026-W44", "正文", AS_OF, [ReportFile("周报.pdf", "application/pdf", b"%PDF-1.7 x")])
HERE = Recipient("mail", "ops@example.com")


class Postbox:
    """Takes mail; answers what it was told to answer first."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.answers: list[str] = []
        self.break_after_data = False
        self.port = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answers and not self.answers[0].startswith("250"):
            return self.answers.pop(0)
        self.letters.append(envelope.content)
        if self.break_after_data:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def postbox():
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box.port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def log(tmp_path) -> DeliveryLog:
    return DeliveryLog(StateStore(DataDir(tmp_path)))


@pytest.fixture
def waits() -> list[float]:
    return []


def _deliver(log, port, waits, recipient=HERE, host="127.0.0.1"):
    server = MailServer(host, port, "none", "racklight@example.com")
    return deliver(log, REPORT, AS_OF, recipient, MESSAGE, server, waits.append)


def test_a_report_arrives_with_its_file_and_only_once(postbox, log, waits):
    assert _deliver(log, postbox.port, waits).result == "sent"
    assert _deliver(log, postbox.port, waits).result == "already"
    (letter,) = [message_from_bytes(content, policy=policy.default) for content in postbox.letters]
    assert letter["Subject"] == "周报 2026-W44"
    assert letter["Message-ID"] == "<key1@example.com>"
    (file,) = letter.iter_attachments()
    assert file.get_filename() == "周报.pdf"
    assert file.get_content() == b"%PDF-1.7 x"
    assert waits == []


def test_a_server_that_is_busy_is_asked_again_with_longer_waits(postbox, log, waits):
    postbox.answers = ["451 busy", "452 full"]
    assert _deliver(log, postbox.port, waits).result == "sent"
    assert waits == list(WAITS_SECONDS[:2])
    assert len(postbox.letters) == 1


def test_a_server_that_says_no_for_good_is_not_asked_again_until_the_next_run(postbox, log, waits):
    postbox.answers = ["554 no such thing"]
    outcome = _deliver(log, postbox.port, waits)
    assert (outcome.result, waits) == ("failed", [])
    assert "554" in outcome.detail
    assert _deliver(log, postbox.port, waits).result == "sent"
    assert log.entries()[0].attempt_count == 2


def test_a_connection_that_breaks_after_the_message_is_never_sent_twice(postbox, log, waits):
    postbox.break_after_data = True
    assert _deliver(log, postbox.port, waits).result == "uncertain"
    postbox.break_after_data = False
    assert _deliver(log, postbox.port, waits).result == "uncertain"
    assert len(postbox.letters) == 1
    assert log.release(delivery_key(REPORT, AS_OF, str(HERE)))
    assert _deliver(log, postbox.port, waits).result == "sent"


def test_a_crash_between_claim_and_end_does_not_send_again(postbox, log, waits, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("orchestration.delivery.deliver.DeliveryLog.end", crash)
    with pytest.raises(KeyboardInterrupt):
        _deliver(log, postbox.port, waits)
    monkeypatch.undo()
    assert _deliver(log, postbox.port, waits).result == "uncertain"
    assert len(postbox.letters) == 1


def test_two_runs_at_once_send_one(postbox, log, waits):
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.append(_deliver(log, postbox.port, waits).result)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(postbox.letters) == 1
    assert results.count("sent") == 1


def test_a_server_that_is_not_there_is_a_failure_after_all_tries(log, waits):
    assert _deliver(log, 9, waits).result == "failed"
    assert waits == list(WAITS_SECONDS)


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(postbox, log, waits):
    server = MailServer("127.0.0.1", postbox.port, "starttls", "racklight@example.com")
    assert deliver(log, REPORT, AS_OF, HERE, MESSAGE, server, waits.append).result == "failed"
    assert postbox.letters == []


def test_a_folder_receives_whole_files(log, waits, tmp_path):
    target = Recipient("folder", str(tmp_path / "out"))
    assert _deliver(log, 9, waits, target).result == "sent"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["周报.pdf"]


@contextmanager
def _web(statuses: list[int]):
    got: list[tuple[dict, dict]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((dict(self.headers), json.loads(body)))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?token=secret", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_gets_the_files_and_a_key_and_is_asked_again_after_a_server_error(log, waits):
    with _web([503]) as (address, got):
        assert _deliver(log, 9, waits, Recipient("webhook", address)).result == "sent"
    assert len(got) == 2
    assert got[1][0]["Idempotency-Key"] == "key1"
    assert got[1][1]["files"][0]["name"] == "周报.pdf"


def test_a_webhook_that_points_elsewhere_is_not_followed(log, waits):
    with _web([302]) as (address, got):
        outcome = _deliver(log, 9, waits, Recipient("webhook", address))
    assert (outcome.result, len(got)) == ("failed", 1)
    assert "secret" not in outcome.detail


def test_a_webhook_that_is_no_web_address_is_refused():
    with pytest.raises(channels.Refused):
        channels.post("file:///etc/passwd", {})


def test_the_example_of_the_settings_can_be_used(tmp_path, monkeypatch):
    for name in ("RACKLIGHT_SMTP_USER", "RACKLIGHT_SMTP_PASSWORD", "RACKLIGHT_ALERT_SECRET"):
        monkeypatch.setenv(name, "x")
    path = tmp_path / "delivery.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    settings = read_settings(path)
    assert settings.mail.tls == "starttls"
    assert str(settings.weekly[0].to[0]) == "mail:operations@example.com"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[mial]\n", "no section mial"),
        ('[mail]\nhost = "x"\nport = 25\nsender = "a@b"\ntls = "ssl3"\n', "tls must be"),
        ('[[weekly]]\nto = ["fax:123"]\n', "fax:123"),
        ('[[weekly]]\nto = ["mail:a@b"]\n', "no [mail] section"),
        ('[[weekly]]\nto = ["mail:a@b\\r\\nBcc: c@d"]\n', "must be one of"),
        ('[alerts]\nquiet_hours = "late"\n', "22:00-07:30"),
        ("not toml", "not TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path, text, says):
    path = tmp_path / "delivery.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says.replace("[", r"\[")):
        read_settings(path)
