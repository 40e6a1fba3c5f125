"""The whole path as Dagster runs it by itself: a file in the landing folder, a published file at the end."""

import dagster as dg
import pytest

from ingest.paths import DataDir
from orchestration.dbt_runner import prepare_manifest
from orchestration.definitions import build_definitions
from orchestration.publish import published_version

REGISTERS = {
    "centers.csv": "center_id,center_name_zh,center_name_en,province_code,time_zone\n"
    "yangzhou-01,扬州,Yangzhou,320000,Asia/Shanghai\n",
    "feed.toml": "received_at = 2026-09-03T00:00:00+08:00\n",
    "samples.csv": "center_id,device_uid,sampled_at,utilization_pct\n"
    "yangzhou-01,GPU-1,2026-09-01T23:59:00+08:00,40\nyangzhou-01,GPU-1,2026-09-02T00:01:00+08:00,900\n"
    "yangzhou-01,GPU-1,2026-09-02T00:05:00+08:00,10\n",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataDir, dg.ExecuteInProcessResult]:
    data_dir = DataDir(tmp_path_factory.mktemp("data")).create()
    for name, text in REGISTERS.items():
        (data_dir.landing / name).write_text(text, encoding="utf-8")
    prepare_manifest(data_dir)
    job = build_definitions(data_dir).resolve_job_def("refresh")
    return data_dir, job.execute_in_process(instance=dg.DagsterInstance.ephemeral())


def test_files_that_landed_end_in_a_published_file_as_of_their_receipt(run):
    data_dir, result = run
    assert result.success
    assert published_version(data_dir).as_of_at.isoformat() == "2026-09-02T16:00:00+00:00"


def test_every_asset_of_the_graph_but_weekly_reports_and_audit_packs_was_materialized(run):
    data_dir, result = run
    made = {event.asset_key for event in result.get_asset_materialization_events()}
    graph = set(build_definitions(data_dir).resolve_asset_graph().materializable_asset_keys)
    own_jobs = {dg.AssetKey("weekly_reports"), dg.AssetKey("audit_packs")}
    assert made == graph - own_jobs, "reports are written on Mondays and packs by quarter, by jobs of their own"


def test_dbt_tests_and_own_checks_were_evaluated_and_none_failed(run):
    _, result = run
    evaluations = result.get_asset_check_evaluations()
    failed = {item.check_name for item in evaluations if not item.passed}
    # the samples of this test are from its own past
    assert failed <= {"no_center_fell_silent"}
    assert {"accepted_rows_meet_expectations", "rows_in_are_accepted_plus_quarantined"} <= {
        item.check_name for item in evaluations
    }
    assert len(evaluations) > 100


def test_the_local_days_that_were_rolled_up_are_partitions(run):
    _, result = run
    days = {
        event.partition
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey("device_hours") and event.partition
    }
    assert days == {"2026-09-01", "2026-09-02"}


def test_a_quarantined_row_is_counted_and_holds_nothing_up(run):
    _, result = run
    (evaluation,) = [
        item
        for item in result.get_asset_check_evaluations()
        if item.check_name == "rows_in_are_accepted_plus_quarantined"
    ]
    assert evaluation.metadata["rows_quarantined"].value == 1
