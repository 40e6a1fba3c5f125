"""Recomputing: a registered figure again from the files its publication knew, or exactly why not."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.state.register import Register
from ingest.state.store import StateStore
from orchestration.build import build_warehouse, latest_build
from orchestration.errors import RacklightError
from orchestration.publish import publish, published_version
from orchestration.recompute import recompute

FIRST_RECEIVED_AT = datetime(2026, 9, 1, tzinfo=UTC)
FIGURE = "centers/ALL"
SQL = (
    "select 'centers/ALL' as figure_id, count(*) / 3 as lower, count(*) / 3 as observed, count(*) / 3 as upper, "
    "1.0 as coverage, cast(null as timestamptz) as as_of_at from raw.centers"
)


@pytest.fixture
def published(one_center, dbt_project):
    """A data folder whose one figure, a third, is published and registered."""
    project = dbt_project(SQL)
    publish(one_center, build_warehouse(one_center, project_dir=project))
    return one_center, project


def test_later_deliveries_do_not_reach_it_whatever_instant_they_claim(published, rename_center, receive):
    data_dir, project = published
    rename_center(FIRST_RECEIVED_AT + timedelta(days=3))
    columns = "center_id,center_name_zh,center_name_en,province_code,time_zone,revision"
    text = f"{columns}\nold-01,旧,Old,320000,Asia/Shanghai,1\n"
    receive("history.csv", text, FIRST_RECEIVED_AT - timedelta(days=30))
    publish(data_dir, build_warehouse(data_dir, project_dir=project))
    first, second = Register(StateStore(data_dir)).entries()
    outcome = recompute(data_dir, FIGURE, first, project_dir=project)
    assert outcome.agrees
    assert outcome.recomputed["lower"] == 1 / 3
    assert recompute(data_dir, FIGURE, project_dir=project).entry == second


def test_it_publishes_nothing_and_leaves_the_latest_build(published):
    data_dir, project = published
    before = latest_build(data_dir), published_version(data_dir)
    assert recompute(data_dir, FIGURE, project_dir=project).agrees
    assert (latest_build(data_dir), published_version(data_dir)) == before


def test_a_changed_definition_is_named_with_what_differs(published, dbt_project):
    data_dir, _ = published
    outcome = recompute(data_dir, FIGURE, project_dir=dbt_project(SQL.replace("/ 3", "/ 4")))
    assert not outcome.agrees
    assert outcome.differences == {name: (1 / 3, 1 / 4) for name in ("lower", "observed", "upper")}
    assert outcome.changed_nodes == ["fct_figure"]


def test_a_file_that_is_not_as_it_was_is_named(published):
    data_dir, project = published
    with StateStore(data_dir).engine.begin() as connection:
        connection.exec_driver_sql("update files set rows_accepted = 2")
    with pytest.raises(RacklightError, match=r"centers.csv .* was read again: 1 rows accepted then, 2 now"):
        recompute(data_dir, FIGURE, project_dir=project)


def test_a_figure_that_was_never_registered_is_said_to_be_unknown(published):
    data_dir, project = published
    with pytest.raises(RacklightError, match="holds no figure lit/nowhere"):
        recompute(data_dir, "lit/nowhere", project_dir=project)
