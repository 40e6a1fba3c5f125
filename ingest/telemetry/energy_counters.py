"""Counters of energy become power: what a card drew from one reading to the next, where it reports no power.

A counter begins again at zero when the driver is loaded: from such a reading to the next nothing is known.
"""

import numpy as np
import polars as pl

from ingest.telemetry.instants import Readings, is_within
from ingest.telemetry.limits import HIGHEST_POWER_W

LONGEST_GAP_MS = 900_000
"""Over a longer gap the mean says little about any moment of it."""


def with_power_from_energy(
    series: pl.DataFrame, used: Readings, span: tuple[int, int] | None = None
) -> tuple[pl.DataFrame, Readings, int]:
    """Series and readings, and among them power of cards that report only energy; and how many counters began again.

    With a span, only counters that began again after a reading of it are counted.

    Energy is in joules since some moment. Copies of one reading must agree.
    """
    is_energy = (series["column"] == "energy_j").fill_null(False).to_numpy()
    which = np.flatnonzero(is_energy[used.series])
    if not len(which):
        return series, used, 0
    is_power = (series["column"] == "power_w").fill_null(False).to_numpy()
    with_power = series["device_uid"].gather(np.unique(used.series[is_power[used.series]]))
    facts = series.select("device_uid").with_row_index("number")
    energy = (
        pl.DataFrame(
            {
                "number": used.series[which].astype(np.uint32),
                "sampled_at_ms": used.sampled_at_ms[which],
                "source_line": used.source_line[which],
                "joules": used.measured[which],
            }
        )
        .filter(pl.col("joules").is_not_nan())
        .join(facts, on="number")
        .filter(~pl.col("device_uid").is_in(with_power.implode()))
        .group_by("device_uid", "sampled_at_ms")
        .agg(pl.col("number", "source_line").min(), pl.col("joules").min(), pl.col("joules").n_unique().alias("copies"))
        .filter(pl.col("copies") == 1)
        .sort("device_uid", "sampled_at_ms")
        .with_columns(
            (pl.col("joules").shift(-1) - pl.col("joules")).over("device_uid").alias("increase"),
            (pl.col("sampled_at_ms").shift(-1) - pl.col("sampled_at_ms")).over("device_uid").alias("gap_ms"),
        )
    )
    is_of_span = pl.Series("is_of_span", is_within(energy["sampled_at_ms"].to_numpy(), span))
    reset_count = energy.select(((pl.col("increase") < 0) & is_of_span).sum()).item()
    power = energy.with_columns((pl.col("increase") * 1_000 / pl.col("gap_ms")).alias("watts")).filter(
        pl.col("gap_ms").is_between(1, LONGEST_GAP_MS), pl.col("watts").is_between(0, HIGHEST_POWER_W)
    )
    made = power.select("device_uid", "number").unique("device_uid", keep="first", maintain_order=True)
    power = power.join(made.select("device_uid").with_row_index("made", offset=series.height), on="device_uid")
    derived = Readings(*(power[name].to_numpy() for name in ("made", "sampled_at_ms", "source_line", "watts")))
    whole = series[made["number"].to_numpy()].with_columns(
        pl.lit("power_w").alias("column"),
        slice_id=pl.lit(None, pl.String),
        slice_parts=pl.lit(None, pl.Int8),
        is_of_board=pl.lit(False),
    )
    together = Readings(*(np.concatenate(columns) for columns in zip(used, derived, strict=True)))
    return pl.concat([series, whole]), together, reset_count
