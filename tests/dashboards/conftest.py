"""One published world a session, built by the pipeline from the sample world, for every test of the screens."""

import os
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

REPOSITORY = Path(__file__).resolve().parents[2]
APP = REPOSITORY / "dashboards" / "streamlit_app.py"


@pytest.fixture(scope="session")
def published_world(tmp_path_factory) -> Path:
    """The folder RACKLIGHT_DATA_DIR points at, holding published/all/marts.duckdb.

    RACKLIGHT_TEST_PUBLISHED names such a folder that stands already, which saves building it.
    """
    given = os.environ.get("RACKLIGHT_TEST_PUBLISHED")
    if given:
        return Path(given).resolve()
    from ingest.intake import ingest_paths
    from ingest.paths import DataDir
    from ingest.rollups import roll_up_dirty_days
    from ingest.sample_world import write_sample_world
    from orchestration.build import build_warehouse
    from orchestration.publish import publish

    data_dir = DataDir(tmp_path_factory.mktemp("world"))
    data_dir.create()
    write_sample_world(data_dir.landing, 1)
    ingest_paths([data_dir.landing], data_dir)
    roll_up_dirty_days(data_dir)
    publish(data_dir, build_warehouse(data_dir))
    return data_dir.root


@pytest.fixture(autouse=True)
def _served_on_this_machine() -> None:
    """The address of the app's own settings, which a test without a server does not read."""
    config.set_option("server.address", "127.0.0.1")


@pytest.fixture
def marts(published_world) -> Path:
    """The published file itself."""
    return (published_world / "published" / "all" / "marts.duckdb").resolve()


@pytest.fixture
def sql(marts):
    """Ask the published file in plain SQL, apart from the queries under test; rows come as dictionaries."""

    def ask(statement: str, *parameters: object) -> list[dict]:
        with duckdb.connect(str(marts), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            frame: pl.DataFrame = connection.execute(statement, list(parameters)).pl()
        return frame.to_dicts()

    return ask


@pytest.fixture
def last_full_month(sql) -> date:
    """The month that the screens show first: the latest one whose last day has data."""
    return sql(
        """select max(month_start_on) as start from fct_portfolio_month__utilization
        where month_end_on - 1 <= (select data_through_on from dim_build)"""
    )[0]["start"]


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
