"""Sorted samples become sums per device and hour: the inner loop of the rollup.

Rows are taken a block at a time, small enough that all steps find them in the processor's cache. What a row belongs to
are bits; a table says what a second adds for each combination of them, five sums packed into one word.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from ingest.telemetry.day_rows import DEVICE_MILLISECONDS
from ingest.telemetry.duplicates import Settled
from ingest.telemetry.holds import (
    DEVICE_SECONDS,
    HOUR_SECONDS,
    KNOWN,
    LOWER_EDGES,
    Values,
    busy_bp,
    busy_pct,
    flags,
    held_seconds,
    part_of,
    power_mw,
    values_of,
)

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


def sum_hours(frames: Iterable[Settled], end_second: int, interval_seconds: int) -> pl.DataFrame:
    """Sums of the rows of whole devices, one row per slot, not sorted.

    Args:
        frames: rows with `instant_key` and values, sorted by the key; no device is in two frames.
        end_second: where the day ends, on the clock of the key.
        interval_seconds: the feed's nominal sampling interval.

    Returns:
        `slot`, `SUMMED`, `energy_mws`, `busy_bp_seconds`, `sample_count`, `readable_count`, `duplicate_count`,
        `conflict_count`, `first_second` and `last_second`; of time that was held over from an earlier hour there are
        no samples.
    """
    parts = [_sum_frame(settled, end_second, interval_seconds) for settled in frames if settled.rows.height]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *parts], how="diagonal_relaxed").with_columns(**_unpacked())


def _sum_frame(settled: Settled, end_second: int, interval_seconds: int) -> pl.DataFrame:
    key, values = settled.rows["instant_key"].to_numpy(), values_of(settled.rows)
    within: list[_Columns] = []
    beyond: list[_Columns] = []
    for begin, end in _blocks(key):
        block = _Block(key[begin:end], part_of(values, begin, end), end_second, interval_seconds)
        places = (positions[slice(*np.searchsorted(positions, (begin, end)))] - begin for positions in settled[1:])
        within.append(block.within_hours() | block.counts(*places))
        beyond += block.beyond_hours()
    sums = _joined(within)
    return pl.DataFrame(_with_beyond(sums, _joined(beyond)) if beyond else sums)


def _joined(parts: list[_Columns]) -> _Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _with_beyond(within: _Columns, beyond: _Columns) -> dict[str, np.ndarray | pl.Series]:
    """Add what was held over; an hour without samples of its own has no first and no last one."""
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

    def __init__(self, key: np.ndarray, values: Values, end_second: int, interval_seconds: int) -> None:
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
        words = {
            name: np.add.reduceat(_SPREAD.take(belongs) * self.held, self.begins)
            for name, belongs in zip(_WORDS, self.belongs, strict=True)
        }
        energy = np.add.reduceat(self.milliwatts * self.held, self.begins)
        busy = np.add.reduceat(self.busy_bp * self.held, self.begins)
        return {"slot": self.slot, "energy_mws": energy, "busy_bp_seconds": busy, **words}

    def counts(self, repeats: np.ndarray, copies: np.ndarray, conflicts: np.ndarray) -> _Columns:
        """How many instants each hour has and how many of them can be read, and what became of repeats."""
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
