"""Single readings of mapped metrics become samples: one row per device, slice and instant, null where unmeasured."""

from functools import reduce
from typing import NamedTuple

import polars as pl

from ingest.reading import Declaration
from ingest.telemetry.duplicates import VALUE_COLUMNS
from ingest.telemetry.limits import measured, time_problem, value_problem
from ingest.telemetry.mapping import Vendor, vendor_mapping
from ingest.telemetry.schema import SAMPLE_SCHEMA
from ingest.telemetry.side_readings import attach_side_readings

LABEL = "label:"
"""Prefix of the columns that hold label values, before the label's name in lower case."""

_BUSY_COLUMNS = ("utilization_pct", "compute_active_pct")
_SIDE_COLUMNS = tuple(name for name in VALUE_COLUMNS if name not in _BUSY_COLUMNS)
_SPEAKER = ("device_uid", "slice_id", "slice_parts")


class Widened(NamedTuple):
    """Samples of `SAMPLE_SCHEMA`, the readings set aside (`source_line`, `reason_code`, `detail`, ...), and notices."""

    samples: pl.DataFrame
    set_aside: pl.DataFrame
    notices: dict[str, int]


def name_devices(label_sets: pl.DataFrame) -> pl.DataFrame:
    """Add `device_uid`, `slice_id`, `slice_parts` and `is_dropped` to label sets.

    Args:
        label_sets: `vendor`, any key columns, and a `LABEL` column per label of the mapping.

    Returns:
        The same rows; `device_uid` is the vendor's own text, else `host/index`, else null. `slice_id` is null for whole
        cards, `slice_parts` also for slices of unknown size; rows of slices that have no size at all are dropped.
    """
    mapping = vendor_mapping()
    parts = [
        frame.with_columns(_device_uid(mapping.vendors[name]).alias("device_uid"), **_slice(mapping.vendors[name]))
        for (name,), frame in label_sets.partition_by("vendor", as_dict=True).items()
    ]
    empty = label_sets.clear().with_columns(
        device_uid=pl.lit(None, pl.String),
        slice_id=pl.lit(None, pl.String),
        slice_parts=pl.lit(None, pl.Int8),
        is_dropped=pl.lit(None, pl.Boolean),
    )
    return pl.concat([empty, *parts])


def _filled(label: str) -> pl.Expr:
    text = pl.col(LABEL + label).str.strip_chars()
    return pl.when(~text.str.to_lowercase().is_in(vendor_mapping().empty_identities)).then(text)


def _device_uid(vendor: Vendor) -> pl.Expr:
    host = pl.coalesce(_filled(label) for label in vendor.host)
    index = pl.coalesce(_filled(label) for label in vendor.index)
    return pl.coalesce(*(_filled(label) for label in vendor.identity), pl.concat_str(host, index, separator="/"))


def _slice(vendor: Vendor) -> dict[str, pl.Expr]:
    """Id and sevenths of the slice that a row speaks for, and whether the row is of no use."""
    none = {"slice_id": pl.lit(None, pl.String), "slice_parts": pl.lit(None, pl.Int8), "is_dropped": pl.lit(False)}
    if vendor.partition_label is None:
        return none
    label = pl.col(LABEL + vendor.partition_label).fill_null("")
    is_slice = ~label.is_in(vendor.whole_card_values)
    if vendor.profile is None:
        return none | {"is_dropped": is_slice}
    profile = pl.col(LABEL + vendor.profile.label).str.strip_chars().str.to_lowercase()
    is_sized = ~profile.str.replace("[+-].*$", "").is_in(vendor.profile.unknown_size)
    parts = profile.str.extract(vendor.profile.parts, 1).cast(pl.Int8)
    return none | {
        "slice_id": pl.when(is_slice).then(label),
        "slice_parts": pl.when(is_slice & is_sized).then(parts),
    }


def widen(readings: pl.DataFrame, declaration: Declaration) -> Widened:
    """Judge readings and put those of one device and instant into one sample.

    Args:
        readings: `source_line`, `vendor`, `column`, `preference`, `scale`, `value` (as fed), `sampled_at_ms` (UTC epoch
            milliseconds), what `name_devices` adds, and the `LABEL` columns that rows are kept by.
        declaration: names the center and the time of receipt.

    Copies of a reading (one per job or pod) collapse; copies that contradict each other leave the value unknown. A
    slice has samples of its own, without plain utilization, which means nothing there; the board's power, which comes
    with each slice, is moved to a sample of the card.
    """
    readings = _measure(readings.with_row_index("reading"), declaration)
    set_aside = readings.filter(pl.col("reason_code").is_not_null())
    used = readings.filter(pl.col("reason_code").is_null(), "is_kept")
    dropped_count = used.select(pl.col("is_dropped").sum()).item()
    used = used.filter(~pl.col("is_dropped"))
    wide, conflict_count = _one_row_per_instant(_with_boards(used))
    notices = {
        "rows of card slices": dropped_count,
        "rows of other memory or kind": readings.filter(~pl.col("is_kept")).height,
        "values that mean no reading": used.filter(pl.col("measured").is_null()).height,
        "instants where copies contradict each other": conflict_count,
    }
    samples = wide.with_columns(pl.lit(declaration.center_id, pl.String).alias("center_id"))
    samples = samples.select(pl.col(name).cast(kind) for name, kind in SAMPLE_SCHEMA.items())
    return Widened(
        samples.sort("device_uid", "sampled_at_ms", "slice_id"), set_aside, {k: n for k, n in notices.items() if n}
    )


def _measure(readings: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add `measured` (in the sample's unit), `is_kept`, `is_of_board`, `reason_code` and `detail`."""
    mapping = vendor_mapping()
    seen = [mapping.vendors[name] for name in readings["vendor"].unique().sort()]
    numbers, kept, of_board = pl.col("value"), pl.lit(True), pl.lit(False)
    for vendor in seen:
        own = pl.col("vendor") == vendor.name
        if vendor.no_reading:
            numbers = pl.when(~(own & numbers.is_in(vendor.no_reading))).then(numbers)
        for column, labels in vendor.keep.items():
            fits = pl.all_horizontal(
                pl.col(LABEL + name).fill_null("").is_in(values) for name, values in labels.items()
            )
            kept = kept & (~(own & (pl.col("column") == column)) | fits)
        if vendor.board_columns:
            of_board = of_board | (own & pl.col("column").is_in(vendor.board_columns))
    numbers = measured(numbers, mapping.no_reading, mapping.no_reading_from) * pl.col("scale")
    readings = readings.with_columns(
        numbers.alias("measured"),
        kept.alias("is_kept"),
        (of_board & pl.col("slice_id").is_not_null()).alias("is_of_board"),
    )
    in_range = [
        pl.when(pl.col("column") == column).then(value_problem(column, pl.col("measured"))) for column in VALUE_COLUMNS
    ]
    center = pl.lit(None if declaration.center_id else "NO_CENTER", pl.String)
    problem = pl.coalesce(
        center,
        time_problem(pl.col("sampled_at_ms"), declaration.received_at),
        pl.when(pl.col("device_uid").is_null()).then(pl.lit("NO_DEVICE_IDENTITY")),
        pl.when(pl.col("is_kept") & ~pl.col("is_dropped")).then(pl.coalesce(in_range)),
    )
    return readings.with_columns(
        problem.alias("reason_code"),
        pl.format("{}={}", pl.col("column"), pl.col("measured").cast(pl.String).fill_null("unknown")).alias("detail"),
    )


def _with_boards(used: pl.DataFrame) -> pl.DataFrame:
    """Add a copy for the whole card of each reading that a slice has of its board."""
    boards = used.filter("is_of_board")
    if boards.is_empty():
        return used
    whole = boards.with_columns(
        slice_id=pl.lit(None, pl.String), slice_parts=pl.lit(None, pl.Int8), is_of_board=pl.lit(False)
    )
    return pl.concat([used, whole])


def _one_row_per_instant(used: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Wide rows of judged readings, and at how many instants copies of one reading contradicted each other."""
    means = ~pl.col("is_of_board") & (pl.col("slice_id").is_null() | (pl.col("column") != "utilization_pct"))
    kinds = sorted(used.select("column", "preference").unique().rows())
    masks = {
        f"{column}:{preference}": pl.when(
            means & (pl.col("column") == column) & (pl.col("preference") == preference)
        ).then(pl.col("measured"))
        for column, preference in kinds
    }
    devices = used.select(_SPEAKER).unique().with_row_index("device")
    grouped = (
        used.join(devices, on=_SPEAKER, nulls_equal=True)
        .select(
            "device",
            "sampled_at_ms",
            "source_line",
            pl.col("column").is_in(_BUSY_COLUMNS).alias("has_busy"),
            **masks,
        )
        .group_by("device", "sampled_at_ms")
        .agg(
            pl.col("source_line").min(),
            pl.col("has_busy").any(),
            *(pl.col(name).min().alias(f"{name}:low") for name in masks),
            *(pl.col(name).max().alias(f"{name}:high") for name in masks),
        )
    )
    differ = {name: pl.col(f"{name}:low") != pl.col(f"{name}:high") for name in masks}
    any_differs = reduce(lambda left, right: left | right, (d.fill_null(False) for d in differ.values()), pl.lit(False))
    conflict_count = grouped.select(any_differs.sum()).item() if grouped.height else 0
    values = {}
    for column in VALUE_COLUMNS:
        aliases = [name for name in masks if name.startswith(f"{column}:")]
        agreed = [pl.when(~differ[name]).then(pl.col(f"{name}:low")) for name in aliases]
        values[column] = pl.coalesce(agreed) if agreed else pl.lit(None, pl.Float64)
    values["memory_used_bytes"] = values["memory_used_bytes"].round()
    wide = grouped.select("device", "sampled_at_ms", "source_line", "has_busy", **values)
    return attach_side_readings(wide, _SIDE_COLUMNS).join(devices, on="device"), conflict_count
