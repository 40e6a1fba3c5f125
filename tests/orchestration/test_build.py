"""Builds: a new file each time, from what was known, and none at all when anything failed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from ingest.locks import WriterBusyError, writer_lock
from ingest.rollups import roll_up_dirty_days
from orchestration.build import KEPT_BUILD_COUNT, build, build_warehouse, latest_build, warehouse_lock
from orchestration.errors import BuildError
from orchestration.publish import publish, published_version
from orchestration.warehouse import RAW_TABLES, load_raw

FIRST_RECEIVED_AT = datetime(2026, 9, 1, tzinfo=UTC)
GOOD = (
    "select center_id as figure_id, 0.1 as lower, 0.2 as observed, 0.3 as upper, 1.0 as coverage, "
    "cast(null as timestamptz) as as_of_at from raw.centers"
)
FAILING_TEST = GOOD.replace("center_id as", "null::varchar as")
SAMPLES = "center_id,device_uid,sampled_at,utilization_pct\nyangzhou-01,GPU-1,2026-09-01T08:00:00+08:00,{utilization}\n"


def load(data_dir, as_of=None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    load_raw(connection, data_dir, as_of)
    return connection


def test_raw_holds_every_table_and_the_rows_with_the_instant_they_were_recorded(one_center):
    raw = load(one_center)
    tables = {name for (name,) in raw.execute("select table_name from information_schema.tables").fetchall()}
    assert tables >= set(RAW_TABLES)
    assert raw.execute("select center_id, recorded_at from raw.centers").fetchall() == [
        ("yangzhou-01", FIRST_RECEIVED_AT)
    ]


def test_without_an_as_of_a_build_is_as_of_the_last_file(one_center, rename_center):
    later = FIRST_RECEIVED_AT + timedelta(days=3)
    rename_center(later)
    assert load(one_center).execute("select as_of_at from raw.build").fetchall() == [(later,)]


def test_rows_recorded_after_the_as_of_are_left_out_and_later_files_change_nothing(one_center, rename_center):
    as_of = FIRST_RECEIVED_AT + timedelta(days=1)
    before = load(one_center, as_of).execute("from raw.build").fetchall()
    rename_center(FIRST_RECEIVED_AT + timedelta(days=3))
    raw = load(one_center, as_of)
    assert raw.execute("select center_name_en from raw.centers").fetchall() == [("Yangzhou",)]
    assert raw.execute("from raw.build").fetchall() == before
    assert load(one_center).execute("select count(*) from raw.centers").fetchall() == [(2,)]


def test_late_samples_do_not_reach_the_device_hours_of_an_earlier_as_of(one_center, receive):
    receive("early.csv", SAMPLES.format(utilization=40), FIRST_RECEIVED_AT + timedelta(days=1))
    late = SAMPLES.format(utilization=60).replace("08:00:00", "08:30:00")
    receive("late.csv", late, FIRST_RECEIVED_AT + timedelta(days=9))
    roll_up_dirty_days(one_center)
    counts = "select sum(sample_count) from raw.device_hours"
    assert load(one_center).execute(counts).fetchone() == (2,)
    assert load(one_center, FIRST_RECEIVED_AT + timedelta(days=2)).execute(counts).fetchone() == (1,)


def test_a_lake_file_that_no_manifest_row_names_is_not_loaded(one_center):
    (named,) = (one_center.lake / "records" / "centers").glob("*.parquet")
    named.with_name("0" * 64 + ".parquet").write_bytes(named.read_bytes())
    assert load(one_center).execute("select count(*) from raw.centers").fetchone() == (1,)


def test_a_build_leaves_a_file_that_others_can_open_at_once(one_center, dbt_project):
    path = build_warehouse(one_center, project_dir=dbt_project(GOOD))
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select figure_id from marts.fct_figure").fetchall() == [("yangzhou-01",)]
    assert latest_build(one_center) == path


def test_building_again_without_new_files_publishes_nothing_new(one_center, dbt_project):
    project = dbt_project(GOOD)
    first = publish(one_center, build_warehouse(one_center, project_dir=project))
    second = publish(one_center, build_warehouse(one_center, project_dir=project))
    assert first == second


def test_only_the_last_builds_are_kept(one_center, dbt_project):
    project = dbt_project(GOOD)
    for _ in range(KEPT_BUILD_COUNT + 1):
        build_warehouse(one_center, project_dir=project)
    assert len(list(one_center.warehouse.glob("build-*"))) == KEPT_BUILD_COUNT


@pytest.mark.parametrize(
    ("figure_sql", "named"),
    [(FAILING_TEST, "not_null_fct_figure_figure_id"), ("select no_such_column from raw.centers", "model fct_figure")],
    ids=["a failing test", "a failing model"],
)
def test_a_failing_build_names_what_failed_and_leaves_what_is_published(one_center, dbt_project, figure_sql, named):
    publish(one_center, build_warehouse(one_center, project_dir=dbt_project(GOOD)))
    good_build, published = latest_build(one_center), published_version(one_center)
    with pytest.raises(BuildError, match=named):
        build_warehouse(one_center, project_dir=dbt_project(figure_sql))
    assert latest_build(one_center) == good_build
    assert published_version(one_center) == published
    assert not (one_center.warehouse / ".building").exists()


def test_progress_counts_up_to_the_last_node(one_center, dbt_project):
    heard: list[tuple[str, int, int]] = []
    build(one_center, on_progress=lambda *step: heard.append(step), project_dir=dbt_project(GOOD))
    assert heard[-1][1:] == (3, 3)


def test_a_data_folder_into_which_nothing_came_says_what_to_do(data_dir):
    with pytest.raises(BuildError, match="racklight ingest PATH"):
        build_warehouse(data_dir)


def test_a_second_writer_is_turned_away_with_a_sentence(one_center):
    with (
        writer_lock(warehouse_lock(one_center)),
        pytest.raises(WriterBusyError, match=r"^Another racklight process is writing to .*\. Wait until it is done"),
    ):
        build_warehouse(one_center)


def test_dbt_writes_nothing_into_its_project(one_center, dbt_project):
    project = dbt_project(GOOD)
    before = {path for path in project.rglob("*")}
    build_warehouse(one_center, project_dir=project)
    assert {path for path in project.rglob("*")} == before
    assert Path.cwd() != project
