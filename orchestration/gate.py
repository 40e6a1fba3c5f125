"""What Great Expectations says of everything that was accepted, as a store knows it."""

import polars as pl

from ingest.expectations import SAMPLES, ExpectationOutcome, check_frames
from ingest.lake import scan_samples
from ingest.records import RECORD_KINDS
from ingest.state.store import StateStore

OUTCOME_SCHEMA: dict[str, pl.DataType] = {
    "record_kind": pl.String(),
    "expectation_no": pl.Int64(),
    "column_names": pl.String(),
    "expectation": pl.String(),
    "severity": pl.String(),
    "is_met": pl.Boolean(),
    "unexpected_count": pl.Int64(),
    "element_count": pl.Int64(),
}


def judged(store: StateStore) -> dict[str, list[ExpectationOutcome]]:
    """Outcomes per record kind, and of all samples; kinds without rows are left out."""
    by_kind = {name: store.record_files(name) for name in RECORD_KINDS}
    frames: dict[str, pl.DataFrame | pl.LazyFrame] = {
        name: pl.scan_parquet(paths) for name, paths in by_kind.items() if paths
    }
    sample_paths = store.sample_files().get_column("path").to_list()
    return check_frames(frames | ({SAMPLES: scan_samples(sample_paths)} if sample_paths else {}))


def outcome_rows(outcomes: dict[str, list[ExpectationOutcome]]) -> pl.DataFrame:
    """The outcomes as `OUTCOME_SCHEMA`, without their sentences, whose examples depend on the order of arrival."""
    rows = [
        {
            "record_kind": kind,
            "expectation_no": number,
            "column_names": outcome.column,
            "expectation": outcome.expectation,
            "severity": outcome.severity,
            "is_met": outcome.success,
            "unexpected_count": outcome.unexpected_count,
            "element_count": outcome.element_count,
        }
        for kind, found in sorted(outcomes.items())
        for number, outcome in enumerate(found, start=1)
    ]
    return pl.DataFrame(rows, schema=OUTCOME_SCHEMA)
