"""The dbt models as assets: one step that builds a new warehouse file, with every dbt test as an asset check."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from ingest.records import RECORD_KINDS
from orchestration.assets.landing import asset_of_kind
from orchestration.build import build
from orchestration.dbt_runner import NodeResult
from orchestration.errors import BuildError
from orchestration.resources import Data, Reporter

_SOURCE_ASSETS = {
    **{name: asset_of_kind(name) for name in RECORD_KINDS},
    "device_hours": "device_hours",
    "device_day_sources": "device_hours",
    "device_hour_traits": "device_hours",
    "devices": "telemetry_samples",
    "sample_hours": "telemetry_samples",
    "lake_rows": "received_files",
    "record_rows": "received_files",
    "files": "received_files",
    "file_faults": "received_files",
    "chain_faults": "received_files",
    "missing_deliveries": "received_files",
    "expectations": "received_files",
    "quarantine": "received_files",
    "build": "received_files",
}
"""Raw table -> the asset it is loaded from; many share one, because one pass over the landing folder makes them."""


class BuildConfig(dg.Config):
    """What a person may ask of a build."""

    as_of: str | None = None
    """ISO instant with an offset; what was recorded later is left out. None takes everything."""

    run_unit_tests: bool = False


class RacklightTranslator(DagsterDbtTranslator):
    """Assets keep the dbt name, groups are layer and subject, and sources are the assets that fill them."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The model's or seed's own name; for a source the asset it is loaded from."""
        name = dbt_resource_props["name"]
        return dg.AssetKey(_SOURCE_ASSETS[name] if dbt_resource_props["resource_type"] == "source" else name)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Layer and subject: the two folders below the project's `models` or `seeds`."""
        _, *folders, _ = dbt_resource_props["fqn"]
        layer = "seeds" if dbt_resource_props["resource_type"] == "seed" else None
        return "_".join(([layer] if layer else []) + folders[:2]) or None

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The description alone; the SQL is one click away in the repository and would drown it."""
        return dbt_resource_props.get("description") or ""


def build_warehouse_assets(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """The assets of every model and seed in a manifest."""

    @dbt_assets(
        manifest=manifest,
        dagster_dbt_translator=RacklightTranslator(),
        name="build_warehouse",
        pool="duckdb_writer",
    )
    def warehouse_assets(
        context: dg.AssetExecutionContext, data: Data, report: dg.ResourceParam[Reporter], config: BuildConfig
    ) -> Iterator[Any]:
        """Load raw into a new file and run `dbt build`; nothing counts unless every node and every test passed."""
        as_of = datetime.fromisoformat(config.as_of) if config.as_of else None
        try:
            finished = build(data.data_dir, as_of, report, run_unit_tests=config.run_unit_tests)
        except BuildError as error:
            yield from _check_results(context, error.nodes)
            raise
        context.log.info(f"Built {finished.path}")
        yield from _materializations(context, finished.nodes)
        yield from _check_results(context, finished.nodes)

    return warehouse_assets


def _materializations(context: dg.AssetExecutionContext, nodes: list[NodeResult]) -> Iterator[dg.MaterializeResult]:
    selected = {key.path[-1]: key for key in context.selected_asset_keys}
    for node in nodes:
        if node.resource_type in ("model", "seed") and node.name in selected:
            yield dg.MaterializeResult(asset_key=selected[node.name], metadata={"build_seconds": node.seconds})


def _check_results(context: dg.AssetExecutionContext, nodes: list[NodeResult]) -> Iterator[dg.AssetCheckResult]:
    selected = {key.name: key for key in context.selected_asset_check_keys}
    for node in nodes:
        if node.resource_type == "test" and node.name in selected and node.status != "skipped":
            yield dg.AssetCheckResult(
                asset_key=selected[node.name].asset_key,
                check_name=node.name,
                passed=node.status == "pass",
                severity=dg.AssetCheckSeverity.WARN if node.status == "warn" else dg.AssetCheckSeverity.ERROR,
                metadata={"failing_row_count": node.failing_row_count or 0},
                description=node.message or None,
            )
