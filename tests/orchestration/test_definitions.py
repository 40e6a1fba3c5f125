"""What Dagster shows: a graph whose names, groups and starters are written down here and change only on purpose."""

import os
import subprocess
import sys

import dagster as dg
import pytest

from orchestration.definitions import build_definitions

PYTHON_ASSETS = {
    "alerts": "alerts",
    "audit_packs": "audit_packs",
    "device_hours": "lake_telemetry",
    "occupancy": "lake_occupancy",
    "published_marts": "published_marts",
    "received_files": "lake_intake",
    "registers": "lake_registers",
    "restatements": "published_marts",
    "telemetry_samples": "lake_telemetry",
    "weekly_reports": "reports",
}
OWN_CHECKS = {
    "occupancy": {"accepted_rows_meet_expectations"},
    "received_files": {"no_delivery_is_missing", "no_file_was_refused", "rows_in_are_accepted_plus_quarantined"},
    "registers": {"accepted_rows_meet_expectations"},
    "telemetry_samples": {"accepted_rows_meet_expectations", "no_center_fell_silent"},
}
LAYERS = {"staging", "intermediate", "marts", "seeds"}


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """Definitions of a fresh checkout: there is no manifest and no data folder."""
    from ingest.paths import DataDir

    root = tmp_path_factory.mktemp("fresh") / "data"
    found = build_definitions(DataDir(root))
    assert not root.exists(), "loading definitions must create nothing"
    return found


@pytest.fixture(scope="module")
def specs(definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in definitions.resolve_all_asset_specs()}


def test_python_assets_and_their_groups_are_these(specs):
    own = {name: spec.group_name for name, spec in specs.items() if "dbt" not in spec.kinds}
    assert own == PYTHON_ASSETS


def test_jobs_schedules_and_sensor_are_these(definitions):
    names = sorted(job.name for job in definitions.jobs)
    assert names == ["build_and_publish", "build_only", "monday", "pull_sources", "quarter", "refresh"]
    assert sorted((item.name, item.cron_schedule, item.execution_timezone) for item in definitions.schedules) == [
        ("every_hour", "10 * * * *", "Asia/Shanghai"),
        ("every_monday", "0 9 * * 1", "Asia/Shanghai"),
        ("every_morning", "0 6 * * *", "Asia/Shanghai"),
        ("every_quarter", "0 10 1 1,4,7,10 *", "Asia/Shanghai"),
    ]
    assert [sensor.name for sensor in definitions.sensors] == ["landing_folder"]


def test_dbt_models_keep_their_names_and_are_grouped_by_layer_and_subject(specs):
    models = {name: spec for name, spec in specs.items() if "dbt" in spec.kinds}
    assert {"stg_registers__centers", "policy"} <= set(models)
    assert {spec.group_name.split("_")[0] for spec in models.values()} <= LAYERS
    assert specs["stg_registers__centers"].group_name == "staging_registers"


def test_models_stand_on_the_assets_that_fill_their_sources(specs):
    def upstream(name: str) -> set[str]:
        return {dep.asset_key.to_user_string() for dep in specs[name].deps}

    assert "registers" in upstream("stg_registers__centers")
    assert "device_hours" in upstream("stg_telemetry__device_hours")
    assert "received_files" in upstream("stg_intake__files")
    assert upstream("device_hours") == {"telemetry_samples", "registers"}


def test_every_mart_is_published(specs):
    marts = {name for name, spec in specs.items() if (spec.group_name or "").startswith("marts_")}
    assert {dep.asset_key.to_user_string() for dep in specs["published_marts"].deps} == marts


def test_every_asset_says_what_it_is(specs):
    assert [name for name, spec in specs.items() if not (spec.description or "").strip()] == []


def test_own_checks_are_these_and_the_gate_blocks(definitions):
    checks = [spec for checks in definitions.asset_checks for spec in checks.check_specs]
    found: dict[str, set[str]] = {}
    for spec in checks:
        found.setdefault(spec.asset_key.to_user_string(), set()).add(spec.name)
    assert found == OWN_CHECKS
    blocking = {spec.name for spec in checks if spec.blocking}
    assert blocking == {"accepted_rows_meet_expectations", "rows_in_are_accepted_plus_quarantined"}


def test_days_are_days_in_china_and_a_range_of_them_is_one_run(definitions):
    device_hours = definitions.resolve_assets_def("device_hours")
    assert device_hours.partitions_def.timezone == "Asia/Shanghai"
    assert device_hours.backfill_policy == dg.BackfillPolicy.single_run()


def test_every_schedule_and_sensor_says_what_it_protects_against(definitions):
    starters = [*definitions.schedules, *definitions.sensors]
    assert [item.name for item in starters if not (item.description or "").startswith("Protects ")] == []


def test_the_module_that_dagster_loads_gives_definitions():
    code = "from orchestration import definitions; print(type(definitions.defs).__name__)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "LazyDefinitions"


def test_nothing_of_the_tools_may_phone_home_whatever_the_environment_says():
    code = (
        "import orchestration, os; print(*(os.environ[name] for name in ('DAGSTER_DISABLE_TELEMETRY', 'DO_NOT_TRACK')))"
    )
    environment = os.environ | {"DO_NOT_TRACK": "0"}
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert outcome.stdout.split() == ["1", "1"]
