"""Samples in order of arrival are put into the order of the lake, one part per center and UTC day, without comparisons.

Rows are dealt into as many stacks as there are centers, days and devices. Within a stack they lie in the order in which
they arrived, which is most often that of their instants already. A block of rows, which the processor's cache holds, is
dealt for itself first: then what a device said in it lies side by side, and is moved to its place in stretches.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from ingest.telemetry.names import numbered
from ingest.telemetry.schema import DAY_MS, LAKE_SAMPLE_SCHEMA

_EPOCH = date(1970, 1, 1)
_BLOCK_ROWS = 1 << 17
_MOST_DEALT = 1 << 16
"""Up to so many stacks rows are dealt; more are sorted by comparing."""


class LakePart(NamedTuple):
    """Samples of one center and UTC day: rows of `LAKE_SAMPLE_SCHEMA` by device, instant and line."""

    center_id: str
    utc_day: date
    rows: pl.DataFrame


def in_lake_order(samples: pl.DataFrame, device_keys: dict[str, int]) -> Iterator[LakePart]:
    """The parts of some rows of `SAMPLE_SCHEMA` by center and day, under the registry's keys of their devices.

    Names may be categorical, and columns that say nothing may be missing.
    """
    device, keys = _ranked(samples["device_uid"], device_keys.__getitem__)
    center, centers = _ranked(samples["center_id"], str)
    time = samples["sampled_at_ms"].to_numpy()
    first_day, last_day = int(time.min()) // DAY_MS, int(time.max()) // DAY_MS
    day_count = last_day - first_day + 1
    file_count = len(centers) * day_count
    kind = np.uint16 if file_count * len(keys) <= _MOST_DEALT else np.int64
    file_number = center.astype(kind) * kind(day_count) + whole_units(time, DAY_MS).astype(kind)
    own = [name for name in samples.columns if name in LAKE_SAMPLE_SCHEMA and samples[name].null_count() < len(device)]
    silent = [name for name in LAKE_SAMPLE_SCHEMA if name not in ("device_key", *own)]
    dealt = _Dealt(samples.select(own), file_number * kind(len(keys)) + device.astype(kind))
    begins = np.searchsorted(dealt.stack, (np.arange(file_count) * len(keys)).astype(kind)).tolist()
    for number, (begin, end) in enumerate(pairwise([*begins, samples.height])):
        if begin < end:
            of_center, of_day = divmod(number, day_count)
            utc_day = _EPOCH + timedelta(days=first_day + of_day)
            device_key = np.array(keys).take(dealt.stack[begin:end] - number * len(keys))
            rows = pl.DataFrame({"device_key": _as_series(device_key)} | dealt.columns(begin, end))
            missing = [pl.lit(None, LAKE_SAMPLE_SCHEMA[name]).alias(name) for name in silent]
            yield LakePart(centers[of_center], utc_day, rows.with_columns(missing).select(*LAKE_SAMPLE_SCHEMA))


def whole_units(time: np.ndarray, unit_ms: int) -> np.ndarray:
    """How many days or hours each instant lies behind the first one's; narrow numbers are divided much quicker."""
    since = time - int(time.min()) // unit_ms * unit_ms
    return since.astype(np.uint32) // np.uint32(unit_ms) if since.max() < 1 << 32 else since // unit_ms


def _ranked(column: pl.Series, value_of: Callable[[str], Any]) -> tuple[np.ndarray, list[Any]]:
    """For each row the position of its name's value among all of them, and these values in ascending order."""
    number, names = numbered(column)
    values = sorted((value_of(name), key) for key, name in names.items())
    rank = np.zeros(max(names) + 1, dtype=np.uint16 if len(values) <= _MOST_DEALT else np.int64)
    rank[[key for _, key in values]] = np.arange(len(values))
    return rank.take(number, mode="clip"), [value for value, _ in values]


class _Dealt:
    """Rows, and in which order they lie by stack, instant and line; `stack` is in that order."""

    def __init__(self, samples: pl.DataFrame, stack: np.ndarray) -> None:
        blocks = [(begin, _places(stack[begin : begin + _BLOCK_ROWS])) for begin in range(0, len(stack), _BLOCK_ROWS)]
        columns = {column.name: _Column(column, blocks) for column in samples}
        stack = np.concatenate([stack[begin:][places] for begin, places in blocks])
        order = _places(stack)
        self.stack = stack[order]
        time, line = (columns.pop(name).taken(order).to_numpy() for name in _IN_ORDER)
        is_same = self.stack[1:] == self.stack[:-1]
        is_early = (time[1:] < time[:-1]) | ((time[1:] == time[:-1]) & (line[1:] < line[:-1]))
        if (is_same & is_early).any():
            better = _sorted_within(self.stack, time, line)
            order, time, line = order[better], time[better], line[better]
        self._order, self._columns = order, columns
        self._in_order = dict(zip(_IN_ORDER, (time, line), strict=True))

    def columns(self, begin: int, end: int) -> dict[str, pl.Series]:
        """The columns of the rows from one place of the order to before another."""
        places = self._order[begin:end]
        taken = {name: column.taken(places) for name, column in self._columns.items()}
        return taken | {name: _as_series(values[begin:end]) for name, values in self._in_order.items()}


_IN_ORDER = ("sampled_at_ms", "source_line")


def _places(stack: np.ndarray) -> np.ndarray:
    return np.argsort(stack, kind="stable")


def _sorted_within(stack: np.ndarray, time: np.ndarray, line: np.ndarray) -> np.ndarray:
    """The places of rows that lie by stack, by instant and line too."""
    key = stack.astype(np.int64) * DAY_MS + time % DAY_MS
    # A stable sort finds the stretches that are in order already and only merges them.
    order = np.argsort(key, kind="stable")
    key = key[order]
    is_tie = key[1:] == key[:-1]
    tied = np.flatnonzero(np.append(is_tie, False) | np.append(False, is_tie))
    order[tied] = order[tied][np.lexsort((line[order[tied]], key[tied]))]
    return order


class _Column:
    """A column, its rows dealt block by block; numbers are held in arrays, where unknown ones are NaN."""

    def __init__(self, column: pl.Series, blocks: list[tuple[int, np.ndarray]]) -> None:
        self._kind, self._has_nulls = column.dtype, column.has_nulls()
        if self._kind.is_numeric() and self._has_nulls:
            column = column.cast(pl.Float64 if self._kind.is_integer() else self._kind).fill_null(float("nan"))
        parts = [(column.slice(begin, len(places)), places) for begin, places in blocks]
        if not self._kind.is_numeric():
            self._dealt = pl.concat(part.gather(places) for part, places in parts)
            return
        self._dealt = np.empty(len(column), dtype=column.clear().to_numpy().dtype)
        for (begin, _), (part, places) in zip(blocks, parts, strict=True):
            _take(part.to_numpy(), places, self._dealt[begin : begin + len(places)])

    def taken(self, places: np.ndarray) -> pl.Series:
        """The values at some places, as the column had them."""
        if isinstance(self._dealt, pl.Series):
            return self._dealt.gather(places)
        taken = np.empty(len(places), dtype=self._dealt.dtype)
        _take(self._dealt, places, taken)
        column = _as_series(taken)
        return column.fill_nan(None).cast(self._kind) if self._has_nulls else column


def _take(values: np.ndarray, places: np.ndarray, out: np.ndarray) -> None:
    # All places exist, so nothing is clipped; it is only the quickest way to ask.
    values.take(places, out=out, mode="clip")


def _as_series(values: np.ndarray) -> pl.Series:
    """The values, not copied."""
    return pl.Series(
        pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])
    )
