"""The sample world as published by the pipeline, a copy for each worker, for every test of the screens."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboards import cached
from dashboards.queries import reading
from ingest.paths import DataDir
from ingest.state.access_policy import ROLES

REPOSITORY = Path(__file__).resolve().parents[2]
APP = REPOSITORY / "dashboards" / "streamlit_app.py"
MOST_ROWS = 2000
"""Enough of every mart for every page, and few enough to be written four times."""
COPIED_CENTER = "xuanling-01"


@dataclass(frozen=True)
class CanaryWorld:
    """A data folder with a scope of one center for each role, and a center whose every text is the canary."""

    data_dir: DataDir
    own_center: str = "yangzhou-01"
    canary: str = "CANARY-7f3a"

    @property
    def policy(self) -> str:
        """The access policy: groups are named after roles."""
        one = "  {0}-one:\n    role: {0}\n    centers: [{1}]\n    groups: [{0}s]\n"
        return "version: 1\nscopes:\n" + "".join(one.format(role, self.own_center) for role in ROLES)


@pytest.fixture(scope="session")
def published_world(request, tmp_path_factory) -> Path:
    """The folder RACKLIGHT_DATA_DIR points at, holding published/all/marts.duckdb, for this worker to write to.

    RACKLIGHT_TEST_PUBLISHED names such a folder that stands already, which saves building it.
    """
    given = os.environ.get("RACKLIGHT_TEST_PUBLISHED")
    if given:
        return Path(given).resolve()
    own = tmp_path_factory.mktemp("world")
    shutil.copytree(request.getfixturevalue("sample_world"), own, symlinks=True, dirs_exist_ok=True)
    return own


@pytest.fixture(scope="session")
def canary_world(published_world, tmp_path_factory) -> CanaryWorld:
    """The sample world with a center whose every text is a canary, and every scope of the policy published from it."""
    from orchestration.access.restatements import publish_scope_logs
    from orchestration.access.scopes import publish_scopes

    data_dir = DataDir(tmp_path_factory.mktemp("canary"))
    data_dir.create()
    world = CanaryWorld(data_dir)
    source = (published_world / "published" / "all" / "marts.duckdb").resolve()
    folder = data_dir.published / "all"
    folder.mkdir(parents=True)
    target = folder / source.name
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as whole (read_only)")
        columns = connection.execute(
            """select table_name, column_name, data_type from information_schema.columns
            where table_catalog = 'whole' order by table_name, ordinal_position"""
        )
        marts: dict[str, dict[str, str]] = {}
        for table, column, kind in columns.fetchall():
            marts.setdefault(table, {})[column] = kind
        connection.execute("begin")
        for table, kinds in marts.items():
            key = next((name for name in ("center_id", "scope_id") if name in kinds), None)
            own = f"select * from whole.{table}"
            if key is None:
                connection.execute(f"create table {table} as {own}")
                continue
            chosen = ", ".join(
                f"'{world.canary}'"
                if kind == "VARCHAR" and name not in ("period_grain", "scope_kind", "metric_id")
                else name
                for name, kind in kinds.items()
            )
            connection.execute(f"create table {table} as {own} where {key} = '{world.own_center}' limit {MOST_ROWS}")
            connection.execute(
                f"insert into {table} select {chosen} from whole.{table} "
                f"where {key} = '{COPIED_CENTER}' limit {MOST_ROWS}"
            )
        connection.execute("commit")
        connection.execute("detach whole")
    (folder / "marts.duckdb").symlink_to(target.name)
    _restate(world, source.stem.removeprefix("marts-"))
    data_dir.access_file.write_text(world.policy, encoding="utf-8")
    publish_scopes(data_dir)
    publish_scope_logs(data_dir)
    return world


def _restate(world: CanaryWorld, version: str) -> None:
    """A log in which the current publication says figures of both centers otherwise than one before it."""
    from ingest.state.register import NewPublication, Register
    from ingest.state.restatements import RestatementLog
    from ingest.state.store import StateStore
    from orchestration.restating.milestones import MEASURES
    from orchestration.restating.published_log import publish_log

    store = StateStore(world.data_dir)
    for name in ("20261001T000000Z-first", version):
        as_of_at = datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        Register(store).record(NewPublication("all", name, as_of_at, "test", {}, {}, {}))
    figures, milestones = {}, []
    for center_id in (world.own_center, world.canary):
        figures[f"lit_of_racked/{center_id}/month/2026-09-01"] = {
            **{"metric_id": "lit_of_racked", "basis": "technical", "center_id": center_id, "period_grain": "month"},
            **{"period_start": "2026-09-01", "period_end": "2026-10-01", "unit": "ratio", "was_open": False},
            **{"causes": ["late_data"], "definition_kinds": []},
            "measures": {"lower": {"before": Decimal("0.4"), "after": Decimal("0.5"), "late_data": Decimal("0.1")}},
        }
        values = {f"{when}_{name}": None for when in ("before", "after") for name in MEASURES}
        values |= {"before_verdict": "met", "after_verdict": "not_met"}
        named = {"milestone_id": f"{center_id}-m1", "center_id": center_id, "metric": "lit_on_plan"}
        milestones.append(values | named | {"target_unit": "share"})
    told_by = {"own.csv": world.own_center, f"{world.canary}.csv": world.canary}
    told_by |= {f"{world.canary}-both.csv": f"{world.canary}, {world.own_center}", f"{world.canary}-nobody.csv": ""}
    summary = {
        "present": ["late_data"],
        "brought_by": [
            {"cause": "late_data", "kind": "file", "name": name, "detail": "leases: 1", "centers": centers}
            | {"recorded_at": "2026-11-09T00:00:00Z", "source_sha256": "0" * 64}
            for name, centers in told_by.items()
        ],
        "milestones": milestones,
        "restated_count": 2,
        "added_count": 0,
        "withdrawn_count": 0,
    }
    RestatementLog(store).record(1, 2, summary, figures)
    publish_log(world.data_dir)


@pytest.fixture(autouse=True)
def _served_on_this_machine() -> Iterator[None]:
    """The address of the app's own settings, which a test without a server does not read; no file stays open."""
    config.set_option("server.address", "127.0.0.1")
    yield
    cached._hold.clear()


@pytest.fixture
def marts(published_world) -> Path:
    """The published file itself."""
    return (published_world / "published" / "all" / "marts.duckdb").resolve()


@pytest.fixture
def sql(marts):
    """Ask the published file in plain SQL, apart from the queries under test; rows come as dictionaries."""

    def ask(statement: str, *parameters: object) -> list[dict]:
        # By the app's own connections: others to a file that a page keeps open are refused.
        return reading.read_rows(marts, statement, *parameters).to_dicts()

    return ask


@pytest.fixture
def last_full_month(sql) -> date:
    """The month that the screens show first: the latest one whose last day has data."""
    return sql(
        """select max(month_start_on) as start from fct_portfolio_month__utilization
        where month_end_on - 1 <= (select data_through_on from dim_build)"""
    )[0]["start"]


@pytest.fixture(scope="session")
def illegible() -> str:
    """The script that looks for what cannot be read on a page, without its comment."""
    text = Path(__file__).with_name("legibility.js").read_text()
    return text[text.index("() =>") :]


@pytest.fixture
def open_page(published_world, monkeypatch):
    """Open one page of the app as a reader would, without a browser."""
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))

    def open_it(page: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        # Readers see no details of an error; a failing test must.
        config.set_option("client.showErrorDetails", "full")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(f"app_pages/{page}.py").run()
        assert [error.value for error in app.exception] == []
        return app

    return open_it
