"""Cards that are cut into slices: what each slice's samples say counts with the sevenths of the card that it holds.

Every hold adds its parts at its first second and takes them away at its end, so one running sum over a card's seconds
says how many of its seven parts are known, busy or occupied at any time.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.telemetry.day_rows import device_key, in_day, millisecond, sorted_rows
from ingest.telemetry.duplicates import Settled, settle_repeats
from ingest.telemetry.holds import (
    HOUR_SECONDS,
    KNOWN,
    LOWER_EDGES,
    SLOTS_PER_DEVICE,
    SUMMED,
    busy_bp,
    busy_pct,
    flags,
    held_seconds,
    power_mw,
)
from ingest.telemetry.rows import Rows
from ingest.telemetry.schema import PARTS_OF_A_CARD

_FAMILIES: tuple[tuple[str, ...], ...] = (
    (*(f"from_{edge}_seconds" for edge in LOWER_EDGES), "above_zero_seconds"),
    ("occupancy_known_seconds", "occupied_seconds"),
    ("productive_known_seconds", "productive_seconds"),
)
"""Sums that are weighted; the first of each says what is known, the others are part of it."""

_WEIGHTED = tuple(name for family in _FAMILIES for name in family)
_WHOLE = "whole:"
_UNWEIGHTED = ("energy_known_seconds", "profiled_seconds")


class SlicedCards(NamedTuple):
    """`whole` has the samples of cards without slices; `sums` has one row per card and hour of the others."""

    whole: pl.LazyFrame
    sums: pl.DataFrame


def sum_sliced_cards(
    samples: pl.LazyFrame, day: tuple[int, int], first_hour: int, interval_seconds: int
) -> SlicedCards:
    """Set apart the cards that have a sample of a slice in the day, and sum their seconds per hour.

    Args:
        samples: rows of `LAKE_SAMPLE_SCHEMA`.
        day: UTC epoch seconds `[start, end)` of the local day.
        first_hour: UTC epoch second of the hour in which the day begins; all seconds are counted from it.
        interval_seconds: the feed's nominal sampling interval.

    A slice that does not report leaves its parts unknown; parts that belong to no slice are idle while any slice is
    known. A reading of the whole card goes before those of its slices, but its plain utilization never counts. Weighted
    sums are divided once and rounded half up, so known seconds and seconds from any utilization edge on are at most
    half a second off per hour, and a bin, being their difference, less than one.
    """
    slices = _slices(samples.filter(in_day(*day)))
    is_slice = pl.col("slice_id").is_not_null()
    cards = slices["device_key"].unique().implode()
    is_sliced = pl.col("device_key").is_in(cards)
    whole = samples.filter(~is_slice)
    keyed = (
        samples.filter(is_slice)
        .with_columns(_parts())
        .join(slices.lazy(), on=["device_key", "slice_id", "slice_parts"], nulls_equal=True)
        .with_columns(pl.col("slice_key").alias("device_key"))
        .drop("slice_id")
    )
    of_slices = settle_repeats(sorted_rows(keyed, *day, first_hour))
    of_cards = settle_repeats(sorted_rows(whole.filter(is_sliced), *day, first_hour))
    owners = slices.select(pl.col("slice_key").alias("device_key"), pl.col("device_key").alias("card"), "slice_parts")
    slice_rows = _held(of_slices, day[1] - first_hour, interval_seconds).join(owners, on="device_key")
    card_rows = _held(of_cards, day[1] - first_hour, interval_seconds).with_columns(card="device_key")
    seconds = _sum_seconds(_state(slice_rows, card_rows), _configured(slice_rows, slices))
    counts = _repeats(of_slices).join(owners, on="device_key"), _repeats(of_cards).with_columns(card="device_key")
    sums = seconds.join(_count(slice_rows, card_rows, pl.concat(counts, how="diagonal")), on="slot", how="left")
    return SlicedCards(whole.filter(~is_sliced), sums.with_columns(pl.selectors.ends_with("_count").fill_null(0)))


def _parts() -> pl.Expr:
    parts = pl.col("slice_parts")
    return pl.when(parts.is_between(1, PARTS_OF_A_CARD)).then(parts).alias("slice_parts")


def _slices(samples: pl.LazyFrame) -> pl.DataFrame:
    """Every slice seen, with an integer key; an id that comes with other parts is another slice."""
    columns = ["device_key", "slice_id", "slice_parts"]
    seen = samples.filter(pl.col("slice_id").is_not_null()).with_columns(_parts()).select(columns).unique()
    return seen.collect(engine="streaming").sort(columns).with_columns(pl.int_range(pl.len()).alias("slice_key"))


def _held(settled: Settled, end_second: int, interval_seconds: int) -> pl.DataFrame:
    """One row per instant: its place in the day, `hold_end`, `power_mw`, `busy_bp` and a column per flag."""
    rows = settled.one_row_per_instant()
    values = rows.values | {"utilization_pct": np.full(rows.count, np.nan, dtype=np.float32)}
    busy = busy_pct(values)
    second = rows.key // 1_000
    held = held_seconds(second, np.arange(rows.count), end_second, interval_seconds)
    return _places(rows).with_columns(
        (pl.col("second") + pl.Series(held, dtype=pl.Int64)).alias("hold_end"),
        pl.Series("power_mw", power_mw(values), dtype=pl.Int64),
        pl.Series("busy_bp", busy_bp(busy), dtype=pl.Int64),
        *(
            pl.Series(name, belongs, dtype=pl.Boolean)
            for name, belongs in zip(SUMMED, flags(values, busy), strict=True)
        ),
    )


def _places(rows: Rows) -> pl.DataFrame:
    """`device_key`, `millisecond` and `second` of the day of each row."""
    milliseconds = millisecond(rows)
    columns = {"device_key": device_key(rows), "millisecond": milliseconds, "second": milliseconds // 1_000}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def _repeats(settled: Settled) -> pl.DataFrame:
    """One row per copy of a row and per conflict, by `device_key` and `second`."""
    places = _places(settled.rows)
    copies = places[settled.repeats[settled.is_copy]].with_columns(duplicate_count=1, conflict_count=0)
    return pl.concat([copies, places[settled.conflicts].with_columns(duplicate_count=0, conflict_count=1)])


def _configured(slice_rows: pl.DataFrame, slices: pl.DataFrame) -> pl.DataFrame:
    """Per card and hour with slices: `configured_parts`, the parts of all slices, null where that cannot be said.

    All slices of the day belong to every hour of it, unless they cannot stand side by side; then the card was cut anew
    during the day, and the slices of an hour are those that sent a sample in it.
    """
    parts, is_twice = pl.col("slice_parts"), pl.col("slice_id").is_duplicated().any()
    unclear = parts.is_null().any() | is_twice | (parts.sum() > PARTS_OF_A_CARD)
    total = pl.when(~unclear).then(parts.sum()).cast(pl.Int64)
    days = slices.group_by("device_key").agg(
        total.alias("day_parts"), (is_twice | (parts.sum() > PARTS_OF_A_CARD)).alias("is_cut_anew")
    )
    hour = pl.col("second") // HOUR_SECONDS
    seen = slice_rows.select((pl.col("card") * SLOTS_PER_DEVICE + hour).alias("slot"), pl.col("device_key")).unique()
    hours = seen.join(slices.drop("device_key"), left_on="device_key", right_on="slice_key")
    hours = hours.group_by("slot").agg(total.alias("hour_parts"))
    slots = days.join(pl.DataFrame({"hour": range(SLOTS_PER_DEVICE)}, schema={"hour": pl.Int64}), how="cross")
    slots = slots.with_columns((pl.col("device_key") * SLOTS_PER_DEVICE + pl.col("hour")).alias("slot"))
    return slots.join(hours, on="slot", how="left").select(
        "slot",
        pl.when("is_cut_anew").then("hour_parts").otherwise("day_parts").alias("configured_parts"),
    )


def _state(slice_rows: pl.DataFrame, card_rows: pl.DataFrame) -> pl.DataFrame:
    """Per card and stretch of seconds in which nothing changes: how many parts are in each sum, and the power."""
    parts = pl.col("slice_parts").fill_null(0).cast(pl.Int16)
    profiled = pl.col("profiled_seconds").cast(pl.Int16)
    of_slices = slice_rows.select(
        "card",
        "second",
        "hold_end",
        profiled,
        pl.lit(1, pl.Int16).alias("held_rows"),
        parts.alias("held_parts"),
        (pl.col("busy_bp") * parts).alias("busy_bp_seconds"),
        *((pl.col(name).cast(pl.Int16) * parts) for name in _WEIGHTED),
    )
    of_cards = card_rows.select(
        "card",
        "second",
        "hold_end",
        profiled,
        pl.lit(1, pl.Int16).alias("held_rows"),
        pl.col("energy_known_seconds").cast(pl.Int16),
        pl.col("power_mw").alias("energy_mws"),
        (pl.col("busy_bp") * PARTS_OF_A_CARD).alias(f"{_WHOLE}busy_bp_seconds"),
        *((pl.col(name).cast(pl.Int16) * PARTS_OF_A_CARD).alias(_WHOLE + name) for name in _WEIGHTED),
    )
    holds = pl.concat([of_slices, of_cards], how="diagonal")
    changing = [name for name in holds.columns if name not in ("card", "second", "hold_end")]
    ends = holds.select("card", pl.col("hold_end").alias("second"), -pl.col(changing))
    hours = holds.select(pl.col("card").unique()).join(
        pl.DataFrame({"second": range(0, SLOTS_PER_DEVICE * HOUR_SECONDS, HOUR_SECONDS)}, schema={"second": pl.Int64}),
        how="cross",
    )
    changes = pl.concat([holds.drop("hold_end"), ends, hours], how="diagonal")
    changes = changes.group_by("card", "second").agg(pl.col(changing).cast(pl.Int64).sum()).sort("card", "second")
    # Every hold of a card ends within its day, so a sum that runs on over the next card starts there from zero.
    is_last = pl.col("card") != pl.col("card").shift(-1)
    length = pl.when(~is_last.fill_null(True)).then(pl.col("second").shift(-1) - pl.col("second")).otherwise(0)
    return changes.with_columns(pl.col(changing).cum_sum(), length.cast(pl.Int64).alias("length")).filter(
        pl.col("held_rows") > 0, pl.col("length") > 0
    )


def _sum_seconds(state: pl.DataFrame, configured: pl.DataFrame) -> pl.DataFrame:
    slot = pl.col("card") * SLOTS_PER_DEVICE + pl.col("second") // HOUR_SECONDS
    state = state.with_columns(slot.alias("slot")).join(configured, on="slot", how="left")
    free = PARTS_OF_A_CARD - pl.max_horizontal("configured_parts", "held_parts")
    free = pl.when(pl.col("configured_parts").is_not_null()).then(free.clip(0)).otherwise(0)
    weighted = {}
    for known, *parts_of_it in (*_FAMILIES, (KNOWN, "busy_bp_seconds")):
        whole_speaks = pl.col(_WHOLE + known) > 0
        for name in (known, *parts_of_it):
            idle = free if name == known else 0
            of_slices = pl.when(pl.col(known) > 0).then(pl.col(name) + idle).otherwise(0)
            # More than seven parts at once is a contradiction, as when old slices are still held beside new ones.
            of_slices = pl.when(pl.col("held_parts") <= PARTS_OF_A_CARD).then(of_slices).otherwise(0)
            weighted[name] = pl.when(whole_speaks).then(pl.col(_WHOLE + name)).otherwise(of_slices) * pl.col("length")
    sums = state.select(
        "slot",
        (pl.col("energy_mws") * pl.col("length")).alias("energy_mws"),
        *(((pl.col(name) > 0) * pl.col("length")).alias(name) for name in _UNWEIGHTED),
        **weighted,
    )
    half_up = [
        (pl.col(name).sum() * 2 + PARTS_OF_A_CARD) // (2 * PARTS_OF_A_CARD) for name in (*_WEIGHTED, "busy_bp_seconds")
    ]
    return sums.group_by("slot").agg(pl.col("energy_mws", *_UNWEIGHTED).sum(), *half_up)


def _count(slice_rows: pl.DataFrame, card_rows: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    """Per card and hour, how many instants there are and what became of them; slices of one instant count once."""
    repeats = repeats.group_by("card", "second").agg(
        pl.col("duplicate_count").cast(pl.Int64).sum(), (pl.col("conflict_count").sum() > 0).alias("is_conflict")
    )
    columns = ["card", "second", pl.col(KNOWN).alias("is_readable"), "millisecond"]
    instants = pl.concat([slice_rows.select(columns), card_rows.select(columns)])
    instants = instants.group_by("card", "second", "millisecond").agg(pl.col("is_readable").any())
    seconds = instants.group_by("card", "second").agg(
        pl.len().cast(pl.Int64).alias("sample_count"),
        pl.col("is_readable").sum().cast(pl.Int64).alias("readable_count"),
    )
    seconds = seconds.join(repeats, on=["card", "second"], how="left")
    is_conflict = pl.col("is_conflict").fill_null(False)
    slot = pl.col("card") * SLOTS_PER_DEVICE + pl.col("second") // HOUR_SECONDS
    return seconds.group_by(slot.alias("slot")).agg(
        pl.col("sample_count").sum(),
        pl.min_horizontal("readable_count", pl.col("sample_count") - is_conflict).sum().alias("readable_count"),
        pl.col("duplicate_count").sum(),
        is_conflict.sum().alias("conflict_count"),
        pl.col("second").min().alias("first_second"),
        pl.col("second").max().alias("last_second"),
    )
