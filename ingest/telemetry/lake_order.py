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

from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_HOUR_SCHEMA

DAY_MS = 86_400_000
HOUR_MS = 3_600_000

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

    Texts may be categorical ones.
    """
    device, keys = _numbered(samples["device_uid"], device_keys.__getitem__)
    center, centers = _numbered(samples["center_id"], str)
    time = samples["sampled_at_ms"].to_numpy()
    first_day, last_day = int(time.min()) // DAY_MS, int(time.max()) // DAY_MS
    day_count = last_day - first_day + 1
    file_count = len(centers) * day_count
    kind = np.uint16 if file_count * len(keys) <= _MOST_DEALT else np.int64
    file_number = center.astype(kind) * kind(day_count) + _whole_units(time, DAY_MS).astype(kind)
    dealt = _Dealt(samples, file_number * kind(len(keys)) + device.astype(kind))
    begins = np.searchsorted(dealt.stack, (np.arange(file_count) * len(keys)).astype(kind)).tolist()
    for number, (begin, end) in enumerate(pairwise([*begins, samples.height])):
        if begin < end:
            of_center, of_day = divmod(number, day_count)
            utc_day = _EPOCH + timedelta(days=first_day + of_day)
            device_key = np.array(keys).take(dealt.stack[begin:end] - number * len(keys))
            columns = {"device_key": _as_series(device_key)} | dealt.rows(begin, end)
            yield LakePart(
                centers[of_center], utc_day, pl.DataFrame({name: columns[name] for name in LAKE_SAMPLE_SCHEMA})
            )


def _numbered(texts: pl.Series, value_of: Callable[[str], Any]) -> tuple[np.ndarray, list[Any]]:
    """For each row the position of its text's value among all of them, and these values in ascending order."""
    texts = texts.cast(pl.Categorical)
    number = texts.to_physical().to_numpy()
    if (number == number[0]).all():
        return np.zeros(len(number), dtype=np.uint16), [value_of(str(texts[0]))]
    is_seen = np.zeros(number.max() + 1, dtype=bool)
    is_seen[number] = True
    seen = np.flatnonzero(is_seen)
    values = [value_of(text) for text in pl.Series(seen, dtype=pl.UInt32).cat.to(texts.dtype).cast(pl.String)]
    order = sorted(range(len(values)), key=values.__getitem__)
    position = np.zeros(len(is_seen), dtype=np.uint16 if len(values) <= _MOST_DEALT else np.int64)
    position[seen[order]] = np.arange(len(values))
    return position.take(number, mode="clip"), [values[place] for place in order]


class _Dealt:
    """Rows, and in which order they lie by stack, instant and line; `stack` is in that order."""

    def __init__(self, samples: pl.DataFrame, stack: np.ndarray) -> None:
        blocks = [(begin, _places(stack[begin : begin + _BLOCK_ROWS])) for begin in range(0, len(stack), _BLOCK_ROWS)]
        columns = {name: _Column(samples[name], blocks) for name in LAKE_SAMPLE_SCHEMA if name in samples.columns}
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

    def rows(self, begin: int, end: int) -> dict[str, pl.Series]:
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
        self._dealt: np.ndarray | pl.Series | None = None
        if column.null_count() == len(column):
            return
        parts = [(column.slice(begin, len(places)), places) for begin, places in blocks]
        if not self._kind.is_numeric():
            self._dealt = pl.concat(part.gather(places) for part, places in parts)
            return
        widened = np.float64 if self._has_nulls and self._kind.is_integer() else column.clear().to_numpy().dtype
        self._dealt = np.empty(len(column), dtype=widened)
        for (begin, _), (part, places) in zip(blocks, parts, strict=True):
            _take(part.to_numpy().astype(widened, copy=False), places, self._dealt[begin : begin + len(places)])

    def taken(self, places: np.ndarray) -> pl.Series:
        """The values at some places, as the column had them."""
        if self._dealt is None:
            return pl.repeat(None, len(places), dtype=self._kind, eager=True)
        if isinstance(self._dealt, pl.Series):
            return self._dealt.gather(places)
        taken = np.empty(len(places), dtype=self._dealt.dtype)
        _take(self._dealt, places, taken)
        column = _as_series(taken)
        return column.fill_nan(None).cast(self._kind) if self._has_nulls else column


def _whole_units(time: np.ndarray, unit_ms: int) -> np.ndarray:
    """How many days or hours each instant lies behind the first one's; narrow numbers are divided much quicker."""
    since = time - int(time.min()) // unit_ms * unit_ms
    return since.astype(np.uint32) // np.uint32(unit_ms) if since.max() < 1 << 32 else since // unit_ms


def _take(values: np.ndarray, places: np.ndarray, out: np.ndarray) -> None:
    # All places exist, so nothing is clipped; it is only the quickest way to ask.
    values.take(places, out=out, mode="clip")


def _as_series(values: np.ndarray) -> pl.Series:
    """The values, not copied."""
    return pl.Series(
        pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])
    )


def count_sample_hours(rows: pl.DataFrame, center_id: str, source_sha256: str) -> pl.DataFrame:
    """What one file said of each device in each UTC hour, as `SAMPLE_HOUR_SCHEMA`, of rows in the order of the lake."""
    device, time = rows["device_key"].to_numpy(), rows["sampled_at_ms"].to_numpy()
    hour = _whole_units(time, HOUR_MS)
    begins = np.flatnonzero(np.append(True, (device[1:] != device[:-1]) | (hour[1:] != hour[:-1])))
    power_w = rows["power_w"].to_numpy()
    if rows["slice_id"].null_count() < rows.height:
        power_w = np.where(rows["slice_id"].is_null().to_numpy(), power_w, np.float32("nan"))
    highest_w = np.fmax.reduceat(power_w, begins)
    counted = pl.DataFrame(
        {
            "device_key": device[begins],
            "hour_ms": time[begins] // HOUR_MS * HOUR_MS,
            "row_count": np.diff(begins, append=len(device)),
            "highest_power_mw": np.rint(highest_w * np.float32(1_000)),
        }
    ).with_columns(
        pl.lit(source_sha256).alias("source_sha256"),
        pl.lit(center_id).alias("center_id"),
        pl.col("highest_power_mw").fill_nan(None),
        pl.from_epoch("hour_ms", time_unit="ms").dt.replace_time_zone("UTC").alias("hour_start_at"),
    )
    return counted.select(pl.col(name).cast(kind) for name, kind in SAMPLE_HOUR_SCHEMA.items())
