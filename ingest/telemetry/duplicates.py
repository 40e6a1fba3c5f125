"""Several rows for one device and instant say one thing, or nothing where they contradict each other."""

from typing import NamedTuple

import numpy as np

from ingest.telemetry.rows import Rows
from ingest.telemetry.schema import VALUE_COLUMNS

_NONE = np.array([], dtype=np.intp)


class Settled(NamedTuple):
    """`rows` as they came, positions among them, and what rows at some positions are to say instead.

    `repeats` are all but the first row of each instant; of these, `copies` are as many as said nothing but what another
    said. `conflicts` are the first rows of instants whose rows contradicted each other. A row at `disputed` says what
    stands in `agreed`, a column per value; there are few, and copying all rows for them would cost as much as all sums.
    """

    rows: Rows
    repeats: np.ndarray
    copies: np.ndarray = _NONE
    conflicts: np.ndarray = _NONE
    disputed: np.ndarray = _NONE
    agreed: np.ndarray = np.empty((0, len(VALUE_COLUMNS)))

    def part(self, begin: int, end: int) -> "Settled":
        """The rows from `begin` up to and without `end`, which are whole devices."""
        places = [positions[_between(positions, begin, end)] - begin for positions in self[1:5]]
        return Settled(self.rows.part(begin, end), *places, self.agreed[_between(self.disputed, begin, end)])

    def agreeing_rows(self) -> Rows:
        """The rows, of which those of one instant say the same."""
        values = {
            name: _written(column, self.disputed, self.agreed[:, number])
            for number, (name, column) in enumerate(self.rows.values.items())
        }
        return Rows(self.rows.key, values)

    def one_row_per_instant(self) -> Rows:
        """The same without the repeats."""
        is_kept = np.ones(self.rows.count, dtype=bool)
        is_kept[self.repeats] = False
        return self.agreeing_rows().at(is_kept)


def _between(positions: np.ndarray, begin: int, end: int) -> slice:
    return slice(*np.searchsorted(positions, (begin, end)))


def settle_repeats(rows: Rows) -> Settled:
    """Let the rows of one instant agree; they are sorted by their key.

    A row that repeats another is counted. Rows that fill each other's gaps are merged. Rows with different values
    leave an instant whose every value is unknown: it still ends the sample before it. Repeats stay where they are,
    since all but the last of them speak for no time.
    """
    key = rows.key
    repeats = np.flatnonzero(key[1:] == key[:-1]) + 1
    if not len(repeats):
        return Settled(rows, repeats)
    is_copy = np.ones(len(repeats), dtype=bool)
    for column in rows.values.values():
        is_copy &= _says_the_same(column[repeats], column[repeats - 1])
    if is_copy.all():
        return Settled(rows, repeats, copies=repeats)
    instants = np.unique(key[repeats[~is_copy]])
    begins, ends = np.searchsorted(key, instants), np.searchsorted(key, instants, side="right")
    is_disputed = np.searchsorted(begins, repeats) != np.searchsorted(ends, repeats, side="right")
    return _settle(rows, repeats, repeats[~is_disputed], begins, ends)


def _settle(rows: Rows, repeats: np.ndarray, copies: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> Settled:
    """What the rows of disputed instants, from `begins` to before `ends`, say together; `copies`: of others."""
    lengths = ends - begins
    places, firsts = _ranges(begins, lengths), np.cumsum(lengths) - lengths
    said = np.column_stack([column[places].astype(np.float64) for column in rows.values.values()])
    settled, lowest = np.fmax.reduceat(said, firsts), np.fmin.reduceat(said, firsts)
    is_conflict = (lowest < settled).any(axis=1)
    settled[is_conflict] = np.nan
    more = _ranges(begins + 1, lengths - _distinct_counts(said, lengths))
    copies = np.sort(np.concatenate([copies, more]))
    return Settled(rows, repeats, copies, begins[is_conflict], places, np.repeat(settled, lengths, axis=0))


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
    """The column with some values at some places, copied if there are others now."""
    if _says_the_same(column[places], values).all():
        return column
    written = column.copy()
    written[places] = values
    return written


def _ranges(begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Stretches of whole numbers, one behind the other."""
    firsts = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(firsts - begins, lengths)
