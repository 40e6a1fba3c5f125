"""What must hold of files and of the lake. The contents of tables are checked by dbt, and come with its models."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg
import polars as pl

from ingest.expectations import ExpectationOutcome
from ingest.sequences import in_words, missing_deliveries
from ingest.state.store import StateStore
from orchestration.assets.landing import asset_of_kind, source_of
from orchestration.gate import judged
from orchestration.resources import Data

SILENT_AFTER = timedelta(hours=26)
"""A daily export may be two hours late before anyone is told."""


@dg.multi_asset_check(
    name="gate",
    specs=[
        dg.AssetCheckSpec(
            "accepted_rows_meet_expectations",
            asset=name,
            blocking=True,
            description="Great Expectations over everything that was accepted: types, choices, ranges, spans, keys.",
        )
        for name in ("registers", "telemetry_samples", "occupancy")
    ],
)
def accepted_rows_meet_expectations(data: Data) -> Iterator[dg.AssetCheckResult]:
    """Nothing is built on rows that no reader should have accepted."""
    outcomes = judged(StateStore(data.data_dir))
    for asset_name in ("registers", "telemetry_samples", "occupancy"):
        own = {kind: found for kind, found in outcomes.items() if asset_of_kind(kind) == asset_name}
        broken = {kind: [outcome for outcome in found if not outcome.success] for kind, found in own.items()}
        yield dg.AssetCheckResult(
            asset_key=asset_name,
            check_name="accepted_rows_meet_expectations",
            passed=not any(broken.values()),
            severity=_worst_severity([outcome for found in broken.values() for outcome in found]),
            description="; ".join(f"{kind}: {outcome.message}" for kind, found in broken.items() for outcome in found),
            metadata={
                "expectation_count": sum(len(found) for found in own.values()),
                "broken": {kind: [outcome.message for outcome in found] for kind, found in broken.items() if found},
            },
        )


def _worst_severity(broken: list[ExpectationOutcome]) -> dg.AssetCheckSeverity:
    """A warning is shown and holds nothing up; everything else stops what stands downstream."""
    only_warnings = bool(broken) and all(outcome.severity == "warning" for outcome in broken)
    return dg.AssetCheckSeverity.WARN if only_warnings else dg.AssetCheckSeverity.ERROR


@dg.asset_check(asset="received_files", blocking=True)
def rows_in_are_accepted_plus_quarantined(data: Data) -> dg.AssetCheckResult:
    """Per file and in total, no row may be lost between landing and lake."""
    store = StateStore(data.data_dir)
    set_aside = store.quarantine().group_by("source_sha256").len("quarantine_row_count")
    files = (
        store.files()
        .join(set_aside, on="source_sha256", how="left")
        .with_columns(pl.col("quarantine_row_count").fill_null(0))
    )
    wrong = files.filter(
        (pl.col("rows_in") != pl.col("rows_accepted") + pl.col("rows_quarantined"))
        | (pl.col("rows_quarantined") != pl.col("quarantine_row_count"))
    )
    return dg.AssetCheckResult(
        passed=wrong.is_empty(),
        description="; ".join(f"{name} does not add up" for name in wrong.get_column("original_name")),
        metadata={
            "rows_in": int(files.get_column("rows_in").sum()),
            "rows_accepted": int(files.get_column("rows_accepted").sum()),
            "rows_quarantined": int(files.get_column("rows_quarantined").sum()),
            "files_that_do_not_add_up": wrong.get_column("original_name").to_list(),
        },
    )


@dg.asset_check(asset="received_files")
def no_file_was_refused(data: Data) -> dg.AssetCheckResult:
    """A refused file holds up nothing, but somebody has to mend it and send it again."""
    refusals = StateStore(data.data_dir).refusals()
    return dg.AssetCheckResult(
        passed=refusals.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"refused": refusals.get_column("refusal_message").to_list()},
    )


@dg.asset_check(asset="received_files")
def no_delivery_is_missing(data: Data) -> dg.AssetCheckResult:
    """A number that a sender's manifests skip was lost on the way, and only the sender can send it again."""
    missing = missing_deliveries(StateStore(data.data_dir).files())
    return dg.AssetCheckResult(
        passed=missing.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "missing_count": int(missing.get_column("missing_count").sum()),
            "missing": [in_words(gap) for gap in missing.iter_rows(named=True)],
        },
    )


@dg.asset_check(asset="telemetry_samples")
def no_center_fell_silent(data: Data) -> dg.AssetCheckResult:
    """A center that stops sending turns unknown, not idle; this is where somebody is told before the week is over."""
    latest = latest_telemetry(StateStore(data.data_dir).files())
    silent = latest.filter(pl.col("recorded_at") < datetime.now(UTC) - SILENT_AFTER)
    return dg.AssetCheckResult(
        passed=silent.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "silent_centers": {center: at.isoformat() for center, at in silent.rows()},
            "sending_center_count": latest.height,
        },
    )


def latest_telemetry(files: pl.DataFrame) -> pl.DataFrame:
    """When telemetry of each center was last received: `center_id`, `recorded_at` (UTC). Takes the manifest's files."""
    formats = [
        name for name in files.get_column("format_name").drop_nulls().unique() if source_of(name) == "telemetry_samples"
    ]
    return (
        files.filter(
            pl.col("format_name").is_in(formats) & pl.col("refusal_code").is_null() & pl.col("center_id").is_not_null()
        )
        .group_by("center_id")
        .agg(pl.col("recorded_at").max())
        .sort("center_id")
    )


ASSET_CHECKS = [
    accepted_rows_meet_expectations,
    rows_in_are_accepted_plus_quarantined,
    no_file_was_refused,
    no_delivery_is_missing,
    no_center_fell_silent,
]
