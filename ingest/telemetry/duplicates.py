"""Several rows for one device and instant say one thing, or nothing where they contradict each other."""

from typing import NamedTuple

import numpy as np

from ingest.telemetry.rows import Rows

_NONE = np.array([], dtype=np.intp)


class Settled(NamedTuple):
    """`rows` of which those of one instant say the same, unless they are at positions that are `silent`.

    `repeats` are the positions of all but the first row of each instant; `is_copy` says which of them said nothing but
    what another said. `conflicts` are the first rows of instants whose rows contradict each other; of such an instant
    all rows are silent, whatever stands in them, for nobody can know which of them is true.
    """

    rows: Rows
    repeats: np.ndarray
    is_copy: np.ndarray
    conflicts: np.ndarray = _NONE
    silent: np.ndarray = _NONE

    def one_row_per_instant(self) -> Rows:
        """The same without the repeats; what is silent is unknown."""
        kept = np.delete(np.arange(self.rows.count), self.repeats)
        rows = self.rows.at(kept)
        for column in rows.values.values():
            column[np.searchsorted(kept, self.conflicts)] = np.nan
        return rows


def settle_repeats(rows: Rows) -> Settled:
    """Let the rows of one instant agree; they are sorted by their key.

    A row that repeats another is counted. Rows that fill each other's gaps are merged. Rows with different values
    leave an instant whose every value is unknown: it still ends the sample before it. Repeats stay where they are,
    since all but the last of them speak for no time.
    """
    key = rows.key
    repeats = np.flatnonzero(key[1:] == key[:-1]) + 1
    is_copy = np.ones(len(repeats), dtype=bool)
    for column in rows.values.values():
        # Bits are quickly compared, also of unknown values; a zero below zero is settled as if it were another number.
        bits = column.view(f"i{column.itemsize}")
        is_copy &= bits[repeats] == bits[repeats - 1]
    if is_copy.all():
        return Settled(rows, repeats, is_copy)
    instants = np.unique(key[repeats[~is_copy]])
    return _settle(rows, repeats, is_copy, np.searchsorted(key, instants), np.searchsorted(key, instants, side="right"))


def _settle(rows: Rows, repeats: np.ndarray, is_copy: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> Settled:
    """Settle the disputed instants, whose rows are from `begins` to before `ends`; at all others repeats are copies."""
    lengths = ends - begins
    places, firsts = _ranges(begins, lengths), np.cumsum(lengths) - lengths
    said = np.column_stack([column[places].astype(np.float64) for column in rows.values.values()])
    highest, lowest = np.fmax.reduceat(said, firsts), np.fmin.reduceat(said, firsts)
    is_conflict = (lowest < highest).any(axis=1)
    is_copy[np.searchsorted(repeats, _ranges(begins + 1, lengths - 1))] = False
    is_copy[np.searchsorted(repeats, _ranges(begins + 1, lengths - _distinct_counts(said, lengths)))] = True
    silent = _ranges(begins[is_conflict], lengths[is_conflict])
    if not is_conflict.all():
        rows = _written(rows, places, np.repeat(highest, lengths, axis=0))
    return Settled(rows, repeats, is_copy, begins[is_conflict], silent)


def _written(rows: Rows, places: np.ndarray, values: np.ndarray) -> Rows:
    """A copy of the rows with other values at some places."""
    columns = {name: column.copy() for name, column in rows.values.items()}
    for number, column in enumerate(columns.values()):
        column[places] = values[:, number]
    return Rows(rows.key, columns)


def _distinct_counts(said: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """How many different rows each disputed instant has; two unknown values are the same."""
    distinct = np.full(len(lengths), 2)
    of_many = np.flatnonzero(lengths > 2)
    if len(of_many):
        is_of_many = np.repeat(lengths > 2, lengths)
        instant = np.repeat(np.arange(len(lengths)), lengths)[is_of_many]
        bits = np.where(np.isnan(said), np.nan, said + 0.0).view(np.int64)  # one kind of NaN, and no zero below zero
        rows = np.unique(np.column_stack([instant, bits[is_of_many]]), axis=0)
        distinct[of_many] = np.bincount(rows[:, 0], minlength=len(lengths))[of_many]
    return distinct


def _ranges(begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Stretches of whole numbers, one behind the other."""
    firsts = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(firsts - begins, lengths)
