"""Single readings of one device and instant come together in one wide row, by plain integers and without hashing.

What a reading may be is not decided here; all that come are good.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.telemetry.schema import READ_COLUMNS
from ingest.telemetry.side_readings import attach_side_readings

_BUSY_COLUMNS = ("utilization_pct", "compute_active_pct")
_SIDE_COLUMNS = tuple(name for name in READ_COLUMNS if name not in _BUSY_COLUMNS)
_SPEAKER = ("device_uid", "slice_id", "slice_parts")
_STRETCH = 1 << 14
_SPARSE = 8
"""A table of every device and instant may have so many times as many cells as there are readings."""


class Readings(NamedTuple):
    """Readings in arrays: row number of the series, UTC epoch milliseconds, line, and value, NaN where unknown."""

    series: np.ndarray
    sampled_at_ms: np.ndarray
    source_line: np.ndarray
    measured: np.ndarray

    def where(self, is_wanted: np.ndarray) -> "Readings":
        """Some of the readings."""
        return self if is_wanted.all() else Readings(*(column[is_wanted] for column in self))

    def outside(self, lowest: np.ndarray, highest: np.ndarray) -> np.ndarray:
        """Whether each is below the lowest or above the highest value of its series.

        Bounds are looked up a stretch at a time, since fresh memory for those of all readings costs more than that.
        """
        is_outside = np.empty(len(self.series), dtype=bool)
        for begin in range(0, len(self.series), _STRETCH):
            series, measured = self.series[begin : begin + _STRETCH], self.measured[begin : begin + _STRETCH]
            is_outside[begin : begin + _STRETCH] = (measured < lowest[series]) | (measured > highest[series])
        return is_outside

    def within(self, span: tuple[int, int] | None) -> np.ndarray:
        """Whether each lies from one millisecond to before another."""
        return is_within(self.sampled_at_ms, span)


def is_within(sampled_at_ms: np.ndarray, span: tuple[int, int] | None) -> np.ndarray:
    """Whether instants lie from one millisecond to before another; without a span all do."""
    if span is None:
        return np.ones(len(sampled_at_ms), dtype=bool)
    return (sampled_at_ms >= span[0]) & (sampled_at_ms < span[1])


def with_boards(series: pl.DataFrame, readings: Readings) -> tuple[pl.DataFrame, Readings]:
    """Add a copy for the whole card of each reading that a slice has of its board, as readings of more series."""
    of_board = series["is_of_board"].to_numpy()
    if not of_board.any():
        return series, readings
    whole = series.filter("is_of_board").with_columns(
        slice_id=pl.lit(None, pl.String), slice_parts=pl.lit(None, pl.Int8), is_of_board=pl.lit(False)
    )
    copies = readings.where(of_board[readings.series])
    number_of_whole = series.height + np.cumsum(of_board) - 1
    copies = copies._replace(series=number_of_whole[copies.series])
    together = Readings(*(np.concatenate(columns) for columns in zip(readings, copies, strict=True)))
    return pl.concat([series, whole]), together


def one_row_per_instant(
    series: pl.DataFrame, readings: Readings, span: tuple[int, int] | None = None
) -> tuple[pl.DataFrame, int]:
    """Wide rows, and at how many instants copies of one reading contradicted each other, both of a span if given.

    Rows have `device_uid`, `slice_id`, `slice_parts`, `sampled_at_ms`, `source_line` and the value columns, and are
    sorted by device, instant and slice.
    """
    speaks = np.zeros(series.height, dtype=bool)
    speaks[readings.series] = True
    speakers = series.filter(speaks).select(_SPEAKER).unique().sort(_SPEAKER).with_row_index("device")
    numbered = series.join(speakers, on=_SPEAKER, how="left", nulls_equal=True, maintain_order="left")
    times, time_number = _numbered(readings.sampled_at_ms)
    first_cell = numbered["device"].cast(pl.Int64).fill_null(0).to_numpy() * len(times)
    cell = first_cell[readings.series] + time_number
    table = _Table(cell, speakers.height * len(times))
    values, is_conflict = _values(numbered, readings, table)
    wide = pl.DataFrame(
        {
            "device": (table.cells // max(len(times), 1)).astype(np.uint32),
            "sampled_at_ms": times[table.cells % max(len(times), 1)],
            "source_line": table.lowest(readings.source_line),
            "has_busy": table.any(numbered["column"].is_in(_BUSY_COLUMNS).fill_null(False).to_numpy()[readings.series]),
        }
    ).with_columns(values)
    is_in_order = wide["has_busy"].all() and speakers["slice_id"].null_count() == speakers.height
    wide = attach_side_readings(wide, _SIDE_COLUMNS)
    if not is_in_order:
        device, card = wide["device"].to_numpy(), speakers["device_uid"].rle_id().to_numpy()
        wide = wide[np.lexsort((device, wide["sampled_at_ms"].to_numpy(), card[device]))]
    named = [pl.Series(name, speakers[name].gather(wide["device"])) for name in _SPEAKER]
    wide = wide.drop("device").with_columns(named)
    if span is not None:
        is_conflict &= is_within(times[table.cells % max(len(times), 1)], span)
        wide = wide.filter(is_within(wide["sampled_at_ms"].to_numpy(), span))
    return wide, int(is_conflict.sum())


def _numbered(sampled_at_ms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Instants in ascending order, and for each reading the position of its own among them."""
    changes = np.flatnonzero(sampled_at_ms[1:] != sampled_at_ms[:-1]) + 1
    begins = np.append(0, changes) if len(sampled_at_ms) else changes
    times = sampled_at_ms[begins]
    lengths = np.diff(begins, append=len(sampled_at_ms))
    if len(times) > 1:
        # Scrapes are regular: most often all instants are whole steps apart and need no sorting.
        first, last = int(times.min()), int(times.max())
        step = int(np.gcd.reduce(times - first)) or 1
        if (last - first) // step < len(sampled_at_ms):
            return np.arange(first, last + 1, step), np.repeat((times - first) // step, lengths)
    distinct, number = np.unique(times, return_inverse=True)
    return distinct, np.repeat(number, lengths)


class _Table:
    """Rows to which readings belong: cells of a table of devices and instants that at least one reading is in."""

    def __init__(self, cell: np.ndarray, cell_count: int) -> None:
        if cell_count <= _SPARSE * len(cell):
            is_there = np.zeros(cell_count, dtype=bool)
            is_there[cell] = True
            self.cells = np.flatnonzero(is_there)
            if len(self.cells) == cell_count:
                self.row = cell
            else:
                row_of = np.cumsum(is_there) - 1
                self.row = row_of[cell]
        else:
            self.cells, self.row = np.unique(cell, return_inverse=True)

    def lowest(self, numbers: np.ndarray) -> np.ndarray:
        lowest = np.full(len(self.cells), np.iinfo(np.int64).max)
        np.minimum.at(lowest, self.row, numbers)
        return lowest

    def any(self, is_true: np.ndarray) -> np.ndarray:
        found = np.zeros(len(self.cells), dtype=bool)
        found[self.row[is_true]] = True
        return found

    def agreed(self, which: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What some readings say of each row, NaN for nothing or for several numbers, and where there are several."""
        row, number = self.row[which], numbers[which]
        agreed = np.full(len(self.cells), np.nan)
        agreed[row] = number
        disagree = row[agreed[row] != number]
        agreed[disagree] = np.nan
        return agreed, disagree


def _values(series: pl.DataFrame, readings: Readings, table: _Table) -> tuple[list[pl.Series], np.ndarray]:
    """The value columns, of several aliases of one the preferred; and for each row whether copies contradict."""
    means = ~pl.col("is_of_board") & (pl.col("slice_id").is_null() | (pl.col("column") != "utilization_pct"))
    means &= pl.col("column").is_in(READ_COLUMNS)
    kinds = series.filter(means.fill_null(False)).select("column", "preference").unique().drop_nulls()
    kinds = kinds.sort("column", "preference").with_row_index("kind")
    kind_of = series.join(kinds, on=["column", "preference"], how="left", maintain_order="left").select(
        pl.when(means).then("kind").fill_null(kinds.height).cast(pl.UInt16)
    )
    kind = kind_of.to_series().to_numpy()[readings.series]
    kind[np.isnan(readings.measured)] = kinds.height
    is_conflict = np.zeros(len(table.cells), dtype=bool)
    columns = dict.fromkeys(READ_COLUMNS, np.full(len(table.cells), np.nan))
    for number, column, _ in kinds.rows():
        agreed, disagree = table.agreed(np.flatnonzero(kind == number), readings.measured)
        is_conflict[disagree] = True
        before = columns[column]
        columns[column] = np.where(np.isnan(before), agreed, before) if not np.isnan(before).all() else agreed
    columns["memory_used_bytes"] = np.rint(columns["memory_used_bytes"])
    return [pl.Series(name, column, nan_to_null=True) for name, column in columns.items()], is_conflict
