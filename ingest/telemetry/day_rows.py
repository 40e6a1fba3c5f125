"""The rows of one local day out of sorted lake files, in frames that hold whole devices.

The files are read side by side, a batch of each at a time, so that memory does not grow with the number of devices.
What rows mean does not belong here.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from ingest.telemetry.duplicates import VALUE_COLUMNS
from ingest.telemetry.holds import DEVICE_SECONDS

DEVICE_MILLISECONDS = DEVICE_SECONDS * 1_000
"""An instant key is the integer `device_key * DEVICE_MILLISECONDS + millisecond of the local day`."""

DEVICE_KEY = (pl.col("instant_key") // DEVICE_MILLISECONDS).alias("device_key")
MILLISECOND = (pl.col("instant_key") % DEVICE_MILLISECONDS).alias("millisecond")
SECOND = (pl.col("instant_key") % DEVICE_MILLISECONDS // 1_000).alias("second")

_MOST_FILES_SIDE_BY_SIDE = 8
"""Of more files than this the day is put together in memory and sorted; each open file has a reader of its own."""


_HEAD_ROWS = 1 << 16
"""Devices cut by a batch's end are put together up to so many rows."""


class UnsortedFileError(ValueError):
    """A file is not sorted by device and instant, as files of the lake are."""


def sorted_rows(samples: pl.LazyFrame, day_start: int, day_end: int, first_hour: int) -> pl.DataFrame:
    """Rows of the day `[day_start, day_end)`, in UTC epoch seconds, by `instant_key`.

    The milliseconds of the key are counted from the epoch second `first_hour`.
    """
    rows = samples.filter(in_day(day_start, day_end)).select("device_key", "sampled_at_ms", *VALUE_COLUMNS)
    return _in_order([_keyed(rows.collect(engine="streaming"), day_start, day_end, first_hour)])


def whole_devices(
    files: Sequence[pl.LazyFrame], day_start: int, day_end: int, first_hour: int
) -> Iterator[pl.DataFrame]:
    """The same rows of several sorted files, in sorted frames; all rows of a device are in one frame.

    Raises:
        UnsortedFileError: a file is not sorted by device and instant; frames may have been given before.
    """
    if len(files) > _MOST_FILES_SIDE_BY_SIDE:
        yield sorted_rows(pl.concat(files), day_start, day_end, first_hour)
        return
    streams = [_Stream(file, day_start, day_end, first_hour) for file in files]
    heads: list[pl.DataFrame] = []
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
            yield _in_order([rows for pieces in taken for rows in pieces])
        if heads and (is_done or sum(rows.height for rows in heads) > _HEAD_ROWS):
            yield pl.concat(heads, rechunk=True)
            heads = []
        for stream in streams:
            if not stream.is_done and stream.last_device == complete_below:
                stream.extend()


def _cut_between_devices(pieces: list[pl.DataFrame]) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    """Of a file's pieces, what belongs to the device that goes on into the last piece, and the rest of that piece.

    Only the former, which is little, is ever copied together.
    """
    *before, rows = pieces
    if not before:
        return [], rows
    count = _count_below(rows, (before[-1]["instant_key"][-1] // DEVICE_MILLISECONDS) + 1)
    return [*before, rows[:count]], rows[count:]


def _count_below(rows: pl.DataFrame, device: int) -> int:
    return int(np.searchsorted(rows["instant_key"].to_numpy(), device * DEVICE_MILLISECONDS))


class _Stream:
    """Rows of one file that were read and not yet taken, in pieces; `last_device` is the device of the last of them."""

    def __init__(self, file: pl.LazyFrame, day_start: int, day_end: int, first_hour: int) -> None:
        columns = file.select("device_key", "sampled_at_ms", *VALUE_COLUMNS)
        self._batches = columns.collect_batches(maintain_order=True)
        self._day = (day_start, day_end, first_hour)
        self._pieces: list[pl.DataFrame] = []
        self._last_key = -1
        self.is_done = False
        self.extend()

    @property
    def last_device(self) -> int:
        return self._last_key // DEVICE_MILLISECONDS

    def extend(self) -> None:
        """Read on until there is another row of the day, or the file is done."""
        for batch in self._batches:
            rows = _keyed(batch, *self._day)
            if rows.height:
                key = rows["instant_key"].to_numpy()
                if key[0] < self._last_key or not _ascends(key):
                    raise UnsortedFileError("samples of a lake file are not sorted by device and instant")
                self._last_key = int(key[-1])
                self._pieces.append(rows)
                return
        self.is_done = True

    def take(self, below_device: int | None) -> list[pl.DataFrame]:
        """Take out the rows of the devices below one, or all."""
        pieces, self._pieces = self._pieces, []
        if below_device is None:
            return pieces
        taken = []
        for rows in pieces:
            count = _count_below(rows, below_device)
            taken += [rows[:count]] if count else []
            self._pieces += [rows[count:]] if count < rows.height else []
        return taken


def _keyed(rows: pl.DataFrame, day_start: int, day_end: int, first_hour: int) -> pl.DataFrame:
    if rows.is_empty():
        return rows.select(pl.lit(None, pl.Int64).alias("instant_key"), *VALUE_COLUMNS).clear()
    milliseconds = rows["sampled_at_ms"].to_numpy()
    if milliseconds.min() < day_start * 1_000 or milliseconds.max() >= day_end * 1_000:
        rows = rows.filter(in_day(day_start, day_end))
        milliseconds = rows["sampled_at_ms"].to_numpy()
    key = rows["device_key"].to_numpy() * DEVICE_MILLISECONDS + (milliseconds - first_hour * 1_000)
    return rows.select(VALUE_COLUMNS).insert_column(0, pl.Series("instant_key", key, dtype=pl.Int64))


def in_day(day_start: int, day_end: int) -> pl.Expr:
    """Whether a sample lies in the half-open day, whose bounds are UTC epoch seconds."""
    return (pl.col("sampled_at_ms") >= day_start * 1_000) & (pl.col("sampled_at_ms") < day_end * 1_000)


def _in_order(parts: list[pl.DataFrame]) -> pl.DataFrame:
    rows = pl.concat(parts, rechunk=True) if len(parts) > 1 else parts[0]
    key = rows["instant_key"].to_numpy()
    # A stable sort finds the stretches that are sorted already and only merges them.
    return rows if _ascends(key) else rows[np.argsort(key, kind="stable")]


def _ascends(key: np.ndarray) -> bool:
    return bool((key[1:] >= key[:-1]).all())
