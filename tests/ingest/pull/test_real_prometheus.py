"""Pulling from a real Prometheus on loopback: two hours put into its storage, and a tiny exporter that it scrapes."""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.pull import chunks
from ingest.pull.pulling import pull_source
from ingest.pull.sources import Source
from ingest.state.store import StateStore

UNPACKED = Path(__file__).parents[3] / ".venv" / "prometheus" / "usr" / "bin"
HOUR = timedelta(hours=1)
START = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - 3 * HOUR
START_MS = int(START.timestamp() * 1_000)
STORED_MS = [START_MS + 60_000 * number for number in range(121)] + [START_MS + 3_599_999]


def binary(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:{UNPACKED}")
    if found is None:
        pytest.skip(f"{name} is not here (Debian package prometheus); .ci/system_packages unpacks it")
    return found


class Exporter(BaseHTTPRequestHandler):
    """Two cards; the second is pulled after three scrapes."""

    scrapes = 0

    def do_GET(self) -> None:
        type(self).scrapes += 1
        cards = ["GPU-b", "GPU-c"] if self.scrapes <= 3 else ["GPU-b"]
        lines = [f'DCGM_FI_DEV_GPU_UTIL{{UUID="{card}",gpu="0",Hostname="n2",pod="mine"}} 70' for card in cards]
        lines += [f'DCGM_FI_DEV_POWER_USAGE{{UUID="{card}",gpu="0",Hostname="n2"}} 350' for card in cards]
        body = ("\n".join(lines) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def stored_text() -> str:
    lines = ["# TYPE DCGM_FI_DEV_GPU_UTIL gauge"]
    lines += [f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-a",Hostname="n1"}} 40 {ms / 1_000:.3f}' for ms in sorted(STORED_MS)]
    lines += ["# TYPE DCGM_FI_DEV_POWER_USAGE gauge"]
    lines += [f'DCGM_FI_DEV_POWER_USAGE{{UUID="GPU-a",Hostname="n1"}} 300 {ms / 1_000:.3f}' for ms in sorted(STORED_MS)]
    return "\n".join([*lines, "# EOF", ""])


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    prometheus, promtool = binary("prometheus"), binary("promtool")
    folder = tmp_path_factory.mktemp("prometheus")
    (folder / "stored.txt").write_text(stored_text())
    create = [promtool, "tsdb", "create-blocks-from", "openmetrics", folder / "stored.txt", folder / "storage"]
    subprocess.run(create, check=True, capture_output=True)
    exporter = ThreadingHTTPServer(("127.0.0.1", 0), Exporter)
    threading.Thread(target=exporter.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    target = f'{{targets: ["127.0.0.1:{exporter.server_port}"]}}'
    (folder / "prometheus.yml").write_text(
        "global: {scrape_interval: 300ms, scrape_timeout: 300ms}\n"
        f"scrape_configs: [{{job_name: cards, static_configs: [{target}]}}]\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [
            prometheus,
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'storage'}",
            "--storage.tsdb.retention.time=1d",
            f"--web.listen-address={address}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("w"),
    )
    try:
        wait_for(lambda: answers(f"http://{address}/-/ready"), server)
        wait_for(lambda: Exporter.scrapes >= 7, server)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        exporter.shutdown()
        exporter.server_close()


def wait_for(is_so, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert server.poll() is None, "Prometheus ended by itself"
        assert time.monotonic() < deadline, "Prometheus did not come up in 30 s"
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def pulled(url, tmp_path_factory):
    """The stored hours, pulled and taken in; gives the data folder, what the pull said, and the samples."""
    data_dir = DataDir(tmp_path_factory.mktemp("pulled") / "data")
    done = pull_source(Source("real", url, "c-1"), data_dir, since=START, until=START + 2 * HOUR)
    return data_dir, done, taken_in(data_dir)


def taken_in(data_dir):
    ingest_paths([data_dir.landing], data_dir)
    store = StateStore(data_dir)
    samples = pl.concat(pl.read_parquet(path) for path in store.sample_files()["path"])
    return samples.join(store.devices(), on="device_key").sort("device_uid", "sampled_at_ms")


def test_every_stored_sample_of_two_hours_is_taken_in_once(pulled):
    _, done, samples = pulled
    inside = sorted(ms for ms in STORED_MS if ms < START_MS + 2 * 3_600_000)
    assert samples["sampled_at_ms"].to_list() == inside
    assert samples["utilization_pct"].unique().to_list() == [40.0]
    assert samples["power_w"].unique().to_list() == [300.0]
    assert (done.asked_count, len(done.landed)) == (4, 2)


def test_the_second_pull_asks_the_real_server_nothing(pulled, url):
    data_dir, _, _ = pulled
    again = pull_source(Source("real", url, "c-1"), data_dir, since=START, until=START + 2 * HOUR)
    assert (again.asked_count, again.known_count) == (0, 4)


def test_a_scraped_card_that_was_pulled_ends_with_its_last_scrape(url, tmp_path, monkeypatch):
    """Raw samples hold neither the marker of its end nor five minutes of its last value."""
    monkeypatch.setattr(chunks, "SETTLE_MS", 0)
    data_dir = DataDir(tmp_path / "data")
    now = datetime.now(UTC)
    pull_source(Source("live", url, "c-1"), data_dir, since=now, until=now)
    samples = taken_in(data_dir)
    counts = dict(samples.group_by("device_uid").len().rows())
    assert counts["GPU-c"] in (2, 3)
    assert counts["GPU-b"] > counts["GPU-c"]
    assert samples["utilization_pct"].unique().to_list() == [70.0]
    assert samples["power_w"].unique().to_list() == [350.0]


def test_a_real_server_says_what_is_wrong_with_a_question(url):
    from ingest.pull.asking import Asker, PullError

    with pytest.raises(PullError, match=r"it answered 400 .*parse error"):
        Asker(Source("real", url, "c-1")).ask("/api/v1/query", [("query", "up[1h")])


def test_the_answer_of_a_real_server_is_what_the_small_one_imitates(url, prometheus, source, asker):
    """Same keys, same types: else the tests with failures would prove nothing."""
    from ingest.pull.asking import Asker

    labels = {"UUID": "GPU-a", "Hostname": "n1"}
    prometheus.series = {"DCGM_FI_DEV_GPU_UTIL": [(labels, [(ms, "40") for ms in sorted(STORED_MS)])]}
    prometheus.holds_left_end = True
    parameters = chunks.Chunk("DCGM_FI_DEV_GPU_UTIL", START_MS + 3_600_000, START_MS + 7_200_000).parameters("")
    real = json.loads(Asker(Source("real", url, "c-1")).ask("/api/v1/query", parameters))
    small = json.loads(asker.ask("/api/v1/query", parameters))
    assert small == real
