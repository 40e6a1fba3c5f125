"""Whatever the order of arrival, the lake holds the same rows in the same order as if each had been compared."""

from datetime import date

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from ingest.lake import scan_samples, write_samples
from ingest.telemetry import lake_order
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_SCHEMA

NOON_MS = 1_769_904_000_000
KEYS = {f"GPU-{number}": 7 * number + 3 for number in range(9)}


def arrivals(seed, count=3_000):
    chance = np.random.default_rng(seed)
    columns = {
        "center_id": chance.choice(["c-2", "c-1"], count),
        "device_uid": chance.choice(list(KEYS), count),
        "sampled_at_ms": NOON_MS + 30_000 * chance.integers(-1_500, 1_500, count),
        "utilization_pct": chance.integers(0, 101, count),
        "power_w": [(None, 300.0, 299.9)[number] for number in chance.integers(0, 3, count)],
        "memory_used_bytes": [(None, 0, (1 << 50) - 1)[number] for number in chance.integers(0, 3, count)],
        "slice_id": [(None, "1")[number] for number in chance.integers(0, 2, count)],
        "source_line": chance.permutation(count) + 1,
    }
    frame = pl.DataFrame(columns, strict=False)
    return frame.select(
        (pl.col(name) if name in columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in SAMPLE_SCHEMA.items()
    )


def compared(samples):
    keyed = samples.with_columns(pl.col("device_uid").replace_strict(KEYS, return_dtype=pl.Int64).alias("device_key"))
    return keyed.sort("center_id", pl.col("sampled_at_ms") // 86_400_000, "device_key", "sampled_at_ms", "source_line")


@pytest.mark.parametrize("most_dealt", [lake_order._MOST_DEALT, 1])
@pytest.mark.parametrize("block_rows", [lake_order._BLOCK_ROWS, 256])
@pytest.mark.parametrize("is_by_time", [False, True])
def test_rows_stand_by_center_day_device_instant_and_line(monkeypatch, most_dealt, block_rows, is_by_time):
    monkeypatch.setattr(lake_order, "_MOST_DEALT", most_dealt)
    monkeypatch.setattr(lake_order, "_BLOCK_ROWS", block_rows)
    samples = arrivals(1).sort("sampled_at_ms", "source_line") if is_by_time else arrivals(1)
    parts = list(lake_order.in_lake_order(samples, KEYS))
    days = [(part.center_id, part.utc_day) for part in parts]
    assert days == sorted(days)
    assert {part.utc_day for part in parts} == {date(2026, 1, 31), date(2026, 2, 1)}
    assert pl.concat(part.rows for part in parts).equals(compared(samples).select(*LAKE_SAMPLE_SCHEMA))


def test_a_file_is_counted_by_device_and_hour_with_the_highest_power_of_the_whole_card(tmp_path):
    samples = arrivals(2)
    files = write_samples(samples, "0" * 64, KEYS, tmp_path)
    hour_ms = pl.col("sampled_at_ms") // 3_600_000 * 3_600_000
    by_hand = (
        compared(samples)
        .group_by("center_id", "device_key", pl.from_epoch(hour_ms, "ms").dt.replace_time_zone("UTC").alias("at"))
        .agg(
            pl.len().cast(pl.Int64),
            (pl.col("power_w").filter(pl.col("slice_id").is_null()).max() * 1_000).round().cast(pl.Int64),
        )
        .sort("center_id", "device_key", "at")
    )
    counted = pl.read_parquet(tmp_path / files[-1].path).drop("source_sha256")
    assert counted.rows() == by_hand.rows()
    assert sum(file.row_count for file in files[:-1]) == samples.height


def test_what_was_written_is_what_is_read(tmp_path):
    samples = arrivals(3)
    files = write_samples(samples, "0" * 64, KEYS, tmp_path)
    read = scan_samples([tmp_path / file.path for file in files[:-1]]).collect()
    assert read.equals(compared(samples).select(*LAKE_SAMPLE_SCHEMA))


def test_shares_of_six_digits_are_written_as_they_are_and_values_that_repeat_by_number(tmp_path):
    chance = np.random.default_rng(4)
    samples = arrivals(4, 20_000).with_columns(
        pl.Series("sm_active_pct", chance.random(20_000) * 100, dtype=pl.Float32),
        pl.lit(0, pl.Float32).alias("dram_active_pct"),
    )
    files = write_samples(samples, "0" * 64, KEYS, tmp_path)
    group = pq.read_metadata(tmp_path / files[0].path).row_group(0)
    columns = (group.column(number) for number in range(group.num_columns))
    in_a_list = {column.path_in_schema: "RLE_DICTIONARY" in column.encodings for column in columns}
    assert not in_a_list.pop("sm_active_pct")
    assert not in_a_list.pop("sampled_at_ms")
    assert not in_a_list.pop("source_line")
    assert set(in_a_list) >= {"device_key", "utilization_pct", "power_w", "memory_used_bytes", "dram_active_pct"}
    assert all(in_a_list.values())
