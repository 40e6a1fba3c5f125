"""Samples as NumPy arrays, one element per row: what the rollup works on from the lake's files to the sums of an hour.

What rows mean does not belong here.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ingest.telemetry.schema import VALUE_COLUMNS

Values = dict[str, np.ndarray]
"""The value columns, NaN where nothing was observed."""


class Rows(NamedTuple):
    """Samples by `key`, an integer of device and millisecond, which may come in any order and more than once."""

    key: np.ndarray
    values: Values

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.key)

    def part(self, begin: int, end: int | None = None) -> "Rows":
        """The rows from `begin` up to and without `end`, not copied."""
        return Rows(self.key[begin:end], {name: column[begin:end] for name, column in self.values.items()})

    def at(self, places: np.ndarray) -> "Rows":
        """Some rows, by position or by a mask, copied."""
        return Rows(self.key[places], {name: column[places] for name, column in self.values.items()})

    def in_order(self) -> "Rows":
        """The rows by key; rows of one key stay as they stood."""
        # A stable sort finds the stretches that are sorted already and only merges them.
        return self if ascends(self.key) else self.at(np.argsort(self.key, kind="stable"))


def together(parts: Sequence[Rows]) -> Rows:
    """The rows of several, one behind the other."""
    if len(parts) == 1:
        return parts[0]
    key = np.concatenate([rows.key for rows in parts])
    return Rows(key, {name: np.concatenate([rows.values[name] for rows in parts]) for name in VALUE_COLUMNS})


def ascends(key: np.ndarray) -> bool:
    """Whether no key is smaller than the one before."""
    return bool((key[1:] >= key[:-1]).all())
