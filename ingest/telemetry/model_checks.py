"""Readings against the catalog: memory and power that no card of the labeled model has are most often a wrong unit.

Only what one file can decide is decided here: the model is the one that the rows themselves name.
"""

import numpy as np
import polars as pl

from ingest.telemetry.catalog import limits_of_models
from ingest.telemetry.instants import Readings

MEMORY_TOLERANCE = 0.1
"""How far the total may lie from the catalog's: vendors count in GB or GiB, and drivers keep a part."""

DIES_OF_A_CARD = (1, 2)
"""A card of two dies shows as two devices with half of its memory each."""

HIGHEST_POWER_PERCENT_OF_TDP = 150
LOWEST_POWER_PERCENT_OF_TDP = 1
"""No card that answers draws less; watts taken for milliwatts lie far below."""

_MEMORY = ("memory_used_bytes", "memory_free_bytes", "memory_total_bytes")


def with_model_limits(series: pl.DataFrame) -> pl.DataFrame:
    """Add `model_id`, and the bounds `model_highest` and `model_lowest` of the series' readings, zero apart.

    All are null where nothing certain is known of the model. Needs `model`, `column` and `slice_id`.
    """
    limits = limits_of_models(series["model"])
    series = series.join(limits, on="model", how="left", maintain_order="left")
    is_power = pl.col("column") == "power_w"
    is_memory = pl.col("column").is_in(_MEMORY) & pl.col("slice_id").is_null()
    highest_power = pl.col("model_tdp_w") * HIGHEST_POWER_PERCENT_OF_TDP / 100
    highest_memory = pl.col("model_memory_bytes") * (1 + MEMORY_TOLERANCE)
    return series.with_columns(
        pl.when(is_power).then(highest_power).when(is_memory).then(highest_memory).alias("model_highest"),
        pl.when(is_power).then(pl.col("model_tdp_w") * LOWEST_POWER_PERCENT_OF_TDP / 100).alias("model_lowest"),
    )


def contradicts_model(series: pl.DataFrame, readings: Readings) -> np.ndarray:
    """Whether each reading is one that no card of its model can have.

    Where the total of a device is wrong, as reported or as used plus free, all of its memory readings are, since they
    come in one unit. Series need what `with_model_limits` adds, `is_kept` and `is_dropped`.
    """
    if series["model_id"].null_count() == series.height:
        return np.zeros(len(readings.series), dtype=bool)
    counts = pl.col("is_kept") & ~pl.col("is_dropped")
    facts = series.select(
        pl.when(counts).then("model_highest").fill_null(np.inf).alias("highest"),
        pl.when(counts).then("model_lowest").fill_null(-np.inf).alias("lowest"),
    )
    is_wrong = readings.outside(facts["lowest"].to_numpy(), facts["highest"].to_numpy()) & (readings.measured > 0)
    devices = _devices_of_wrong_total(series, readings)
    if devices.is_empty():
        return is_wrong
    is_theirs = counts & pl.col("model_highest").is_not_null() & pl.col("column").is_in(_MEMORY)
    is_theirs &= pl.col("device_uid").is_in(devices.implode())
    return is_wrong | series.select(is_theirs.fill_null(False)).to_series().to_numpy()[readings.series]


def model_problem() -> pl.Expr:
    """The reason code of a reading that contradicts its model."""
    is_power = pl.col("column") == "power_w"
    return pl.when(is_power).then(pl.lit("POWER_DISAGREES_WITH_MODEL")).otherwise(pl.lit("MEMORY_DISAGREES_WITH_MODEL"))


def _devices_of_wrong_total(series: pl.DataFrame, readings: Readings) -> pl.Series:
    """Devices whose total memory is not that of their model."""
    numbered = series.with_row_index("series").filter(
        pl.col("column").is_in(_MEMORY), "is_kept", ~pl.col("is_dropped"), pl.col("model_highest").is_not_null()
    )
    if numbered.filter(pl.col("column") != "memory_used_bytes").is_empty():
        return pl.Series("device_uid", [], dtype=pl.String)
    which = np.flatnonzero(np.isin(readings.series, numbered["series"].to_numpy()))
    values = pl.DataFrame(
        {
            "series": readings.series[which].astype(np.uint32),
            "sampled_at_ms": readings.sampled_at_ms[which],
            "measured": readings.measured[which],
        }
    ).with_columns(pl.col("measured").fill_nan(None))
    facts = numbered.select("series", "device_uid", "column", "model_memory_bytes")
    value = {name: pl.col("measured").filter(pl.col("column") == name).max() for name in _MEMORY}
    used_and_free = value["memory_used_bytes"] + value["memory_free_bytes"]
    totals = (
        values.join(facts, on="series")
        .group_by("device_uid", "sampled_at_ms", "model_memory_bytes")
        .agg(pl.coalesce(value["memory_total_bytes"], used_and_free).alias("total"))
    )
    fits = pl.any_horizontal(
        (pl.col("total") * dies / pl.col("model_memory_bytes") - 1).abs() <= MEMORY_TOLERANCE for dies in DIES_OF_A_CARD
    )
    return totals.filter(~fits)["device_uid"].unique()
