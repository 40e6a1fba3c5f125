"""Many centers as raw rows of one warehouse: registers as they stand, samples through the real rollup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from ingest.sample_world.adversary import cheats, look_alikes
from ingest.sample_world.adversary.center import (
    DAY_COUNT,
    END_DAY,
    FIRST_DAY,
    FULL_W,
    IDLE_W,
    INTERVAL_SECONDS,
    METERED_FROM,
    SAMPLES_A_DAY,
    Center,
    Row,
    at,
    honest_center,
)
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA
from ingest.telemetry.traits import traits_of_day

TUNING_SEED, EVALUATION_SEED = 1_000, 40_000_000
"""Rules were set on worlds of seeds from the first; what the benchmark reports is of seeds from the second."""


@dataclass(frozen=True)
class Planted:
    """What one center is: a cheat of a strength and the rule that should find it, or a look-alike (no rule)."""

    center_id: str
    scenario: str
    rule_id: str | None
    strength: float


def cheating_center(scenario: str, strength: float, seed: int) -> tuple[Planted, Center]:
    """A center that cheats in one way."""
    rule_id, cheat = cheats.CHEATS[scenario]
    name = f"{scenario}-{strength:g}-{seed}"
    center = honest_center(name, seed, **cheats.SIZES.get(scenario, {}))
    cheat(center, strength)
    return Planted(name, scenario, rule_id, strength), center


def honest_look_alike(scenario: str, seed: int) -> tuple[Planted, Center]:
    """An honest center in which something looks odd."""
    name = f"{scenario}-{seed}"
    center = honest_center(name, seed, **look_alikes.SIZES.get(scenario, {}))
    look_alikes.LOOK_ALIKES[scenario](center)
    return Planted(name, scenario, None, 0.0), center


def raw_rows(centers: Iterable[Center]) -> tuple[dict[str, list[Row]], dict[str, pl.DataFrame]]:
    """Register rows by kind, and frames of `device_days`, `device_hours` and `device_hour_traits` by `device_uid`."""
    rows: dict[str, list[Row]] = {}
    days, samples, cards = [], [], []
    for center in centers:
        for kind, kind_rows in center.rows.items():
            rows.setdefault(kind, []).extend(kind_rows)
        rows.setdefault("power_readings", []).extend(_meter_rows(center))
        days.append(_device_days(center))
        samples.append(_samples(center, len(cards)))
        cards += [(center.center_id, card.uid) for card in center.cards]
    hours, traits = _rolled_up(pl.concat(samples), cards)
    return rows, {"device_days": pl.concat(days), "device_hours": hours, "device_hour_traits": traits}


def _drawn_wh(center: Center) -> np.ndarray:
    """Energy each card truly drew each day."""
    drawn = 24 * (IDLE_W + (FULL_W - IDLE_W) * 0.7 * center.load.lit_share)
    factor = center.load.claimed_energy_factor
    sampled = np.nan_to_num(center.load.power_w, nan=IDLE_W).reshape(len(center.cards), center.sampled_day_count, -1)
    drawn[:, -center.sampled_day_count :] = sampled.mean(axis=2) / factor * 24
    return drawn


def _device_days(center: Center) -> pl.DataFrame:
    """Daily use up to the first day with samples."""
    count = DAY_COUNT - center.sampled_day_count
    known = np.rint(86_400 * center.load.known_share[:, :count]).astype(np.int64).clip(0, 86_400)
    lit = np.rint(known * center.load.lit_share[:, :count]).astype(np.int64)
    energy = _drawn_wh(center)[:, :count] * center.load.claimed_energy_factor * known / 86_400
    uids = np.repeat([card.uid for card in center.cards], count)
    frame = pl.DataFrame(
        {
            "device_uid": uids,
            "local_day": [FIRST_DAY + timedelta(days=number) for number in range(count)] * len(center.cards),
            "known_seconds": known.ravel(),
            "util_0_1_seconds": (known - lit).ravel(),
            "util_50_80_seconds": lit.ravel(),
            "energy_wh": np.rint(energy).astype(np.int64).ravel(),
        }
    )
    said = frame.filter(pl.col("known_seconds") > 0)
    return said.with_columns(pl.lit(center.center_id).alias("center_id"), pl.lit("B").alias("evidence_class"))


def _samples(center: Center, first_key: int) -> pl.DataFrame:
    """Lake samples of the last days; keys of the cards count on from the first."""
    first_day = END_DAY - timedelta(days=center.sampled_day_count)
    start_ms = int(at(first_day).timestamp()) * 1_000
    instants = start_ms + np.arange(center.sampled_day_count * SAMPLES_A_DAY) * (INTERVAL_SECONDS * 1_000)
    load, card_count = center.load, len(center.cards)
    columns = {
        "device_key": first_key + np.repeat(np.arange(card_count), instants.size),
        "sampled_at_ms": np.tile(instants, card_count),
        "compute_active_pct": load.busy_pct.ravel(),
        "utilization_pct": load.busy_pct.ravel(),
        "tensor_active_pct": load.tensor_pct.ravel(),
        "dram_active_pct": load.dram_pct.ravel(),
        "power_w": load.power_w.ravel(),
    }
    seen = pl.DataFrame(columns).filter(pl.col("utilization_pct").is_not_nan())
    unsaid = [pl.lit(None).alias(name) for name in LAKE_SAMPLE_SCHEMA if name not in columns]
    return seen.with_columns(unsaid).select(pl.col(name).cast(kind) for name, kind in LAKE_SAMPLE_SCHEMA.items())


def _rolled_up(samples: pl.DataFrame, cards: list[tuple[str, str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Device-hours and traits of the sampled days, made by the same functions that make them from received files."""
    names = pl.DataFrame(cards, schema=["center_id", "device_uid"], orient="row").with_row_index("device_key")
    names = names.with_columns(pl.col("device_key").cast(pl.Int64))
    hours, traits = [], []
    first_ms = samples["sampled_at_ms"].min()
    for number in range((int(at(END_DAY).timestamp()) * 1_000 - first_ms) // 86_400_000):
        day = END_DAY - timedelta(days=number + 1)
        start = int(at(day).timestamp()) * 1_000
        own = samples.filter(pl.col("sampled_at_ms").is_between(start, start + 86_400_000, closed="left"))
        hours.append(roll_up_day(own, "all", day, "Asia/Shanghai", INTERVAL_SECONDS))
        traits.append(traits_of_day([own.lazy()], "all", day, "Asia/Shanghai"))
    first, second = (
        pl.concat(parts).drop("center_id").join(names, on="device_key").drop("device_key") for parts in (hours, traits)
    )
    return first, second


def _meter_rows(center: Center) -> Iterator[Row]:
    """Daily energy of each server's controller: what its cards drew and a third more, or what the cheat makes of it."""
    if not center.is_metered:
        return
    drawn = _drawn_wh(center)
    for server in center.servers():
        places = [place for place, card in enumerate(center.cards) if card.server_id == server]
        for number in range((METERED_FROM - FIRST_DAY).days, DAY_COUNT):
            day = FIRST_DAY + timedelta(days=number)
            energy = center.meter_wh.get(server, drawn[places, number].sum() * 1.33)
            yield {
                "center_id": center.center_id,
                "meter_id": f"{server}-bmc",
                "meter_scope": "server",
                "server_id": server,
                "started_at": at(day),
                "read_at": at(day + timedelta(days=1)),
                "energy_wh": round(energy),
                "source_method": "exporter",
            }
