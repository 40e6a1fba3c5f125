"""Series of any transport, each a set of labels with times and values, as samples."""

from collections.abc import Iterable

import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reading
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, RAW_TEXT_OF_A_VALUE, name_devices, widen

_UNMAPPED = "values of metrics that are not used"

Series = tuple[int, dict[str, str], list[int | None], list[float]]
"""Where a series stands in its file, its labels with `__name__`, UTC epoch milliseconds, and the values at them."""


def read_series(format_name: str, series: Iterable[Series], declaration: Declaration) -> Reading:
    """Samples of the mapped series; a row is one value, and its line is that of its series."""
    labels = sorted(vendor_mapping().labels)
    schema = {"source_line": pl.Int64, "metric": pl.String, **{LABEL + label: pl.String for label in labels}}
    schema |= {"sampled_at_ms": pl.List(pl.Int64), "value": pl.List(pl.Float64)}
    rows = [_row(item, labels) for item in series]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    row_count = int(frame["value"].list.len().sum())
    mapped = frame.join(vendor_mapping().metrics, on="metric", how="inner")
    values = name_devices(mapped, declaration).explode("sampled_at_ms", "value", empty_as_null=False)
    widened = widen(values, declaration)
    quarantined = widened.set_aside.with_columns(RAW_TEXT_OF_A_VALUE).select(
        pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()
    )
    unmapped = row_count - values.height
    return Reading(
        format_name=format_name,
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined,
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )


def _row(item: Series, labels: list[str]) -> tuple:
    line, named, times, values = item
    lowered = {name.lower(): text for name, text in named.items()}
    return (line, lowered.get("__name__", "").lower(), *(lowered.get(label) for label in labels), times, values)
