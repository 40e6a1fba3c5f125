"""Several rows for one device and instant say one thing, or nothing where they contradict each other."""

from typing import NamedTuple

import numpy as np
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

READ_COLUMNS = (*VALUE_COLUMNS, "dram_active_pct")
"""All columns of readings; the last one tells only traits of an hour and never passes through the sums of seconds."""


class Settled(NamedTuple):
    """`rows` whose repeats say the same, and positions among them.

    `repeats` are all but the first row of each instant; of these, `copies` are as many as said nothing but what another
    said. `conflicts` are the first rows of instants whose rows contradicted each other.
    """

    rows: pl.DataFrame
    repeats: np.ndarray
    copies: np.ndarray
    conflicts: np.ndarray

    def one_row_per_instant(self) -> pl.DataFrame:
        """The rows without the repeats."""
        is_kept = np.ones(self.rows.height, dtype=bool)
        is_kept[self.repeats] = False
        return self.rows.filter(pl.Series(is_kept))


_NONE = np.array([], dtype=np.intp)


def settle_repeats(rows: pl.DataFrame) -> Settled:
    """Let the rows of one instant agree; they are sorted by `instant_key`, an integer of device and millisecond.

    A row that repeats another is counted. Rows that fill each other's nulls are merged. Rows with different values
    leave an instant whose every value is null: it still ends the sample before it. Repeats stay where they are, since
    all but the last of them speak for no time.
    """
    key = rows["instant_key"].to_numpy()
    repeats = np.flatnonzero(key[1:] == key[:-1]) + 1
    if not len(repeats):
        return Settled(rows, repeats, _NONE, _NONE)
    before = rows[repeats - 1].select(pl.col(VALUE_COLUMNS).name.suffix(":before"))
    agree = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}:before")) for name in VALUE_COLUMNS)
    is_copy = rows[repeats].hstack(before).select(agree).to_series().to_numpy()
    if is_copy.all():
        return Settled(rows, repeats, repeats, _NONE)
    disputed = np.unique(key[repeats[~is_copy]])
    rows, copies, conflicts = _settle(rows, key, disputed)
    undisputed = repeats[~np.isin(key[repeats], disputed)]
    return Settled(rows, repeats, np.sort(np.concatenate([undisputed, copies])), conflicts)


def _settle(rows: pl.DataFrame, key: np.ndarray, disputed: np.ndarray) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """Put what the rows of each disputed instant say together into all of them; also their copies and conflicts."""
    begins, ends = np.searchsorted(key, disputed), np.searchsorted(key, disputed, side="right")
    places = _ranges(begins, ends)
    values = [pl.col(name) for name in VALUE_COLUMNS]
    disagree = pl.any_horizontal(value.min() != value.max() for value in values).fill_null(False)
    instants = (
        rows[places]
        .group_by("instant_key", maintain_order=True)
        .agg(
            *(value.max() for value in values),
            disagree.alias("is_conflict"),
            (pl.len() - pl.struct(VALUE_COLUMNS).n_unique()).alias("copy_count"),
        )
    )
    settled = instants.select(pl.when(~pl.col("is_conflict")).then(pl.col(name)) for name in VALUE_COLUMNS)
    everywhere = settled[np.repeat(np.arange(len(disputed)), ends - begins)]
    rows = rows.with_columns(rows[name].scatter(places, everywhere[name]) for name in VALUE_COLUMNS)
    copies = _ranges(begins + 1, begins + 1 + instants["copy_count"].to_numpy())
    return rows, copies, begins[instants["is_conflict"].to_numpy()]


def _ranges(begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    return np.concatenate([np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)])
