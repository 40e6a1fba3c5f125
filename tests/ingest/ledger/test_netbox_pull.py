"""Pulling from NetBox over real HTTP: a server here that pages, fails now and then, and says what it was asked."""

import json
import threading
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.declarations import declaration_for
from ingest.intake import ingest_paths
from ingest.ledger.netbox_pull import NetboxSource, PullError, pull_netbox, read_netboxes
from ingest.paths import DataDir
from ingest.pull.sources import has_sources, read_sources
from ingest.reading import Declaration
from ingest.recognize import reader_of

NOW = datetime(2025, 9, 10, 1, 2, 3, tzinfo=UTC)
TOKEN = "0123456789abcdef"


def device(number):
    return {
        "id": number,
        "name": f"gpu-{number}",
        "device_type": {"model": "R5500 G6"},
        "serial": f"SN{number}",
        "rack": {"id": 7, "name": "R7"},
        "status": {"value": "active", "label": "Active"},
        "custom_fields": {"accelerator_count": 2, "accelerator_model": "NVIDIA H20"},
        "last_updated": "2025-08-30T09:00:01.000Z",
    }


def change(number, device_id, at):
    return {
        "id": number,
        "time": at,
        "changed_object_type": "dcim.device",
        "changed_object_id": device_id,
        "object_repr": f"gpu-{device_id}",
        "prechange_data": {"status": "active", "rack": 7},
        "postchange_data": {"status": "decommissioning", "rack": 7},
    }


class Netbox:
    """What the server holds, the failures it still has in store, and every question it was asked."""

    def __init__(self):
        self.devices = [device(number) for number in range(1, 6)]
        self.changes = [change(9001, 3, "2025-08-30T09:00:01.000Z")]
        self.failures = []
        self.asked = []
        self.page_size = 2
        self.change_path = "/api/core/object-changes/"
        self.calls_itself = "https://netbox.elsewhere.example"

    def listing(self, path, query):
        if path == "/api/dcim/devices/":
            objects = self.devices
        elif path == self.change_path:
            after = query.get("time_after", ["0"])[0]
            objects = [item for item in self.changes if item["time"] >= after]
        else:
            return None
        offset = int(query.get("offset", ["0"])[0])
        following = offset + self.page_size
        more = f"{self.calls_itself}{path}?limit={self.page_size}&offset={following}"
        if "time_after" in query:
            more += f"&time_after={query['time_after'][0]}"
        return {
            "count": len(objects),
            "next": more if following < len(objects) else None,
            "previous": None,
            "results": objects[offset:following],
        }


@contextmanager
def served(netbox):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            netbox.asked.append((parts.path, parse_qs(parts.query), self.headers["Authorization"]))
            failure = netbox.failures.pop(0) if netbox.failures else None
            if failure == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"count": 5, "resu')
                return self.wfile.flush()
            if failure == "malformed":
                return self.answer(200, b"<html>busy</html>")
            if failure is not None:
                return self.answer(failure, b"{}")
            page = netbox.listing(parts.path, parse_qs(parts.query))
            return self.answer(404, b"{}") if page is None else self.answer(200, json.dumps(page).encode())

        def answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status == 429:
                self.send_header("Retry-After", "7")
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/stolen")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def pull(tmp_path):
    """Pull from a Netbox into folders of this test; hands back what came and the waits between attempts."""
    waits, addresses = [], {}
    with ExitStack() as servers:

        def run(netbox, token=TOKEN, now=NOW):
            if id(netbox) not in addresses:
                addresses[id(netbox)] = servers.enter_context(served(netbox))
            source = NetboxSource(addresses[id(netbox)], token, "sz-01", "Asia/Shanghai")
            return pull_netbox(source, tmp_path / "landing", tmp_path / "state", now=now, sleep=waits.append), waits

        yield run


def landed(tmp_path):
    return sorted(path for path in tmp_path.rglob("netbox-*.json") if "landing" in path.parts)


def test_all_pages_of_devices_and_changes_land_as_one_file_that_the_reader_takes(pull, tmp_path):
    pulled, waits = pull(Netbox())
    assert (pulled.device_count, pulled.change_count, waits) == (5, 1, [])
    assert landed(tmp_path) == [pulled.path]
    declared = declaration_for(pulled.path, Declaration(received_at=NOW), tmp_path)
    assert (declared.center_id, declared.time_zone) == ("sz-01", "Asia/Shanghai")
    reading = reader_of(pulled.path, "x").read(pulled.path, declared, "a" * 64)
    assert (reading.rows_in, reading.rows_accepted) == (6, 6)
    events = reading.records["device_events"]
    assert events["server_id"].n_unique() == 5
    assert events.filter(server_id="SN3", state="decommissioned").height == 2


def test_failures_now_and_then_are_waited_out_and_the_wait_that_is_asked_for_is_kept(pull):
    netbox = Netbox()
    netbox.failures = [503, "cut", None, "malformed", 429]
    pulled, waits = pull(netbox)
    assert pulled.device_count == 5
    assert len(waits) == 4
    assert waits[-1] == 7
    assert all(0 < wait <= 120 for wait in waits)


def test_a_source_that_never_answers_whole_lands_nothing_and_is_given_up(pull, tmp_path):
    netbox = Netbox()
    netbox.failures = [None, None, None, *["cut"] * 5]
    with pytest.raises(PullError, match="failed 5 times"):
        pull(netbox)
    assert landed(tmp_path) == []


def test_a_refused_token_says_which_variable_to_set_and_is_not_asked_again(pull):
    netbox = Netbox()
    netbox.failures = [403]
    with pytest.raises(PullError, match="RACKLIGHT_NETBOX_TOKEN") as refused:
        pull(netbox)
    assert len(netbox.asked) == 1
    assert TOKEN not in str(refused.value)


def test_the_token_goes_to_the_named_host_alone_whatever_host_the_next_page_names(pull):
    netbox = Netbox()
    pull(netbox)
    assert {path for path, _, _ in netbox.asked} == {"/api/dcim/devices/", "/api/core/object-changes/"}
    assert {told for _, _, told in netbox.asked} == {f"Token {TOKEN}"}
    netbox.failures = [302]
    with pytest.raises(PullError, match="status 302"):
        pull(netbox)


def test_only_changes_since_the_last_pull_are_asked_for_with_an_hour_of_overlap(pull):
    netbox = Netbox()
    pull(netbox)
    netbox.changes.append(change(9002, 4, "2025-09-09T00:00:00.000Z"))
    netbox.asked.clear()
    pulled, _ = pull(netbox, now=datetime(2025, 9, 11, tzinfo=UTC))
    (asked,) = [query["time_after"] for path, query, _ in netbox.asked if "changes" in path]
    assert asked == ["2025-08-30T08:00:01Z"]
    assert pulled.change_count == 2


def test_a_listing_that_changes_while_it_is_read_is_read_again(pull):
    class Growing(Netbox):
        def listing(self, path, query):
            if path == "/api/dcim/devices/" and len(self.asked) == 2:
                self.devices.insert(0, device(99))
            return super().listing(path, query)

    assert pull(Growing())[0].device_count == 6


def test_an_older_netbox_keeps_its_change_log_elsewhere(pull):
    netbox = Netbox()
    netbox.change_path = "/api/extras/object-changes/"
    assert pull(netbox)[0].change_count == 1


def test_what_does_not_differ_from_the_last_pull_is_not_landed_again(pull, tmp_path):
    netbox = Netbox()
    first = pull(netbox)[0]
    data_dir = DataDir(tmp_path / "data")
    (outcome,) = ingest_paths([first.path], data_dir)
    assert (outcome.status, outcome.rows_in, outcome.rows_quarantined) == ("accepted", 6, 0)
    assert pull(netbox, now=datetime(2025, 9, 11, tzinfo=UTC))[0].path is None
    netbox.devices[0]["status"] = {"value": "failed"}
    assert pull(netbox, now=datetime(2025, 9, 12, tzinfo=UTC))[0].path is not None
    assert len(landed(tmp_path)) == 2


def test_a_netbox_of_sources_toml_is_asked_with_the_token_of_its_variable(tmp_path, monkeypatch):
    path = tmp_path / "sources.toml"
    lines = ("[netbox.main]", 'url = "https://n.example"', 'center = "c-1"', 'time_zone = "Asia/Shanghai"')
    path.write_text("\n".join((*lines, 'token_env = "MY_TOKEN"')))
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    assert read_netboxes(path) == [NetboxSource("https://n.example", TOKEN, "c-1", "Asia/Shanghai")]
    assert read_sources(path) == []
    assert has_sources(path)
    path.write_text("\n".join((*lines, 'token = "x"')))
    with pytest.raises(PullError, match="environment variable"):
        read_netboxes(path)


def test_a_token_is_not_sent_over_plain_http_to_another_machine(tmp_path):
    source = NetboxSource("http://netbox.example", TOKEN, "c-1", "Asia/Shanghai")
    with pytest.raises(PullError, match="https"):
        pull_netbox(source, tmp_path, tmp_path)
