"""Several rows for one device and instant become one row, or an unknown one where they contradict each other."""

from typing import NamedTuple

import polars as pl

VALUE_COLUMNS = (
    "utilization_pct",
    "compute_active_pct",
    "sm_active_pct",
    "tensor_active_pct",
    "memory_used_bytes",
    "power_w",
)
"""Columns of a sample that two deliveries of one instant may agree or disagree on."""

COUNT_SCHEMA: dict[str, pl.DataType] = {
    "device_key": pl.Int64(),
    "second": pl.Int32(),
    "duplicate_count": pl.Int32(),
    "conflict_count": pl.Int32(),
}


class Instants(NamedTuple):
    """`rows` has one row per device and instant; `counts` says where repeats were dropped or in conflict."""

    rows: pl.DataFrame
    counts: pl.DataFrame


def one_row_per_instant(rows: pl.DataFrame) -> Instants:
    """Settle repeated instants of rows sorted by `instant_key`, an integer of device and millisecond.

    A row that repeats another is dropped. Rows that fill each other's nulls are merged. Rows with different values
    leave an instant whose every value is null: it still ends the sample before it.
    """
    repeats = pl.col("instant_key") == pl.col("instant_key").shift(1)
    if not rows.select(repeats.any()).item():
        return Instants(rows, pl.DataFrame(schema=COUNT_SCHEMA))
    later = rows.select(repeats.fill_null(False).arg_true()).to_series()
    same_values = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}:before")) for name in VALUE_COLUMNS)
    before = rows[later - 1].select(pl.col(VALUE_COLUMNS).name.suffix(":before"))
    is_copy = rows[later].hstack(before).select(same_values.alias("is_copy")).to_series()
    copies = rows[later.filter(is_copy)].select(
        "device_key",
        "second",
        pl.lit(1, pl.Int32).alias("duplicate_count"),
        pl.lit(0, pl.Int32).alias("conflict_count"),
    )
    is_kept = pl.repeat(True, rows.height, eager=True).scatter(later.filter(is_copy), False)
    rows = rows.filter(is_kept)
    if is_copy.all():
        return Instants(rows, copies)
    rows = rows.with_columns((repeats.fill_null(False) | repeats.shift(-1).fill_null(False)).alias("is_shared"))
    merged, merged_counts = _merge(rows.filter("is_shared").drop("is_shared"))
    alone = rows.filter(~pl.col("is_shared")).drop("is_shared")
    return Instants(alone.merge_sorted(merged.sort("instant_key"), "instant_key"), pl.concat([copies, merged_counts]))


def _merge(shared: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    values = [pl.col(name) for name in VALUE_COLUMNS]
    disagree = pl.any_horizontal(value.min() != value.max() for value in values).fill_null(False)
    groups = shared.group_by("instant_key").agg(
        pl.col("device_key").first(),
        pl.col("second").first(),
        *(value.max() for value in values),
        disagree.alias("is_conflict"),
        (pl.len() - pl.struct(VALUE_COLUMNS).n_unique()).cast(pl.Int32).alias("duplicate_count"),
    )
    merged = groups.with_columns(
        pl.when(~pl.col("is_conflict")).then(pl.col(name)).alias(name) for name in VALUE_COLUMNS
    ).select(shared.columns)
    counts = groups.select(
        "device_key",
        "second",
        "duplicate_count",
        pl.col("is_conflict").cast(pl.Int32).alias("conflict_count"),
    ).filter((pl.col("duplicate_count") > 0) | (pl.col("conflict_count") > 0))
    return merged, counts
