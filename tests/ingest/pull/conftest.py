"""A small server that speaks the documented part of the Prometheus API, and fails on demand."""

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from ingest.pull.asking import Asker
from ingest.pull.sources import Source

HOUR_MS = 3_600_000
START = datetime(2024, 3, 11, 8, tzinfo=UTC)
START_MS = int(START.timestamp() * 1_000)
_QUERY = re.compile(r"(?P<metric>[A-Za-z_:]\w*)(?:\{(?P<selector>.*)\})?\[(?P<length>\d+)ms\]")


@dataclass
class Prometheus:
    """Series by metric and labels, and the failures that the next questions meet, one each.

    A failure is `(status, headers, body)`, `cut`, `slow` or `hang up`. `holds_left_end` is how servers before 3.0 read
    a range; `most_samples` is where one refuses to load more.
    """

    series: dict[str, list[tuple[dict[str, str], list[tuple[int, str]]]]] = field(default_factory=dict)
    failures: list[object] = field(default_factory=list)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    holds_left_end: bool = False
    most_samples: int = 1 << 30
    extra: dict[str, object] = field(default_factory=dict)
    url: str = ""

    def questions(self) -> list[str]:
        """The queries for samples that were asked, in order."""
        return [parameters["query"][0] for path, parameters in self.asked if path == "/api/v1/query"]

    def answer(self, path: str, parameters: dict[str, list[str]]) -> tuple[int, dict]:
        if path == "/api/v1/label/__name__/values":
            return 200, {"status": "success", "data": ["up", *self.series]}
        asked = _QUERY.fullmatch(parameters["query"][0])
        end_ms = round(float(parameters["time"][0]) * 1_000)
        start_ms = end_ms - int(asked["length"])
        if self.holds_left_end:
            start_ms -= 1
        result = []
        for labels, samples in self.series.get(asked["metric"], []):
            values = [[ms / 1_000, value] for ms, value in samples if start_ms < ms <= end_ms]
            if values:
                result.append({"metric": {"__name__": asked["metric"], **labels}, "values": values})
        if sum(len(item["values"]) for item in result) > self.most_samples:
            said = "query processing would load too many samples into memory in query execution"
            return 422, {"status": "error", "errorType": "execution", "error": said}
        return 200, {"status": "success", **self.extra, "data": {"resultType": "matrix", "result": result}}


def _handler(server: Prometheus) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            parameters = parse_qs(parts.query)
            server.asked.append((parts.path, parameters))
            server.headers.append(dict(self.headers))
            failure = server.failures.pop(0) if server.failures else None
            if failure == "hang up":
                self.connection.close()
                return
            if failure == "slow":
                time.sleep(0.6)
            if isinstance(failure, tuple):
                status, headers, body = failure
            else:
                status, document = server.answer(parts.path, parameters)
                headers, body = {}, json.dumps(document).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if failure == "cut" else body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def prometheus() -> Iterator[Prometheus]:
    """The server on loopback, empty."""
    server = Prometheus()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server.url = f"http://127.0.0.1:{httpd.server_port}"
    yield server
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def two_hours(prometheus: Prometheus) -> Prometheus:
    """One card over two hours: a reading each minute, on the hour too, and its power a second later each time."""
    labels = {"UUID": "GPU-1", "gpu": "0", "Hostname": "n1"}
    minutes = [START_MS + 60_000 * number for number in range(121)]
    prometheus.series = {
        "DCGM_FI_DEV_GPU_UTIL": [(labels, [(ms, "40") for ms in minutes])],
        "DCGM_FI_DEV_POWER_USAGE": [(labels, [(ms + 1_000, "300") for ms in minutes])],
    }
    return prometheus


@pytest.fixture
def source(prometheus: Prometheus) -> Source:
    return Source("sz-01", prometheus.url, "sz-01", since=START)


@pytest.fixture
def pauses() -> list[float]:
    """How long each pause was that the asker made; none is really made."""
    return []


@pytest.fixture
def asker(source: Source, pauses: list[float]) -> Asker:
    return Asker(source, pause=pauses.append, timeout=urllib3.Timeout(connect=2, read=0.3), environment={})
