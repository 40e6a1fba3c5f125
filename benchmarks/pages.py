"""How long readers wait: queries of every page, first paint of a warm server, and twenty readers at once.

    python benchmarks/national.py data/published/all/marts.duckdb national.duckdb
    python benchmarks/pages.py national.duckdb                    # needs 4 GiB of memory and, for the paint, Chromium
    python benchmarks/pages.py national.duckdb --pages portfolio,overview --slowest 5 --no-server

Every page runs as a reader opens it, with Streamlit's cache of rows emptied before each visit, so that each query is
asked anew. What is counted for a page is the sum over all connections it opened, the sidebar's among them: seconds of
the clock, and of all processors, which say what an idle machine would take at most. The first visit brings the file
into the system's page cache and is not counted. Readers at once speak the server's own protocol over websockets on
loopback: each opens pages one after the other, and a page that ends with an error is a failure.
"""

import argparse
import asyncio
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
APP = REPOSITORY / "dashboards" / "streamlit_app.py"
PAGES = sorted(path.stem for path in (REPOSITORY / "dashboards" / "app_pages").glob("*.py") if path.stem != "__init__")
LIMIT_MS = 300
READERS = 20
VISITED = ("overview", "portfolio", "racked_and_lit", "payback", "findings")
PAINTED = ("", "portfolio", "racked_and_lit", "payback", "findings")
VISITS = 5
WATCH = """() => new Promise(done => {
  const seen = {};
  const shown = (elements) => [...elements].some(element => element.getBoundingClientRect().height > 0);
  const sentences = () => [...document.querySelectorAll('.stMain [data-testid=stMarkdownContainer] p')]
    .filter(element => /\\d/.test(element.innerText));
  const look = () => {
    const now = performance.now();
    if (!seen.answer && (shown(sentences()) || shown(document.querySelectorAll('[data-testid=stMetric]'))))
      seen.answer = now;
    if (!seen.chart && shown(document.querySelectorAll('.main-svg'))) seen.chart = now;
    if ((seen.answer && seen.chart) || now > 120000) done(seen); else requestAnimationFrame(look);
  };
  look();
})"""
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Stopwatch:
    """Seconds that connections to the published file were open, with the function that asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float, float]] = []
        self._inner = [0]

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Put this watch in place of the opening of connections."""
        from dashboards.queries import reading

        plain = reading.opened

        @contextmanager
        def opened(path):
            asker = _asker()
            self._inner.append(0)
            started, used = time.perf_counter(), time.process_time()
            try:
                with plain(path) as connection:
                    yield connection
            finally:
                seconds, used, inner = time.perf_counter() - started, time.process_time() - used, self._inner.pop()
                self._inner[-1] += 1
                # a connection that is only held open for others is not a query of its own
                if not inner:
                    self.asked.append((asker, seconds, used))

        reading.opened = opened
        try:
            yield
        finally:
            reading.opened = plain


def _asker() -> str:
    """The function of `dashboards.queries` or of a report that asks."""
    frame = sys._getframe(2)
    while frame and frame.f_code.co_name in ("__enter__", "opened", "read", "read_rows", "inner", "helper"):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}" if frame else "unknown"


def measure_queries(pages: list[str], rounds: int, slowest: int) -> None:
    """Print one line per page: queries, their sum at the median over the visits, the slowest one."""
    import streamlit as st
    from streamlit import config
    from streamlit.testing.v1 import AppTest

    config.set_option("server.address", "127.0.0.1")
    watch = Stopwatch()
    print(f"{'page':20} {'queries':>7} {'median ms':>9} {'CPU ms':>7}  slowest query, CPU ms")
    late = []
    with watch.watching():
        for page in pages:
            app = AppTest.from_file(str(APP), default_timeout=600).run()
            sums, used, by_asker = [], [], {}
            for visit in range(rounds + 1):
                st.cache_data.clear()
                watch.asked.clear()
                app.switch_page(f"app_pages/{page}.py").run()
                if app.exception:
                    print(f"{page:20} failed: {app.exception[0].value[:90]}")
                    break
                if visit:
                    sums.append(1000 * sum(seconds for _, seconds, _ in watch.asked))
                    used.append(1000 * sum(cpu for _, _, cpu in watch.asked))
                    for asker, _, cpu in watch.asked:
                        by_asker.setdefault(asker, []).append(1000 * cpu)
            if not sums:
                late.append(page)
                continue
            median = statistics.median(sums)
            worst = sorted(((statistics.median(found), asker) for asker, found in by_asker.items()), reverse=True)
            late += [page] if median > LIMIT_MS else []
            mark = "  over the limit" if median > LIMIT_MS else ""
            cpu = statistics.median(used)
            print(f"{page:20} {len(watch.asked):7} {median:9,.0f} {cpu:7,.0f} {worst[0][0]:7,.0f} {worst[0][1]}{mark}")
            for milliseconds, asker in worst[1:slowest]:
                print(f"{'':45} {milliseconds:7,.0f} {asker}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(pages) - len(late)} of {len(pages)} pages within {LIMIT_MS} ms; peak memory {peak:.1f} GiB")


def measure_server(data_dir: Path) -> None:
    """Start the app, print the first paint of a warm server and what twenty readers at once wait."""
    with _serving(data_dir) as (address, process):
        asyncio.run(_read_all(address, 1, VISITED))
        alone = sorted(asyncio.run(_first_figures(address)))
        print(f"one reader, warm: first figure sent after {alone[0]:.2f} to {alone[-1]:.2f} s, by page")
        if chromium := next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None):
            for page in PAINTED:
                answer, chart = _paint(chromium, f"{address}/{page}")
                print(f"first paint of /{page}: the answer after {answer:.1f} s, a chart after {chart:.1f} s")
        waits, failures = asyncio.run(_read_all(address, READERS, VISITED))
        status = Path(f"/proc/{process.pid}/status").read_text()
        held = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 2**20
    print(
        f"{READERS} readers x {len(VISITED)} pages: {len(waits)} pages answered, {len(failures)} failures; "
        f"median {statistics.median(waits):.1f} s, slowest {max(waits):.1f} s; server's peak memory {held:.1f} GiB"
    )
    for failure in failures[:5]:
        print(f"  {failure}")


def _paint(chromium: str, url: str) -> tuple[float, float]:
    """Seconds until the first answer (a sentence or card with a figure) and the first chart are seen.

    The browser has been there before, as a reader's has, and keeps what it loaded; the page is new, and so is its
    session. Of five visits after the first the middle one.
    """
    from playwright.sync_api import sync_playwright

    answers, charts = [], []
    with sync_playwright() as runner, tempfile.TemporaryDirectory(prefix="racklight-profile-") as profile:
        context = runner.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=CHROMIUM_FLAGS, viewport={"width": 1280, "height": 900}
        )
        for visit in range(VISITS + 1):
            page = context.new_page()
            page.goto(url, wait_until="commit")
            seen = page.evaluate(WATCH)
            page.close()
            if visit:
                answers.append(seen["answer"] / 1000)
                charts.append(seen["chart"] / 1000)
        context.close()
    return statistics.median(answers), statistics.median(charts)


async def _read_all(address: str, readers: int, pages: tuple[str, ...]) -> tuple[list[float], list[str]]:
    waits: list[float] = []
    failures: list[str] = []
    await asyncio.gather(*(_read(address, number, pages, waits, failures) for number in range(readers)))
    return waits, failures


async def _read(
    address: str,
    number: int,
    pages: tuple[str, ...],
    waits: list[float],
    failures: list[str],
    on_figure: Callable[[], None] = lambda: None,
) -> None:
    """One reader: a session of its own, pages one after the other, each begun when the one before has ended."""
    import websockets
    from streamlit.proto.BackMsg_pb2 import BackMsg

    stream = address.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=120) as socket_:
        for step in range(len(pages)):
            page = pages[(number + step) % len(pages)]
            message = BackMsg()
            message.rerun_script.query_string = "lang=en"
            message.rerun_script.page_name = "" if page == "overview" else page
            started = time.perf_counter()
            await socket_.send(message.SerializeToString())
            fault = await asyncio.wait_for(_until_drawn(socket_, on_figure), 300)
            if fault:
                failures.append(f"reader {number}, {page}: {fault}")
            else:
                waits.append(time.perf_counter() - started)


async def _first_figures(address: str) -> list[float]:
    """Seconds from opening a session of a page to the first figure or chart that the server sends, one by one."""
    found = []
    for page in VISITED:
        seen: list[float] = []
        started = time.perf_counter()
        await _read(address, 0, (page,), [], [], lambda seen=seen: seen.append(time.perf_counter()))
        found += [seen[0] - started]
    return found


async def _until_drawn(socket_: object, on_figure: Callable[[], None] = lambda: None) -> str:
    """Take what is sent until the script has ended; hands back what went wrong, if anything did."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    fault, figures = "", 0
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket_.recv())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element.WhichOneof("type")
            if element in ("plotly_chart", "metric"):
                figures += 1
                on_figure()
            if element == "exception":
                fault = message.delta.new_element.exception.message or "an error"
        if kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return fault or ("" if figures else "nothing was drawn")
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return fault or f"the script ended with {message.script_finished}"


@contextmanager
def _serving(data_dir: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={port}"],
        cwd=REPOSITORY,
        env=os.environ | {"RACKLIGHT_DATA_DIR": str(data_dir)},
        stdout=subprocess.DEVNULL,
        stderr=(data_dir / "server.log").open("w"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
                break
            except OSError:
                time.sleep(0.3)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    """Lay the file out as a data folder and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="a published file, as `national.py` writes it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--slowest", type=int, default=1, help="how many queries of a page to print")
    parser.add_argument("--no-server", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="racklight-pages-") as folder:
        published = Path(folder) / "published" / "all"
        published.mkdir(parents=True)
        (published / "marts-20261102T010000Z-000000001000.duckdb").symlink_to(arguments.file.resolve())
        (published / "marts.duckdb").symlink_to(arguments.file.resolve())
        os.environ["RACKLIGHT_DATA_DIR"] = folder
        measure_queries([page for page in arguments.pages.split(",") if page], arguments.rounds, arguments.slowest)
        if not arguments.no_server:
            measure_server(Path(folder))


if __name__ == "__main__":
    main()
