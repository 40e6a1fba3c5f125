"""How long a sample speaks for its device, and in which sums its held seconds belong.

Everything here is said of NumPy arrays with one element per row, so that rows are reduced a cache's worth at a time.
Unknown is NaN; no comparison holds for it.
"""

import numpy as np
import polars as pl

from ingest.domain import UTILIZATION_BIN_EDGES_PCT
from ingest.telemetry.duplicates import VALUE_COLUMNS

HOLD_INTERVALS = 2
"""A sample bridges one missed scrape, no more."""

OCCUPIED_BYTES = 1 << 30
"""Memory in use from which a card counts as occupied."""

PRODUCTIVE_ACTIVE_PCT = 50
"""Share of active multiprocessors or tensor pipes from which a second counts as productive."""

BASIS_POINTS_PER_PCT = 100

HOUR_SECONDS = 3_600
SLOTS_PER_DEVICE = 32
"""A slot is the integer `device_key * SLOTS_PER_DEVICE + hour of the local day`."""

DEVICE_SECONDS = SLOTS_PER_DEVICE * HOUR_SECONDS
"""On the axis of `device_key * DEVICE_SECONDS + second of the local day` each device has a stretch of its own."""

LOWER_EDGES = UTILIZATION_BIN_EDGES_PCT[:-1]
KNOWN = f"from_{LOWER_EDGES[0]}_seconds"
"""The sum of all seconds with a known utilization."""

Values = dict[str, np.ndarray]
"""The value columns, NaN where nothing was observed, and `has_compute`: whether the profiling counter was told."""

_HIGHEST_MW = np.float32(2**63)


def values_of(rows: pl.DataFrame) -> Values:
    """The values of some rows of `VALUE_COLUMNS`."""
    values = {}
    for name in VALUE_COLUMNS:
        column = rows[name]
        if column.has_nulls():
            column = column.cast(pl.Float64) if column.dtype.is_integer() else column
            column = column.fill_null(float("nan"))
        values[name] = column.to_numpy()
    return values | {"has_compute": rows["compute_active_pct"].is_not_null().to_numpy()}


def part_of(values: Values, begin: int, end: int) -> Values:
    """The values of the rows from `begin` up to and without `end`."""
    return {name: column[begin:end] for name, column in values.items()}


def held_seconds(second: np.ndarray, ends: np.ndarray, end_second: int, interval_seconds: int) -> np.ndarray:
    """For how many seconds each sample speaks: to the next of its device, at most two intervals, never past the day.

    Args:
        second: of sorted rows, on the axis of all devices.
        ends: positions, among which is the last row of every device.
        end_second: where the day ends, in seconds from the beginning of a device's stretch.
        interval_seconds: the feed's nominal sampling interval.
    """
    held = np.empty_like(second)
    np.subtract(second[1:], second[:-1], out=held[:-1])
    day_ends = second[ends] // DEVICE_SECONDS * DEVICE_SECONDS + end_second
    following = np.append(second[1:], day_ends[-1:])[ends]
    held[ends] = np.minimum(following, day_ends) - second[ends]
    return np.minimum(held, HOLD_INTERVALS * interval_seconds, out=held)


def busy_pct(values: Values) -> np.ndarray:
    """The profiled share of active time, else plain utilization; anything above a hundred is unknown."""
    busy = values["compute_active_pct"].copy()
    # Few rows need another value, and choosing for every row would cost more than all comparisons together.
    plain = np.flatnonzero(~values["has_compute"])
    busy[plain] = values["utilization_pct"][plain]
    is_over = busy > 100
    if is_over.any():
        busy[is_over] = np.nan
    return busy


def busy_bp(busy: np.ndarray) -> np.ndarray:
    """A utilization in percent as whole basis points, zero where it is unknown."""
    basis_points = np.rint(busy * np.float32(BASIS_POINTS_PER_PCT))
    basis_points[np.isnan(basis_points)] = 0
    return basis_points.astype(np.int64)


def flags(values: Values, busy: np.ndarray) -> dict[str, np.ndarray]:
    """For each sum, whether the held seconds of a row belong to it; `busy` is the rows' `busy_pct`."""
    memory, power = values["memory_used_bytes"], values["power_w"]
    active = np.fmax(values["sm_active_pct"], values["tensor_active_pct"])
    is_active_known = ~np.isnan(active)
    return {
        **{f"from_{edge}_seconds": busy >= edge for edge in LOWER_EDGES},
        "above_zero_seconds": busy > 0,
        "occupied_seconds": memory >= OCCUPIED_BYTES,
        "occupancy_known_seconds": ~np.isnan(memory),
        "productive_seconds": active >= PRODUCTIVE_ACTIVE_PCT,
        "productive_known_seconds": is_active_known,
        "energy_known_seconds": ~np.isnan(power),
        "profiled_seconds": is_active_known | values["has_compute"],
    }


def power_mw(values: Values) -> np.ndarray:
    """Power in whole milliwatts, zero where it is unknown."""
    milliwatts = np.rint(values["power_w"] * np.float32(1_000))
    is_possible = np.abs(milliwatts) < _HIGHEST_MW
    if not is_possible.all():
        milliwatts[~is_possible] = 0
    return milliwatts.astype(np.int64)
