"""Values of a text file and the samples made of them, on disk where there are more than memory should hold.

Values come in the order of their lines and are wanted by time, one stretch after the other. How a file is cut follows
from its content alone.
"""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

VALUES_AT_ONCE = 1 << 19
"""More values than these are put together a stretch of time at a time."""

SAMPLES_AT_ONCE = 1 << 18
SHORTEST_STRETCH_MS = 3_600_000
_TIMES_LEFT_OUT = 64
"""Every so many-th time is remembered, to cut a file into stretches of about as many values."""

_BEYOND_ALL_TIMES = 1 << 62


class SpillFolder:
    """A temporary folder that is removed when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="racklight-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class KeptValues:
    """Values of one file: `sampled_at_ms`, never null, and any other columns."""

    def __init__(self, schema: dict[str, pl.DataType]) -> None:
        self._fresh = [pl.DataFrame(schema=schema)]
        self._fresh_count = 0
        self._count = 0
        self._times: list[np.ndarray] = []
        self._folder: SpillFolder | None = None
        self._written: list[tuple[Path, int, int]] = []

    def append(self, values: pl.DataFrame) -> None:
        """Keep some more values; those of a large file go to disk."""
        if values.is_empty():
            return
        self._fresh.append(values)
        self._fresh_count += values.height
        self._count += values.height
        # A copy, or these few numbers would keep the whole block in memory.
        self._times.append(values["sampled_at_ms"].to_numpy()[::_TIMES_LEFT_OUT].copy())
        if self._fresh_count > VALUES_AT_ONCE // 4 and self._count > VALUES_AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._folder = self._folder or SpillFolder()
        fresh = pl.concat(self._fresh)
        path = self._folder.path / f"values-{len(self._written)}.arrow"
        fresh.write_ipc(path, compression="uncompressed")
        times = fresh["sampled_at_ms"]
        self._written.append((path, times.min(), times.max()))
        self._fresh, self._fresh_count = [fresh.clear()], 0

    def stretches(self) -> list[tuple[int, int]]:
        """Spans of time, each from its first millisecond to the next one's, that hold about `VALUES_AT_ONCE` values."""
        if self._count <= VALUES_AT_ONCE:
            return [(-_BEYOND_ALL_TIMES, _BEYOND_ALL_TIMES)]
        times = np.sort(np.concatenate(self._times))
        cuts = [-_BEYOND_ALL_TIMES]
        for time in times[VALUES_AT_ONCE // _TIMES_LEFT_OUT :: VALUES_AT_ONCE // _TIMES_LEFT_OUT].tolist():
            if time - max(cuts[-1], int(times[0])) >= SHORTEST_STRETCH_MS:
                cuts.append(time)
        return list(pairwise([*cuts, _BEYOND_ALL_TIMES]))

    def between(self, start_ms: int, end_ms: int) -> pl.DataFrame:
        """The values from one millisecond to before another, in the order in which they came."""
        return pl.concat(list(self._parts(start_ms, end_ms)))

    def _parts(self, start_ms: int, end_ms: int) -> Iterator[pl.DataFrame]:
        for path, first, last in self._written:
            if first < end_ms and last >= start_ms:
                yield _within(pl.read_ipc(path), start_ms, end_ms)
        for fresh in self._fresh:
            yield _within(fresh, start_ms, end_ms)


def _within(values: pl.DataFrame, start_ms: int, end_ms: int) -> pl.DataFrame:
    if start_ms <= -_BEYOND_ALL_TIMES and end_ms >= _BEYOND_ALL_TIMES:
        return values
    return values.filter(pl.col("sampled_at_ms") >= start_ms, pl.col("sampled_at_ms") < end_ms)


class KeptSamples:
    """Samples of one file, in memory while they are few."""

    def __init__(self, schema: dict[str, pl.DataType]) -> None:
        self._fresh = [pl.DataFrame(schema=schema)]
        self._fresh_count = 0
        self._written: list[Path] = []
        self.folder: SpillFolder | None = None

    def append(self, samples: pl.DataFrame) -> None:
        """Keep some more samples; once there are many, they go to disk."""
        self._fresh.append(samples)
        self._fresh_count += samples.height
        if self._fresh_count > SAMPLES_AT_ONCE:
            self._write()

    def _write(self) -> None:
        self.folder = self.folder or SpillFolder()
        path = self.folder.path / f"samples-{len(self._written)}.parquet"
        fresh = pl.concat(self._fresh)
        write_kept_samples(fresh, path)
        self._written.append(path)
        self._fresh, self._fresh_count = [fresh.clear()], 0

    def taken(self) -> pl.DataFrame | pl.LazyFrame:
        """All of them: a frame, or a lazy one over files that are there as long as `folder` is held."""
        if not self._written:
            return pl.concat(self._fresh)
        self._write()
        return pl.scan_parquet(self._written)


def write_kept_samples(samples: pl.DataFrame, path: Path) -> None:
    """Write samples that are soon read again: numbers as they are, and names, which are few, once each."""
    names = pl.col("center_id", "device_uid").cast(pl.Categorical)
    samples.with_columns(names).write_parquet(path, compression="uncompressed", row_group_size=SAMPLES_AT_ONCE)
