"""Several rows for one device and instant say one thing, or nothing where they contradict each other."""

from typing import NamedTuple

import numpy as np

from ingest.telemetry.rows import Rows


class Settled(NamedTuple):
    """`rows` whose repeats say the same, and positions among them.

    `repeats` are all but the first row of each instant; of these, `copies` are as many as said nothing but what another
    said. `conflicts` are the first rows of instants whose rows contradicted each other.
    """

    rows: Rows
    repeats: np.ndarray
    copies: np.ndarray
    conflicts: np.ndarray

    def part(self, begin: int, end: int) -> "Settled":
        """The rows from `begin` up to and without `end`, which are whole devices."""
        places = (positions[slice(*np.searchsorted(positions, (begin, end)))] - begin for positions in self[1:])
        return Settled(self.rows.part(begin, end), *places)

    def one_row_per_instant(self) -> Rows:
        """The rows without the repeats."""
        is_kept = np.ones(self.rows.count, dtype=bool)
        is_kept[self.repeats] = False
        return self.rows.at(is_kept)


_NONE = np.array([], dtype=np.intp)


def settle_repeats(rows: Rows) -> Settled:
    """Let the rows of one instant agree; they are sorted by their key.

    A row that repeats another is counted. Rows that fill each other's gaps are merged. Rows with different values
    leave an instant whose every value is unknown: it still ends the sample before it. Repeats stay where they are,
    since all but the last of them speak for no time.
    """
    key = rows.key
    repeats = np.flatnonzero(key[1:] == key[:-1]) + 1
    if not len(repeats):
        return Settled(rows, repeats, _NONE, _NONE)
    is_copy = np.ones(len(repeats), dtype=bool)
    for column in rows.values.values():
        is_copy &= _says_the_same(column[repeats], column[repeats - 1])
    if is_copy.all():
        return Settled(rows, repeats, repeats, _NONE)
    disputed = np.unique(key[repeats[~is_copy]])
    begins, ends = np.searchsorted(key, disputed), np.searchsorted(key, disputed, side="right")
    rows, copies, conflicts = _settle(rows, begins, ends)
    is_disputed = np.searchsorted(begins, repeats) != np.searchsorted(ends, repeats, side="right")
    return Settled(rows, repeats, np.sort(np.concatenate([repeats[~is_disputed], copies])), conflicts)


def _settle(rows: Rows, begins: np.ndarray, ends: np.ndarray) -> tuple[Rows, np.ndarray, np.ndarray]:
    """Put what the rows of each disputed instant say together into all of them; also their copies and conflicts."""
    lengths = ends - begins
    places, firsts = _ranges(begins, lengths), np.cumsum(lengths) - lengths
    said = np.column_stack([column[places].astype(np.float64) for column in rows.values.values()])
    settled, lowest = np.fmax.reduceat(said, firsts), np.fmin.reduceat(said, firsts)
    is_conflict = (lowest < settled).any(axis=1)
    settled[is_conflict] = np.nan
    everywhere = np.repeat(settled, lengths, axis=0)
    is_other = ~_says_the_same(said, everywhere)
    values = {
        name: _written(column, places[is_other[:, number]], everywhere[is_other[:, number], number])
        for number, (name, column) in enumerate(rows.values.items())
    }
    copies = _ranges(begins + 1, lengths - _distinct_counts(said, lengths))
    return Rows(rows.key, values), copies, begins[is_conflict]


def _says_the_same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one == other) | (np.isnan(one) & np.isnan(other))


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


def _written(column: np.ndarray, places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The column with other values at some places, copied if there are any."""
    if not len(places):
        return column
    written = column.copy()
    written[places] = values
    return written


def _ranges(begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Stretches of whole numbers, one behind the other."""
    firsts = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(firsts - begins, lengths)
