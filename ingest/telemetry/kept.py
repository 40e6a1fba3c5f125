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
import pyarrow as pa

from ingest.telemetry.names import numbered
from ingest.telemetry.schema import DAY_MS, SAMPLE_SCHEMA

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
        is_cut = start_ms > -_BEYOND_ALL_TIMES or end_ms < _BEYOND_ALL_TIMES
        for path, first, last in self._written:
            if first < end_ms and last >= start_ms:
                yield _within(pl.read_ipc(path), start_ms, end_ms, is_cut)
        for fresh in self._fresh:
            yield _within(fresh, start_ms, end_ms, is_cut)


def _within(values: pl.DataFrame, start_ms: int, end_ms: int, is_cut: bool) -> pl.DataFrame:
    if not is_cut:
        return values
    return values.filter(pl.col("sampled_at_ms") >= start_ms, pl.col("sampled_at_ms") < end_ms)


class KeptSamples:
    """Samples of one file, in memory while they are few; what is on disk is there as long as this is held."""

    def __init__(self) -> None:
        self._fresh = [pl.DataFrame(schema=SAMPLE_SCHEMA)]
        self._fresh_count = 0
        self._folder: SpillFolder | None = None
        self._written: list[tuple[Path, np.ndarray]] = []
        self._device_uids: set[str] = set()

    def append(self, samples: pl.DataFrame) -> None:
        """Keep some more samples; once there are many, they go to disk."""
        self._fresh.append(samples)
        self._fresh_count += samples.height
        if self._fresh_count > SAMPLES_AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._folder = self._folder or SpillFolder()
        path = self._folder.path / f"samples-{len(self._written)}.arrow"
        fresh = pl.concat(self._fresh).with_columns(pl.col("center_id", "device_uid").cast(pl.Categorical))
        write_samples_as_they_are(fresh, path)
        self._written.append((path, np.unique(fresh["sampled_at_ms"].to_numpy() // DAY_MS)))
        self._device_uids.update(numbered(fresh["device_uid"])[1].values())
        self._fresh, self._fresh_count = [pl.DataFrame(schema=SAMPLE_SCHEMA)], 0

    def taken(self) -> "pl.DataFrame | KeptSamples":
        """All of them, as a frame if nothing had to go to disk."""
        if not self._written:
            return pl.concat(self._fresh)
        if self._fresh_count:
            self._write()
        return self

    def device_uids(self) -> list[str]:
        """Every device that has a sample on disk."""
        return sorted(self._device_uids)

    def days(self) -> Iterator[pl.DataFrame]:
        """The samples of each UTC day, as they came: names are categorical, and what says nothing may be missing."""
        for number in np.unique(np.concatenate([days for _, days in self._written])).tolist():
            parts = [
                _within(read_samples_as_they_are(path), number * DAY_MS, (number + 1) * DAY_MS, len(days) > 1)
                for path, days in self._written
                if number in days
            ]
            yield pl.concat(parts, how="diagonal")


def write_samples_as_they_are(samples: pl.DataFrame, path: Path) -> None:
    """Write samples that are soon read again; columns that say nothing are left out."""
    filled = samples.select(column for column in samples if column.null_count() < samples.height)
    filled.write_ipc(path, compression="uncompressed", compat_level=pl.CompatLevel.oldest())


def read_samples_as_they_are(path: Path) -> pl.DataFrame:
    """The same samples, copied once: pages of a file that is only mapped cost more than that when they are touched."""
    with pa.OSFile(str(path)) as file:
        return pl.from_arrow(pa.ipc.open_file(file).read_all(), rechunk=False)
