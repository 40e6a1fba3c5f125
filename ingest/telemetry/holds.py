"""How long a sample speaks for its device, and in which sums its held seconds belong.

Everything here is said of NumPy arrays with one element per row, so that rows are reduced a cache's worth at a time.
Unknown is NaN; no comparison holds for it.
"""

from collections.abc import Iterator

import numpy as np

from ingest.domain import UTILIZATION_BIN_EDGES_PCT
from ingest.telemetry.rows import Values

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

_HIGHEST_MW = np.float32(2**31)


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
    plain = np.flatnonzero(np.isnan(busy))
    busy[plain] = values["utilization_pct"][plain]
    is_over = busy > 100
    if is_over.any():
        busy[is_over] = np.nan
    return busy


def busy_bp(busy: np.ndarray) -> np.ndarray:
    """A utilization in percent as whole basis points, zero where it is unknown."""
    basis_points = busy * np.float32(BASIS_POINTS_PER_PCT)
    np.rint(basis_points, out=basis_points)
    basis_points[np.flatnonzero(np.isnan(basis_points))] = 0
    return basis_points.astype(np.int32)


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
"""The sums of held seconds."""


def flags(values: Values, busy: np.ndarray) -> Iterator[np.ndarray]:
    """For each of `SUMMED`, whether the held seconds of a row belong to it; `busy` is the rows' `busy_pct`."""
    for edge in LOWER_EDGES:
        yield busy >= edge
    yield busy > 0
    memory = values["memory_used_bytes"]
    yield memory >= OCCUPIED_BYTES
    yield ~np.isnan(memory)
    active = np.fmax(values["sm_active_pct"], values["tensor_active_pct"])
    is_active_known = ~np.isnan(active)
    yield active >= PRODUCTIVE_ACTIVE_PCT
    yield is_active_known
    yield ~np.isnan(values["power_w"])
    yield is_active_known | ~np.isnan(values["compute_active_pct"])


def power_mw(values: Values) -> np.ndarray:
    """Power in whole milliwatts, zero where it is unknown."""
    milliwatts = values["power_w"] * np.float32(1_000)
    np.rint(milliwatts, out=milliwatts)
    # Asking for the extremes is the quicker question; NaN answers neither.
    if not (milliwatts.max(initial=0) < _HIGHEST_MW and milliwatts.min(initial=0) > -_HIGHEST_MW):
        milliwatts[~(np.abs(milliwatts) < _HIGHEST_MW)] = 0
    return milliwatts.astype(np.int32)
