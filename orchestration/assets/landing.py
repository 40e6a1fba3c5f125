"""What centers send, taken in: one pass over the landing folder, told apart by the kind of source."""

from collections.abc import Iterator

import dagster as dg

from ingest.intake import FileOutcome, ingest_paths
from ingest.occupancy.readers import OCCUPANCY_READERS
from ingest.state.store import StateStore
from ingest.telemetry.readers import TELEMETRY_READERS
from orchestration.resources import Data

_FORMATS = {
    "telemetry_samples": {reader.format_name for reader in TELEMETRY_READERS},
    "occupancy": {reader.format_name for reader in OCCUPANCY_READERS},
}

_OCCUPANCY_KINDS = {"occupancy_jobs", "node_counts", "inventory_nodes"}

_SPECS = [
    dg.AssetSpec(
        "registers",
        description="Parties, centers, plans, cabinets, cards and their lives, leases, contracts, cash and offtake: "
        "the canonical records, one Parquet file per kind and received file.",
        group_name="lake_registers",
        kinds={"polars", "parquet"},
    ),
    dg.AssetSpec(
        "telemetry_samples",
        description="Samples of cards, one Parquet file per center, UTC day and received file.",
        group_name="lake_telemetry",
        kinds={"polars", "parquet"},
    ),
    dg.AssetSpec(
        "occupancy",
        description="Job logs, node counts and inventories: who occupied how many cards, and how many there are.",
        group_name="lake_occupancy",
        kinds={"polars", "parquet"},
    ),
    dg.AssetSpec(
        "received_files",
        description="The manifest: every file received, its rows in, accepted and quarantined, and every line set "
        "aside with the reason.",
        group_name="lake_intake",
        kinds={"sqlite"},
    ),
]


@dg.multi_asset(name="take_in_landing_files", specs=_SPECS)
def landing_assets(context: dg.AssetExecutionContext, data: Data) -> Iterator[dg.MaterializeResult]:
    """Every file in the landing folder, kept in the raw store and read into the lake; known files change nothing."""
    data_dir = data.data_dir.create()
    outcomes = ingest_paths([data_dir.landing], data_dir)
    for outcome in outcomes:
        if outcome.status == "refused":
            context.log.warning(outcome.message)
    for name in ("registers", "telemetry_samples", "occupancy"):
        own = [outcome for outcome in outcomes if source_of(outcome.format_name) == name]
        yield dg.MaterializeResult(asset_key=name, metadata=_counts(own))
    files = StateStore(data_dir).files()
    yield dg.MaterializeResult(
        asset_key="received_files",
        metadata={
            "dagster/row_count": files.height,
            "refused_file_count": files.get_column("refusal_code").count(),
            "rows_in": int(files.get_column("rows_in").sum()),
            "rows_quarantined": int(files.get_column("rows_quarantined").sum()),
        },
    )


def source_of(format_name: str | None) -> str | None:
    """The asset a format belongs to; None for a file that nobody recognized."""
    if format_name is None:
        return None
    return next((source for source, formats in _FORMATS.items() if format_name in formats), "registers")


def asset_of_kind(kind_name: str) -> str:
    """The asset that a record kind, or the samples, belong to."""
    if kind_name in _OCCUPANCY_KINDS:
        return "occupancy"
    return "telemetry_samples" if kind_name == "samples" else "registers"


def _counts(outcomes: list[FileOutcome]) -> dict[str, int]:
    return {
        "new_file_count": sum(outcome.status == "accepted" for outcome in outcomes),
        "known_file_count": sum(outcome.status == "already_known" for outcome in outcomes),
        "rows_accepted": sum(outcome.rows_accepted for outcome in outcomes),
        "rows_quarantined": sum(outcome.rows_quarantined for outcome in outcomes),
    }
