"""Sorted samples become sums per device and hour: the inner loop of the rollup.

Rows are taken a block at a time, small enough that all steps find them in the processor's cache. What a row belongs to
are bits; a table says what a second adds for each combination of them, five sums packed into one word.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from ingest.telemetry.day_rows import DEVICE_MILLISECONDS
from ingest.telemetry.duplicates import Settled, settle_repeats
from ingest.telemetry.holds import (
    DEVICE_SECONDS,
    HOUR_SECONDS,
    KNOWN,
    LOWER_EDGES,
    busy_bp,
    busy_pct,
    flags,
    held_seconds,
    power_mw,
)
from ingest.telemetry.rows import Rows

SUMMED = (
    *(f"from_{edge}_seconds" for edge in LOWER_EDGES),
    "above_zero_seconds",
    "occupied_seconds",
    "occupancy_known_seconds",
    "productive_seconds",
    "productive_known_seconds",
    "energy_known_seconds",
    "profiled_seconds",
)
"""The sums of held seconds, in the order in which they are packed."""

_Columns = dict[str, np.ndarray]
_COUNTS = ("sample_count", "readable_count", "duplicate_count", "conflict_count")
_BLOCK_ROWS = 1 << 15
_PACKED_BITS = 12  # holds of one device are disjoint, so sums within an hour stay below 2**12 seconds
_PACKED_PER_WORD = 5
_WORD_COUNT = -(-len(SUMMED) // _PACKED_PER_WORD)
_WORDS = tuple(f"word_{number}" for number in range(_WORD_COUNT))
_SUM_COLUMNS = ("energy_mws", "busy_bp_seconds", *_WORDS)
_SCHEMA = dict.fromkeys(("slot", *_SUM_COLUMNS, *_COUNTS, "first_second", "last_second"), pl.Int64)


def _spread_table() -> np.ndarray:
    """For every combination of the flags of one word, bit by bit, what one second adds to the word."""
    combinations = np.arange(1 << _PACKED_PER_WORD)
    places = [(combinations >> place & 1) << _PACKED_BITS * place for place in range(_PACKED_PER_WORD)]
    return np.sum(places, axis=0)


_SPREAD = _spread_table()


def sum_hours(parts: Iterable[Rows], end_second: int, interval_seconds: int) -> pl.DataFrame:
    """Sums of the rows of whole devices, one row per slot, not sorted.

    Args:
        parts: rows sorted by key; no device is in two parts.
        end_second: where the day ends, on the clock of the key.
        interval_seconds: the feed's nominal sampling interval.

    Returns:
        `slot`, `SUMMED`, `energy_mws`, `busy_bp_seconds`, `sample_count`, `readable_count`, `duplicate_count`,
        `conflict_count`, `first_second` and `last_second`; of time that was held over from an earlier hour there are
        no samples.
    """
    within: list[_Columns] = []
    beyond: list[_Columns] = []
    for rows in parts:
        settled = settle_repeats(rows)
        for begin, end in _blocks(rows.key):
            block = _Block(settled.part(begin, end), end_second, interval_seconds)
            within.append(block.within_hours() | block.counts())
            beyond += block.beyond_hours()
    if not within:
        return pl.DataFrame(schema=_SCHEMA).with_columns(**_unpacked())
    sums = _by_slot(_joined(within))
    return pl.DataFrame(_with_beyond(sums, _joined(beyond)) if beyond else sums).with_columns(**_unpacked())


def _joined(parts: list[_Columns]) -> _Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _by_slot(columns: _Columns) -> _Columns:
    """In order of slots, since parts come in any order of devices."""
    order = np.argsort(columns["slot"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _with_beyond(within: _Columns, beyond: _Columns) -> dict[str, np.ndarray | pl.Series]:
    """Add what was held over to sums by slot; an hour without samples of its own has no first and no last one."""
    place = np.minimum(np.searchsorted(within["slot"], beyond["slot"]), len(within["slot"]) - 1)
    alone = np.unique(beyond["slot"][within["slot"][place] != beyond["slot"]])
    slot = np.concatenate([within["slot"], alone])
    is_alone = slot[place] != beyond["slot"]
    place[is_alone] = len(within["slot"]) + np.searchsorted(alone, beyond["slot"][is_alone])
    columns: dict[str, np.ndarray | pl.Series] = {"slot": slot}
    for name in within.keys() - {"slot"}:
        column = np.concatenate([within[name], np.zeros(len(alone), dtype=np.int64)])
        if name in _SUM_COLUMNS:
            np.add.at(column, place, beyond[name])
        columns[name] = column
    has_samples = pl.Series(columns["sample_count"] > 0)
    for name in ("first_second", "last_second"):
        columns[name] = pl.Series(columns[name]).set(~has_samples, None)
    return columns


def _unpacked() -> dict[str, pl.Expr]:
    sums = {}
    for number, name in enumerate(SUMMED):
        word, place = divmod(number, _PACKED_PER_WORD)
        sums[name] = pl.col(_WORDS[word]) // (1 << _PACKED_BITS * place) % (1 << _PACKED_BITS)
    return sums


def _blocks(key: np.ndarray) -> Iterator[tuple[int, int]]:
    """Ranges of rows that end where a device ends."""
    begin = 0
    while begin < len(key):
        last = min(begin + _BLOCK_ROWS, len(key)) - 1
        end = int(np.searchsorted(key, (key[last] // DEVICE_MILLISECONDS + 1) * DEVICE_MILLISECONDS))
        yield begin, end
        begin = end


class _Block:
    """Rows of some whole devices, with what each of them adds to the sums of its hour and of the hours after."""

    def __init__(self, settled: Settled, end_second: int, interval_seconds: int) -> None:
        key, values = settled.agreeing_rows()
        self.places = settled.repeats, settled.copies, settled.conflicts
        second = key // 1_000
        slot = second // HOUR_SECONDS
        self.begins = np.concatenate(([0], np.flatnonzero(slot[1:] != slot[:-1]) + 1))
        self.lasts = np.append(self.begins[1:], len(key)) - 1
        self.slot = slot[self.lasts]
        self.first_second, self.last_second = second[self.begins] % DEVICE_SECONDS, second[self.lasts] % DEVICE_SECONDS
        self.held = held_seconds(second, self.lasts, end_second, interval_seconds)
        # Only the last sample of an hour can speak beyond it.
        self.left_over = self.held[self.lasts] + self.last_second % HOUR_SECONDS - HOUR_SECONDS
        self.held[self.lasts] -= np.maximum(self.left_over, 0)
        busy = busy_pct(values)
        belongs = flags(values, busy)
        self.is_known, self.belongs = belongs[KNOWN], _combined(belongs)
        self.milliwatts, self.busy_bp = power_mw(values), busy_bp(busy)

    def within_hours(self) -> _Columns:
        """What each hour gets from its own samples."""
        columns, product = {"slot": self.slot}, np.empty_like(self.held)
        for name, belongs in zip(_WORDS, self.belongs, strict=True):
            np.multiply(_SPREAD.take(belongs, out=product, mode="clip"), self.held, out=product)
            columns[name] = np.add.reduceat(product, self.begins)
        for name, amounts in (("energy_mws", self.milliwatts), ("busy_bp_seconds", self.busy_bp)):
            columns[name] = np.add.reduceat(np.multiply(amounts, self.held, out=product), self.begins)
        return columns

    def counts(self) -> _Columns:
        """How many instants each hour has and how many of them can be read, and what became of repeats."""
        repeats, copies, conflicts = self.places
        unknown = np.flatnonzero(~self.is_known)
        sample_count = self.lasts - self.begins + 1 - self._by_hour(repeats)
        unknown_count = self._by_hour(unknown) - self._by_hour(repeats[~self.is_known[repeats]])
        return {
            "sample_count": sample_count,
            "readable_count": sample_count - unknown_count,
            "duplicate_count": self._by_hour(copies),
            "conflict_count": self._by_hour(conflicts),
            "first_second": self.first_second,
            "last_second": self.last_second,
        }

    def _by_hour(self, places: np.ndarray) -> np.ndarray:
        return np.bincount(np.searchsorted(self.lasts, places), minlength=len(self.lasts))

    def beyond_hours(self) -> list[_Columns]:
        """What each later hour gets from samples of an earlier one."""
        parts, hour, left = [], 0, self.left_over
        while (left > 0).any():
            hour += 1
            over = np.flatnonzero(left > 0)
            seconds = np.minimum(left[over], HOUR_SECONDS)
            rows = self.lasts[over]
            words = {name: _SPREAD[word[rows]] * seconds for name, word in zip(_WORDS, self.belongs, strict=True)}
            energy, busy = self.milliwatts[rows] * seconds, self.busy_bp[rows] * seconds
            parts.append({"slot": self.slot[over] + hour, "energy_mws": energy, "busy_bp_seconds": busy, **words})
            left = left - HOUR_SECONDS
        return parts


def _combined(belongs: dict[str, np.ndarray]) -> list[np.ndarray]:
    """For each word, the flags of a row as the bits of one byte, the word's first flag lowest."""
    words = []
    for first in range(0, len(SUMMED), _PACKED_PER_WORD):
        names = SUMMED[first : first + _PACKED_PER_WORD]
        byte = belongs[names[-1]].astype(np.uint8)
        for name in reversed(names[:-1]):
            # Adding a byte to itself is quicker than shifting it.
            np.add(byte, byte, out=byte)
            np.bitwise_or(byte, belongs[name].view(np.uint8), out=byte)
        words.append(byte)
    return words
