"""What more than one folder of tests needs: a real browser, the app served, the sample world, dbt parsed once."""

import dataclasses
import fcntl
import os
import pickle
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SCREENSHOTS = REPOSITORY / "build" / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 60
DRAWN = """() => !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(
        chart => chart.querySelector('.main-svg'))"""
"""Charts and tables load their code and draw themselves after the script has ended."""
SETTLED = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')].filter(chart => chart.clientWidth);
    const fits = charts.every(chart => {
        const drawn = chart.querySelector('.main-svg');
        return drawn && Math.abs(drawn.getBoundingClientRect().width - chart.clientWidth) < 3;
    });
    const layout = JSON.stringify([innerWidth, main.scrollHeight, main.scrollWidth, document.fonts.status,
        charts.map(chart => [chart.getBoundingClientRect().top, chart.querySelectorAll('text').length])]);
    window.settledFor = fits && layout === window.settledLayout ? (window.settledFor || 0) + 1 : 0;
    window.settledLayout = layout;
    return window.settledFor >= 2;
}"""
"""Every chart has taken the width of its place, and the page has stood still while it was looked at three times."""
POLL_MILLISECONDS = 60
HEAVY_FIRST = (
    "tests/whole_path/test_sample_world.py",
    "tests/whole_path",
    "tests/orchestration/test_refresh.py",
    "tests/transform/findings",
    "tests/dashboards/test_login.py",
    "tests/dashboards/test_browser.py",
    "tests/dashboards",
    "tests/transform",
)
"""Files begin in this order: the sample world is there when screens want it, and what is short fills up the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((number for number, start in enumerate(HEAVY_FIRST) if item.nodeid.startswith(start)), 99)

    items.sort(key=place)


class Visitor:
    """A Chromium that opens pages of the app, waits until they are drawn, and remembers what was asked for and sent."""

    def __init__(self, chromium) -> None:
        self._chromium = chromium
        self.requests: list[str] = []
        self.frames: list[bytes] = []

    def open(
        self,
        url: str,
        width: int = 1280,
        height: int = 2400,
        cookies: list[dict] | None = None,
        wait_for: str = "[data-testid=stHeading]",
        color_scheme: str = "light",
    ):
        """Open a page in a new session and return it drawn."""
        context = self._chromium.new_context(viewport={"width": width, "height": height}, color_scheme=color_scheme)
        context.add_cookies(cookies or [])
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: socket.on("framereceived", self._keep_frame))
        page.goto(url)
        page.wait_for_selector(wait_for, timeout=60_000)
        self.wait_until_drawn(page)
        return page

    def _keep_frame(self, payload: bytes | str) -> None:
        self.frames.append(payload if isinstance(payload, bytes) else payload.encode())

    def wait_until_drawn(self, page) -> None:
        """The script has ended, and charts and tables stand."""
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        page.wait_for_function(DRAWN, timeout=60_000, polling=POLL_MILLISECONDS)
        page.wait_for_function(SETTLED, timeout=60_000, polling=POLL_MILLISECONDS)

    def turn_to(self, page, name: str, title: str) -> None:
        """Go to a page of the app by the navigation, also where the window is too narrow to show it."""
        page.locator(f"[data-testid=stSidebarNav] a[href$='/{name}']").dispatch_event("click")
        self.wait_for_title(page, title)

    def wait_for_title(self, page, title: str) -> None:
        """The page of this title is there and drawn."""
        page.get_by_role("heading", level=1, name=title, exact=True).wait_for(timeout=60_000)
        self.wait_until_drawn(page)

    def speak(self, page, label: str, title: str) -> None:
        """Switch the language of the page that is open, whose title is then this one."""
        page.get_by_test_id("stSidebar").get_by_role("radio", name=label, include_hidden=True).dispatch_event("click")
        self.wait_for_title(page, title)

    def resize(self, page, width: int, height: int = 2400) -> None:
        """Make the window another width, and wait until the page has laid itself out in it."""
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(SETTLED, timeout=60_000, polling=POLL_MILLISECONDS)

    def keep(self, page, name: str) -> None:
        """Keep a screenshot of the page as build output."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests of a worker."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium; on Debian and Ubuntu: apt-get install chromium")
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=CHROMIUM, args=QUIET_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium) -> Visitor:
    return Visitor(chromium)


@pytest.fixture(scope="module")
def walker(chromium) -> Visitor:
    """A visitor who goes through many pages in one session."""
    return Visitor(chromium)


@contextmanager
def _serving(data_dir: Path, secrets: Path | None = None) -> Iterator[str]:
    """The app on a free port of the loopback, as its own process; hands back its address. Secrets bring a login."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "dashboards/streamlit_app.py", f"--server.port={port}"),
            *([f"--secrets.files={secrets}"] if secrets else []),
        ],
        cwd=REPOSITORY,
        env=os.environ | {"RACKLIGHT_DATA_DIR": str(data_dir)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def serving():
    """A context manager that serves the app from a data folder."""
    return _serving


def _wait_until_healthy(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert process.poll() is None, "streamlit ended before it answered"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"streamlit did not answer within {SECONDS_TO_START} s")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable], Path]:
    """A function that gives the folder of a name, which one worker fills for all; the others wait until it has."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder = shared / name
        done = folder.with_suffix(".done")
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def sample_world(made_once) -> Path:
    """The data folder after `racklight demo`: one worker makes it for all, and whoever writes to it takes a copy."""
    return made_once("sample_world", _demo)


def _demo(folder: Path) -> None:
    from click.testing import CliRunner

    from orchestration.cli import main

    outcome = CliRunner().invoke(main, ["demo", "--no-serve"], env={"RACKLIGHT_DATA_DIR": str(folder)})
    assert outcome.exit_code == 0, f"{outcome.output}\n{outcome.exception!r}"


class DbtProject:
    """The dbt project, parsed by one worker for all; every call runs in this process against the file it is given.

    dbt takes seconds to import, so that is done here and not where every test would wait for it.
    """

    def __init__(self, shared: Path, own: Path) -> None:
        from dbt.contracts.graph.manifest import Manifest

        self.folder = own
        self.template = shared / "warehouse.duckdb"
        self.manifest = Manifest(**pickle.loads((shared / "manifest.pickle").read_bytes()))

    @classmethod
    def prepare(cls, shared: Path) -> None:
        """Parse the project, and leave its manifest and a file with empty raw tables and loaded seeds."""
        import duckdb

        from orchestration.dbt_runner import parse
        from orchestration.warehouse import create_empty_raw

        # A manifest names the catalog, which is the file's stem: template and worlds are all `warehouse`.
        template = shared / "warehouse.duckdb"
        with duckdb.connect(template) as connection:
            create_empty_raw(connection)
        manifest = parse(shared, template)
        # dbt makes its look-ups again where they are missing, and pickles them wrongly
        names = [item.name for item in dataclasses.fields(manifest) if not item.name.startswith("_")]
        (shared / "manifest.pickle").write_bytes(pickle.dumps({name: getattr(manifest, name) for name in names}))
        cls(shared, shared).invoke(template, "seed")

    def invoke(self, warehouse: Path, command: str, *arguments: str):
        """Run one dbt command on one warehouse file and let go of the file."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        os.environ["RACKLIGHT_WAREHOUSE_PATH"] = str(warehouse)
        project = str(REPOSITORY / "dbt_project")
        folders = ["--project-dir", project, "--profiles-dir", project]
        # writing the manifest again would cost more than most of the models that a test asks for
        outputs = ["--no-write-json", "--target-path", str(self.folder / "target"), "--log-path", str(self.folder)]
        outputs += ["--log-level-file", "none"]
        try:
            result = dbtRunner(manifest=self.manifest).invoke([command, "--quiet", *folders, *outputs, *arguments])
        finally:
            DuckDBConnectionManager.close_all_connections()
        if not result.success:
            failed = [
                f"{item.node.name}: {item.message}" for item in result.result or () if item.failures or item.message
            ]
            pytest.fail(f"dbt {command} failed: {result.exception or failed}")
        return result


@pytest.fixture(scope="session")
def dbt_project(made_once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DbtProject]:
    """The parsed project and a template file with empty raw tables and loaded seeds."""
    before = os.environ.get("RACKLIGHT_WAREHOUSE_PATH")
    yield DbtProject(made_once("dbt_project", DbtProject.prepare), tmp_path_factory.mktemp("dbt"))
    if before is None:
        os.environ.pop("RACKLIGHT_WAREHOUSE_PATH", None)
    else:
        os.environ["RACKLIGHT_WAREHOUSE_PATH"] = before
