"""The rows of one local day out of sorted lake files, in parts that hold whole devices.

The files are read side by side, a batch of each at a time, so that memory does not grow with the number of devices.
What rows mean does not belong here.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from ingest.telemetry.holds import DEVICE_SECONDS
from ingest.telemetry.rows import Rows, ascends, together
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, VALUE_COLUMNS

DEVICE_MILLISECONDS = DEVICE_SECONDS * 1_000
"""A row's key is the integer `device_key * DEVICE_MILLISECONDS + millisecond of the local day`."""

_MOST_FILES_SIDE_BY_SIDE = 8
"""Of more files than this the day is put together in memory and sorted; each open file has a reader of its own."""


_HEAD_ROWS = 1 << 16
"""Devices cut by a batch's end are put together up to so many rows."""


class UnsortedFileError(ValueError):
    """A file is not sorted by device and instant, as files of the lake are."""


class SlicesFoundError(ValueError):
    """A row is of a slice of a card, and what was asked for are rows of whole cards."""


def device_key(rows: Rows) -> np.ndarray:
    """The device of each row."""
    return rows.key // DEVICE_MILLISECONDS


def millisecond(rows: Rows) -> np.ndarray:
    """The millisecond of the local day of each row."""
    return rows.key % DEVICE_MILLISECONDS


def sorted_rows(samples: pl.LazyFrame, day_start: int, day_end: int, first_hour: int) -> Rows:
    """Rows of the day `[day_start, day_end)`, in UTC epoch seconds, by key.

    The milliseconds of the key are counted from the epoch second `first_hour`.

    Raises:
        SlicesFoundError: there is a `slice_id`.
    """
    columns = _columns(samples.filter(in_day(day_start, day_end)))
    return _rows_of(columns.collect(engine="streaming"), day_start, day_end, first_hour).in_order()


def whole_devices(files: Sequence[pl.LazyFrame], day_start: int, day_end: int, first_hour: int) -> Iterator[Rows]:
    """The same rows of several sorted files, in sorted parts; all rows of a device are in one part.

    Raises:
        UnsortedFileError: a file is not sorted by device and instant; parts may have been given before.
        SlicesFoundError: there is a `slice_id`; likewise.
    """
    if len(files) > _MOST_FILES_SIDE_BY_SIDE:
        yield sorted_rows(pl.concat(files), day_start, day_end, first_hour)
        return
    streams = [_Stream(file, day_start, day_end, first_hour) for file in files]
    heads: list[Rows] = []
    is_done = False
    while not is_done:
        open_ends = [stream.last_device for stream in streams if not stream.is_done]
        is_done, complete_below = not open_ends, min(open_ends, default=None)
        taken = [pieces for stream in streams if (pieces := stream.take(complete_below))]
        if len(taken) == 1:
            head, rows = _cut_between_devices(taken[0])
            heads += head
            yield rows
        elif taken:
            yield together([rows for pieces in taken for rows in pieces]).in_order()
        if heads and (is_done or sum(rows.count for rows in heads) > _HEAD_ROWS):
            yield together(heads)
            heads = []
        for stream in streams:
            if not stream.is_done and stream.last_device == complete_below:
                stream.extend()


def _cut_between_devices(pieces: list[Rows]) -> tuple[list[Rows], Rows]:
    """Of a file's pieces, what belongs to the device that goes on into the last piece, and the rest of that piece.

    Only the former, which is little, is ever copied together.
    """
    *before, rows = pieces
    if not before:
        return [], rows
    count = _count_below(rows, int(before[-1].key[-1]) // DEVICE_MILLISECONDS + 1)
    return [*before, rows.part(0, count)], rows.part(count)


def _count_below(rows: Rows, device: int) -> int:
    return int(np.searchsorted(rows.key, device * DEVICE_MILLISECONDS))


class _Stream:
    """Rows of one file that were read and not yet taken, in pieces; `last_device` is the device of the last of them."""

    def __init__(self, file: pl.LazyFrame, day_start: int, day_end: int, first_hour: int) -> None:
        self._batches = _columns(file).collect_batches(maintain_order=True)
        self._day = (day_start, day_end, first_hour)
        self._pieces: list[Rows] = []
        self._last_key = -1
        self.is_done = False
        self.extend()

    @property
    def last_device(self) -> int:
        return self._last_key // DEVICE_MILLISECONDS

    def extend(self) -> None:
        """Read on until there is another row of the day, or the file is done."""
        for batch in self._batches:
            rows = _rows_of(batch, *self._day)
            if rows.count:
                if rows.key[0] < self._last_key or not ascends(rows.key):
                    raise UnsortedFileError("samples of a lake file are not sorted by device and instant")
                self._last_key = int(rows.key[-1])
                self._pieces.append(rows)
                return
        self.is_done = True

    def take(self, below_device: int | None) -> list[Rows]:
        """Take out the rows of the devices below one, or all."""
        pieces, self._pieces = self._pieces, []
        if below_device is None:
            return pieces
        taken = []
        for rows in pieces:
            count = _count_below(rows, below_device)
            taken += [rows.part(0, count)] if count else []
            self._pieces += [rows.part(count)] if count < rows.count else []
        return taken


def _columns(samples: pl.LazyFrame) -> pl.LazyFrame:
    """What the rollup reads; unknown values are NaN already here, where that costs next to nothing."""
    kinds = {name: pl.Float64 if kind.is_integer() else kind for name, kind in LAKE_SAMPLE_SCHEMA.items()}
    values = (pl.col(name).cast(kinds[name]).fill_null(float("nan")) for name in VALUE_COLUMNS)
    slices = [pl.col("slice_id").is_not_null().alias("is_slice")] if "slice_id" in samples.collect_schema() else []
    return samples.select("device_key", "sampled_at_ms", *values, *slices)


def _rows_of(batch: pl.DataFrame, day_start: int, day_end: int, first_hour: int) -> Rows:
    if "is_slice" in batch.columns and batch["is_slice"].any():
        raise SlicesFoundError("a sample is of a slice of its card")
    milliseconds = batch["sampled_at_ms"].to_numpy()
    if len(milliseconds) and (milliseconds.min() < day_start * 1_000 or milliseconds.max() >= day_end * 1_000):
        batch = batch.filter(in_day(day_start, day_end))
        milliseconds = batch["sampled_at_ms"].to_numpy()
    key = batch["device_key"].to_numpy() * DEVICE_MILLISECONDS
    key += milliseconds
    key -= first_hour * 1_000
    return Rows(key, {name: batch[name].to_numpy() for name in VALUE_COLUMNS})


def in_day(day_start: int, day_end: int) -> pl.Expr:
    """Whether a sample lies in the half-open day, whose bounds are UTC epoch seconds."""
    return (pl.col("sampled_at_ms") >= day_start * 1_000) & (pl.col("sampled_at_ms") < day_end * 1_000)
