"""How busy each card really is on each day, and the daily reports that say so."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.sample_world.fleet import Device, seconds_on
from ingest.sample_world.models import MODELS
from ingest.sample_world.seeds import generator
from ingest.sample_world.spec import CenterSpec, LeaseSpec
from ingest.sample_world.story import END_DAY, FIRST_DAY, SAMPLED_SERVERS

WORLD_FIRST_DAY = date(2025, 1, 1)
"""First local day for which use is worked out; reports are written from `FIRST_DAY` on, money needs the time before."""

_HOLIDAYS = ((date(2025, 1, 27), date(2025, 2, 6)), (date(2026, 2, 14), date(2026, 2, 25)))
_LIT_BIN_SHARES = (0.03, 0.05, 0.17, 0.33, 0.42)
_BIN_MIDDLES = np.array([0.2, 2.5, 7.0, 15.0, 36.0, 66.0, 92.0])
_FADING_DAYS = 30


@dataclass(frozen=True)
class Usage:
    """The truth about the fleet, as arrays of (cards, days) from `WORLD_FIRST_DAY` to `END_DAY`.

    `on_seconds` is how long a card is powered and fit to run, `lit_share` the share of that in which it computes,
    `lease_index` the number of the lease it is under, in the order of `leases`, or -1.
    """

    fleet: list[Device]
    leases: list[tuple[CenterSpec, LeaseSpec]]
    on_seconds: np.ndarray
    lit_share: np.ndarray
    lease_index: np.ndarray

    @property
    def lit_hours(self) -> np.ndarray:
        """Card-hours of computing per card and day."""
        return self.on_seconds * self.lit_share / 3600

    @property
    def energy_wh(self) -> np.ndarray:
        """Energy of each card per day, from rest and load power of its model."""
        idle = np.array([MODELS[device.model_id].idle_w for device in self.fleet])[:, None]
        full = np.array([MODELS[device.model_id].full_w for device in self.fleet])[:, None]
        return (idle + (full - idle) * 0.72 * self.lit_share) * self.on_seconds / 3600


def day_index(day: date) -> int:
    """Column of a day in the arrays."""
    return (day - WORLD_FIRST_DAY).days


def use_cards(centers: tuple[CenterSpec, ...], fleet: list[Device], seed: int) -> Usage:
    """Work out how busy every card is: by its lease, the calendar, the center's ramp-up, and chance."""
    on_seconds = seconds_on(fleet, WORLD_FIRST_DAY, END_DAY)
    day_count = on_seconds.shape[1]
    leases = [(center, lease) for center in centers for lease in center.leases]
    rng = generator(seed, "use")
    share = rng.gamma(0.6, 0.004, size=on_seconds.shape)
    lease_index = np.full(on_seconds.shape, -1)
    calendar = _calendar(day_count)
    rows_of_center = {center.center_id: _rows_where(fleet, center.center_id) for center in centers}
    for index, (center, lease) in enumerate(leases):
        first = max(0, day_index(lease.starts_on))
        end = min(day_count, day_index(min(lease.ends_on, lease.cancelled_on or lease.ends_on)))
        of_lease = rng.normal(1.0, 0.06, day_count)
        level = lease.lit_share * calendar * _ramp(center, day_count) * of_lease
        if lease.cancelled_on is not None:
            level[max(first, end - _FADING_DAYS) : end] *= 0.75
        for row in rows_of_center[center.center_id]:
            if fleet[row].server in lease.servers and fleet[row].card in lease.cards:
                own = rng.normal(1.0, 0.05, end - first)
                share[row, first:end] = np.clip(level[first:end] * own, 0.0, 0.985)
                lease_index[row, first:end] = index
    return Usage(fleet, leases, on_seconds, share, lease_index)


def _rows_where(fleet: list[Device], center_id: str) -> list[int]:
    return [row for row, device in enumerate(fleet) if device.center_id == center_id]


def _calendar(day_count: int) -> np.ndarray:
    """Weekends at 88 %, the Spring Festival at 60 % of a working day."""
    days = [WORLD_FIRST_DAY + timedelta(days=offset) for offset in range(day_count)]
    holiday = np.array([any(first <= day < end for first, end in _HOLIDAYS) for day in days])
    weekend = np.array([day.weekday() >= 5 for day in days])
    return np.where(holiday, 0.6, np.where(weekend, 0.88, 1.0))


def _ramp(center: CenterSpec, day_count: int) -> np.ndarray:
    since_opening = np.arange(day_count) - day_index(center.opened_on)
    return np.clip(0.4 + 0.6 * since_opening / center.ramp_days, 0.4, 1.0)


def device_days(center: CenterSpec, usage: Usage, seed: int) -> pl.DataFrame:
    """Daily reports of one center, from `FIRST_DAY` on, for cards and days that send no samples."""
    rng = generator(seed, f"daily reports {center.center_id}")
    rows = _rows_where(usage.fleet, center.center_id)
    first = day_index(FIRST_DAY)
    on_seconds = usage.on_seconds[rows, first:]
    lit_share = usage.lit_share[rows, first:]
    known = _known_seconds(center, usage, rows, on_seconds, rng)
    lit = np.rint(known * lit_share).astype(np.int64)
    bins = _bins(known, lit, rng)
    models = [MODELS[usage.fleet[row].model_id] for row in rows]
    idle_w = np.array([model.idle_w for model in models])[:, None]
    full_w = np.array([model.full_w for model in models])[:, None]
    load = np.einsum("rdb,b->rd", bins, _BIN_MIDDLES / 100)
    energy_wh = np.rint((idle_w * known + (full_w - idle_w) * load) / 3600).astype(np.int64)
    row_index, day_offset = np.nonzero(known)
    days = np.array(FIRST_DAY, dtype="datetime64[D]") + day_offset
    uids = np.array([usage.fleet[row].device_uid for row in rows])
    classes = np.array([model.evidence_class for model in models])
    declared = _declared(center, usage, rows, known.shape[1])
    columns = {
        "device_uid": uids[row_index],
        "local_day": days,
        "evidence_class": np.where(declared[row_index, day_offset], "D", classes[row_index]),
        "known_seconds": known[row_index, day_offset],
        **{name: bins[row_index, day_offset, number] for number, name in enumerate(UTILIZATION_BIN_COLUMNS)},
        "energy_wh": energy_wh[row_index, day_offset],
    }
    return pl.DataFrame(columns).with_columns(pl.lit(center.center_id).alias("center_id"))


def _known_seconds(
    center: CenterSpec, usage: Usage, rows: list[int], on_seconds: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Seconds of the day with a reading: lost scrapes, lost days, silent cards, and days that samples cover instead."""
    coverage = center.coverage
    spread = 1 - coverage.typical
    share = 1 - np.clip(rng.gamma(1.2, spread / 1.2, size=on_seconds.shape), 0, 0.9)
    lost = rng.random(on_seconds.shape) < coverage.lost_day_share
    known = np.where(lost, 0, np.rint(on_seconds * share)).astype(np.int64)
    sampled_servers, samples_from = SAMPLED_SERVERS.get(center.center_id, ((), END_DAY))
    for number, row in enumerate(rows):
        device = usage.fleet[row]
        if (device.server, device.card) in coverage.silent_proven:
            known[number, :] = 0
        if (device.server, device.card) in coverage.silent_unproven:
            known[number, (coverage.silent_from - FIRST_DAY).days :] = 0
        if device.server in coverage.bare_metal_servers:
            known[number, (coverage.bare_metal_from - FIRST_DAY).days :] = 0
        if device.server in sampled_servers:
            known[number, (samples_from - FIRST_DAY).days :] = 0
    return known


def _declared(center: CenterSpec, usage: Usage, rows: list[int], day_count: int) -> np.ndarray:
    """Cards and days for which there is the operator's word and nothing else, as (cards, days)."""
    declared = np.zeros((len(rows), day_count), dtype=bool)
    for number, row in enumerate(rows):
        if usage.fleet[row].server in center.coverage.declared_servers:
            declared[number, (center.coverage.bare_metal_from - FIRST_DAY).days :] = True
    return declared


def _bins(known: np.ndarray, lit: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Split known seconds into the utilization bins, exactly, as (cards, days, bins)."""
    idle = known - lit
    waking = np.floor(idle * rng.beta(1.2, 30, size=known.shape)).astype(np.int64)
    weights = rng.gamma(np.array(_LIT_BIN_SHARES) * 25, size=(*known.shape, len(_LIT_BIN_SHARES)))
    weights /= weights.sum(axis=-1, keepdims=True)
    lit_bins = np.floor(lit[..., None] * weights).astype(np.int64)
    lit_bins[..., -1] += lit - lit_bins.sum(axis=-1)
    return np.concatenate([(idle - waking)[..., None], waking[..., None], lit_bins], axis=-1)
