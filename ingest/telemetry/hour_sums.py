"""Sorted samples become sums per device and hour: the inner loop of the rollup.

Rows are taken a block at a time, small enough for the processor's cache. What a row belongs to are bits of a byte, of
which each second adds to five sums at once that are packed into one word.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from ingest.telemetry.day_rows import DEVICE_MILLISECONDS
from ingest.telemetry.duplicates import Settled, settle_repeats
from ingest.telemetry.holds import (
    DEVICE_SECONDS,
    HOUR_SECONDS,
    LOWER_EDGES,
    SLOTS_PER_DEVICE,
    SUMMED,
    busy_bp,
    busy_pct,
    flags,
    held_seconds,
    power_mw,
)
from ingest.telemetry.rows import Rows, ascends

_Columns = dict[str, np.ndarray]
_COUNTS = ("sample_count", "readable_count", "duplicate_count", "conflict_count")
_BLOCK_ROWS = 1 << 18
_BLOCK_DEVICES = (1 << 31) // DEVICE_SECONDS  # keys lie no further apart, so the seconds of a block fit 32 bits
_PACKED_BITS = 12  # holds of one device are disjoint, so sums within an hour stay below 2**12 seconds
_PACKED_PER_WORD = 5
_WORD_COUNT = -(-len(SUMMED) // _PACKED_PER_WORD)
_WORDS = tuple(f"word_{number}" for number in range(_WORD_COUNT))
_SUM_COLUMNS = ("energy_mws", "busy_bp_seconds", *_WORDS)
_COLUMNS = ("slot", *_SUM_COLUMNS, *_COUNTS, "first_second", "last_second")
_NOTHING = np.array([], dtype=np.int64)


# A flag goes from its bit of the byte to its sum's place in the word: copies of the byte are put side by side, so far
# apart that the first bit of the first copy, the second of the second, and so on, stand where the sums begin.
_COPIES = np.int64(sum(1 << (_PACKED_BITS - 1) * place for place in range(_PACKED_PER_WORD)))
_PLACES = np.int64(sum(1 << _PACKED_BITS * place for place in range(_PACKED_PER_WORD)))


def sum_hours(parts: Iterable[Rows], end_second: int, interval_seconds: int) -> pl.DataFrame:
    """Sums of the rows of whole devices, one row per slot, sorted by it.

    Args:
        parts: rows sorted by key; no device is in two parts.
        end_second: where the day ends, on the clock of the key.
        interval_seconds: the feed's nominal sampling interval.

    Returns:
        `slot`, `SUMMED`, `energy_mws`, `busy_bp_seconds`, `sample_count`, `readable_count`, `duplicate_count`,
        `conflict_count`, `first_second` and `last_second`; of time that was held over from an earlier hour there are
        no samples.
    """
    sums: list[_Columns] = []
    for rows in parts:
        for block in _blocks(rows):
            sums += _Block(settle_repeats(block), end_second, interval_seconds).sums()
    columns = {name: np.concatenate([part[name] for part in sums]) if sums else _NOTHING for name in _COLUMNS}
    if not ascends(columns["slot"]):
        order = np.argsort(columns["slot"], kind="stable")
        columns = {name: column[order] for name, column in columns.items()}
    own = (pl.when(pl.col("sample_count") > 0).then(name).alias(name) for name in ("first_second", "last_second"))
    return pl.DataFrame(_unpacked(columns)).with_columns(*own)


def _unpacked(columns: _Columns) -> _Columns:
    """The columns with a sum each in place of the words."""
    sums = {}
    for word, first in zip(_WORDS, range(0, len(SUMMED), _PACKED_PER_WORD), strict=True):
        for place, name in enumerate(reversed(SUMMED[first : first + _PACKED_PER_WORD])):
            sums[name] = columns[word] >> _PACKED_BITS * place & (1 << _PACKED_BITS) - 1
    return {name: column for name, column in columns.items() if name not in _WORDS} | sums


def _blocks(rows: Rows) -> Iterator[Rows]:
    """The rows in parts that end where a device ends."""
    begin = 0
    while begin < rows.count:
        last = min(begin + _BLOCK_ROWS, rows.count) - 1
        first_device, last_device = rows.key[begin] // DEVICE_MILLISECONDS, rows.key[last] // DEVICE_MILLISECONDS
        next_device = min(last_device + 1, first_device + _BLOCK_DEVICES)
        end = int(np.searchsorted(rows.key, next_device * DEVICE_MILLISECONDS))
        yield rows.part(begin, end)
        begin = end


class _Block:
    """Rows of some whole devices, with what each of them adds to the sums of its hour and of the hours after."""

    def __init__(self, settled: Settled, end_second: int, interval_seconds: int) -> None:
        self.settled = settled
        key, values = settled.rows
        first = key[0] // DEVICE_MILLISECONDS
        second = ((key - first * DEVICE_MILLISECONDS) // 1_000).astype(np.int32)
        slot = second // HOUR_SECONDS
        self.begins = np.concatenate(([0], np.flatnonzero(slot[1:] != slot[:-1]) + 1))
        self.lasts = np.append(self.begins[1:], len(key)) - 1
        self.slot = slot[self.lasts] + first * SLOTS_PER_DEVICE
        self.first_second, self.last_second = second[self.begins] % DEVICE_SECONDS, second[self.lasts] % DEVICE_SECONDS
        self.held = held_seconds(second, self.lasts, end_second, interval_seconds)
        self.held[settled.silent] = 0
        # Only the last sample of an hour can speak beyond it.
        self.left_over = self.held[self.lasts] + self.last_second % HOUR_SECONDS - HOUR_SECONDS
        self.held[self.lasts] -= np.maximum(self.left_over, 0)
        busy = busy_pct(values)
        self.belongs = _combined(flags(values, busy))
        self.milliwatts, self.busy_bp = power_mw(values), busy_bp(busy)
        self.is_unknown = ~(busy >= LOWER_EDGES[0])
        self.is_unknown[settled.silent] = True

    def sums(self) -> list[_Columns]:
        """What each hour of the block adds up to; hours without a sample of their own come apart."""
        columns = self._within_hours() | self._counts()
        alone = [part for hour in self._hours_beyond() if (part := _added(columns, hour))]
        return [columns, *alone]

    def _within_hours(self) -> _Columns:
        """What each hour gets from its own samples."""
        columns, held = {"slot": self.slot}, self.held.astype(np.int64)
        product = np.empty_like(held)
        for name, belongs in zip(_WORDS, self.belongs, strict=True):
            np.multiply(_spread(belongs), held, out=product)
            columns[name] = np.add.reduceat(product, self.begins)
        np.multiply(self.milliwatts, held, out=product)
        columns["energy_mws"] = np.add.reduceat(product, self.begins)
        # An hour's basis points times seconds are at most 36 million.
        busy = np.add.reduceat(self.busy_bp * self.held, self.begins, dtype=np.int32)
        columns["busy_bp_seconds"] = busy.astype(np.int64)
        return columns

    def _counts(self) -> _Columns:
        """How many instants each hour has and how many of them can be read, and what became of repeats."""
        repeats, is_copy = self.settled.repeats, self.settled.is_copy
        hours = np.searchsorted(self.lasts, repeats)
        sample_count = self.lasts - self.begins + 1 - self._by_hour(hours)
        unknown = np.searchsorted(self.lasts, np.flatnonzero(self.is_unknown))
        unknown_count = self._by_hour(unknown) - self._by_hour(hours[self.is_unknown[repeats]])
        return {
            "sample_count": sample_count,
            "readable_count": sample_count - unknown_count,
            "duplicate_count": self._by_hour(hours[is_copy]),
            "conflict_count": self._by_hour(np.searchsorted(self.lasts, self.settled.conflicts)),
            "first_second": self.first_second,
            "last_second": self.last_second,
        }

    def _by_hour(self, hours: np.ndarray) -> np.ndarray:
        return np.bincount(hours, minlength=len(self.lasts))

    def _hours_beyond(self) -> Iterator[_Columns]:
        """What later hours get from the last sample of an earlier one; holds are disjoint, so no hour gets from two."""
        left, hour = self.left_over, 0
        while (over := np.flatnonzero(left > 0)).size:
            hour += 1
            seconds, rows = np.minimum(left[over], HOUR_SECONDS), self.lasts[over]
            words = {name: _spread(word[rows]) * seconds for name, word in zip(_WORDS, self.belongs, strict=True)}
            energy, busy = self.milliwatts[rows].astype(np.int64) * seconds, self.busy_bp[rows] * seconds
            yield {"slot": self.slot[over] + hour, "energy_mws": energy, "busy_bp_seconds": busy, **words}
            left = left - HOUR_SECONDS


def _added(columns: _Columns, beyond: _Columns) -> _Columns:
    """Add to each hour what was held over into it; gives back what belongs to hours that `columns` lacks."""
    place = np.minimum(np.searchsorted(columns["slot"], beyond["slot"]), len(columns["slot"]) - 1)
    is_there = columns["slot"][place] == beyond["slot"]
    there, is_complete = place[is_there], is_there.all()
    for name in _SUM_COLUMNS:
        columns[name][there] += beyond[name] if is_complete else beyond[name][is_there]
    if is_complete:
        return {}
    nothing = dict.fromkeys((*_COUNTS, "first_second", "last_second"), np.zeros(np.sum(~is_there), dtype=np.int64))
    return {name: amounts[~is_there] for name, amounts in beyond.items()} | nothing


def _spread(bits: np.ndarray) -> np.ndarray:
    """What a second adds to a word, by the flags that are the bits of a byte."""
    word = np.multiply(bits, _COPIES, dtype=np.int64)
    return np.bitwise_and(word, _PLACES, out=word)


def _combined(belongs: Iterator[np.ndarray]) -> list[np.ndarray]:
    """For each word, the flags of a row as the bits of one byte, the word's last flag lowest."""
    words: list[np.ndarray] = []
    for number, is_part in enumerate(belongs):
        bit = is_part.view(np.uint8)
        if number % _PACKED_PER_WORD:
            # Adding a byte to itself is quicker than shifting it.
            np.add(words[-1], words[-1], out=words[-1])
            np.add(words[-1], bit, out=words[-1])
        else:
            words.append(bit.copy())
    return words
