"""Minute-by-minute readings of cards, as clean as a perfect collector would have seen them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

import numpy as np
import polars as pl

from ingest.sample_world.fleet import Device
from ingest.sample_world.models import MODELS
from ingest.sample_world.seeds import generator
from ingest.sample_world.story import END_DAY
from ingest.sample_world.usage import Usage, day_index

CHINA_STANDARD_TIME = timezone(timedelta(hours=8))

_BLOCK_SECONDS = 2 * 3600
_LIT_SHARE_INSIDE_A_JOB = 0.985
_GIB = 1 << 30
_IDLE_MEMORY_BYTES = 448 << 20


@dataclass(frozen=True)
class _Blocks:
    """Two-hour blocks of work as (cards, blocks): whether a job runs, how hard, how much memory and matrix work."""

    is_busy: np.ndarray
    level_pct: np.ndarray
    memory_bytes: np.ndarray
    tensor_share: np.ndarray


def epoch_ms(day: date) -> int:
    """UTC epoch milliseconds of a local midnight."""
    return int(datetime.combine(day, time(), CHINA_STANDARD_TIME).timestamp()) * 1000


def clean_samples(
    usage: Usage, center_id: str, servers: tuple[int, ...], first_day: date, interval_seconds: int, seed: int
) -> pl.DataFrame:
    """Samples of the cards of some servers from `first_day` to the end of the data, while they are powered.

    Columns are those of the wide format plus `local_day`; sorted by device and time.
    """
    rng = generator(seed, f"samples {center_id}")
    rows = [
        row
        for row, device in enumerate(usage.fleet)
        if device.center_id == center_id and device.server in servers and device.served_from is not None
    ]
    day_count = (END_DAY - first_day).days
    blocks = _blocks(usage, rows, day_index(first_day), day_count, rng)
    per_block = _BLOCK_SECONDS // interval_seconds
    seconds = np.arange(0, day_count * 86_400, interval_seconds)
    instants = epoch_ms(first_day) + seconds * 1000
    frames = []
    for number, row in enumerate(rows):
        is_on = _is_on(usage.fleet[row], first_day, seconds)
        values = _readings(usage.fleet[row], blocks, number, per_block, rng)
        columns = {"sampled_at_ms": instants, **values}
        frame = pl.DataFrame({name: column[is_on] for name, column in columns.items()})
        frames.append(frame.with_columns(pl.lit(usage.fleet[row].device_uid).alias("device_uid")))
    local = (pl.from_epoch("sampled_at_ms", time_unit="ms") + timedelta(hours=8)).dt.date()
    return pl.concat(frames).with_columns(pl.lit(center_id).alias("center_id"), local.alias("local_day"))


def _blocks(usage: Usage, rows: list[int], first: int, day_count: int, rng: np.random.Generator) -> _Blocks:
    """Jobs mostly run on whole servers, so cards of one server are mostly busy together."""
    blocks_per_day = 86_400 // _BLOCK_SECONDS
    shape = (len(rows), day_count * blocks_per_day)
    servers = np.array([usage.fleet[row].server for row in rows])
    _, server_number = np.unique(servers, return_inverse=True)
    server_chance = rng.random((server_number.max() + 1, shape[1]))[server_number]
    chance = np.where(rng.random(shape) < 0.8, server_chance, rng.random(shape))
    share = np.repeat(usage.lit_share[rows, first:], blocks_per_day, axis=1)
    memory_gb = np.array([MODELS[usage.fleet[row].model_id].memory_gb for row in rows])[:, None]
    filled = np.rint(rng.uniform(0.35, 0.95, shape) * memory_gb)
    return _Blocks(
        is_busy=chance < share / _LIT_SHARE_INSIDE_A_JOB,
        level_pct=rng.integers(42, 97, shape),
        memory_bytes=filled.astype(np.int64) * _GIB,
        tensor_share=rng.uniform(0.25, 0.7, shape),
    )


def _readings(
    device: Device, blocks: _Blocks, number: int, per_block: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """One card's columns; whole percents and watts, as exporters give them."""
    model = MODELS[device.model_id]
    busy, level, memory, tensor_share = (
        np.repeat(values[number], per_block)
        for values in (blocks.is_busy, blocks.level_pct, blocks.memory_bytes, blocks.tensor_share)
    )
    count = busy.size
    is_pause = rng.random(count) < 1 - _LIT_SHARE_INSIDE_A_JOB
    working = busy & ~is_pause
    wobble = rng.integers(-5, 6, count)
    stray = np.where(rng.random(count) < 0.004, rng.integers(1, 4, count), 0)
    utilization = np.where(working, np.clip(level + wobble, 6, 100), stray)
    load = np.where(working, 0.2 + 0.75 * utilization / 100, 0.0)
    power = np.rint(model.idle_w + (model.full_w - model.idle_w) * load + rng.integers(-3, 4, count))
    tensor = np.where(working, np.rint(utilization * tensor_share), 0)
    has_profile = model.evidence_class == "A"
    engine = np.clip(utilization + np.where(working, rng.integers(-1, 2, count), 0), 0, 100)
    streaming = np.where(working, np.rint(utilization * 0.9), 0)
    unseen = np.full(count, np.nan)
    return {
        "utilization_pct": utilization.astype(np.float32),
        "compute_active_pct": (engine if has_profile else unseen).astype(np.float32),
        "sm_active_pct": (streaming if has_profile and model.vendor == "NVIDIA" else unseen).astype(np.float32),
        "tensor_active_pct": (tensor if has_profile else unseen).astype(np.float32),
        "memory_used_bytes": np.where(busy, memory, _IDLE_MEMORY_BYTES),
        "power_w": power.astype(np.float32),
    }


def _is_on(device: Device, first_day: date, seconds: np.ndarray) -> np.ndarray:
    origin = datetime.combine(first_day, time())
    result = np.zeros(seconds.size, dtype=bool)
    for start, end in device.spans_on(datetime.combine(END_DAY, time())):
        result |= (seconds >= (start - origin).total_seconds()) & (seconds < (end - origin).total_seconds())
    return result


def nothing_as_null(samples: pl.DataFrame) -> pl.DataFrame:
    """What a card does not report is null, not NaN."""
    return samples.with_columns(pl.col(pl.Float32).fill_nan(None))
