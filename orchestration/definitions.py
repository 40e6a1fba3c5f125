"""All of Dagster's definitions, assembled. Importing this starts nothing and creates nothing below the data folder."""

import dagster as dg

from ingest.paths import DataDir
from orchestration.assets.alerts import alerts
from orchestration.assets.dbt import build_warehouse_assets
from orchestration.assets.landing import landing_assets
from orchestration.assets.published import build_published_marts
from orchestration.assets.reports import audit_packs, weekly_reports
from orchestration.assets.restated import restatements
from orchestration.assets.rollup import device_hours
from orchestration.automation import (
    BUILD_AND_PUBLISH,
    BUILD_ONLY,
    MONDAY,
    QUARTER,
    REFRESH,
    every_hour,
    every_monday,
    every_morning,
    every_quarter,
    landing_folder,
)
from orchestration.checks import ASSET_CHECKS
from orchestration.dbt_runner import Progress, load_manifest
from orchestration.pulling import pull_sources
from orchestration.resources import Data, Reporter


def build_definitions(data_dir: DataDir, on_progress: Progress | None = None) -> dg.Definitions:
    """Fresh definitions over one data folder.

    Args:
        data_dir: what all assets read and write.
        on_progress: told about every step, for a run that was started from a terminal.
    """
    warehouse_assets = build_warehouse_assets(load_manifest(data_dir))
    mart_keys = [spec.key for spec in warehouse_assets.specs if (spec.group_name or "").startswith("marts_")]
    return dg.Definitions(
        assets=[
            landing_assets,
            device_hours,
            warehouse_assets,
            build_published_marts(mart_keys),
            restatements,
            alerts,
            weekly_reports,
            audit_packs,
        ],
        asset_checks=ASSET_CHECKS,
        jobs=[pull_sources, REFRESH, MONDAY, QUARTER, BUILD_AND_PUBLISH, BUILD_ONLY],
        schedules=[every_hour, every_morning, every_monday, every_quarter],
        sensors=[landing_folder],
        resources={
            "data": Data(root=str(data_dir.root)),
            "report": dg.ResourceDefinition.hardcoded_resource(Reporter(on_progress)),
        },
        # a process per step costs three times the CPU of the work in it
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` loads: the definitions over the data folder of the environment."""
    return build_definitions(DataDir.from_env())
