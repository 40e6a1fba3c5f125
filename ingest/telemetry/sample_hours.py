"""How many samples one file has of each device and hour, and how high their power is."""

import numpy as np
import polars as pl

from ingest.telemetry.lake_order import whole_units
from ingest.telemetry.schema import SAMPLE_HOUR_SCHEMA

HOUR_MS = 3_600_000


def count_sample_hours(rows: pl.DataFrame, center_id: str, source_sha256: str) -> pl.DataFrame:
    """What one file said of each device in each UTC hour, as `SAMPLE_HOUR_SCHEMA`, of rows in the order of the lake."""
    device, time = rows["device_key"].to_numpy(), rows["sampled_at_ms"].to_numpy()
    hour = whole_units(time, HOUR_MS)
    begins = np.flatnonzero(np.append(True, (device[1:] != device[:-1]) | (hour[1:] != hour[:-1])))
    power_w = rows["power_w"].to_numpy()
    if rows["slice_id"].null_count() < rows.height:
        power_w = np.where(rows["slice_id"].is_null().to_numpy(), power_w, np.float32("nan"))
    highest_w = np.fmax.reduceat(power_w, begins)
    counted = pl.DataFrame(
        {
            "device_key": device[begins],
            "hour_ms": time[begins] // HOUR_MS * HOUR_MS,
            "row_count": np.diff(begins, append=len(device)),
            "highest_power_mw": np.rint(highest_w * np.float32(1_000)),
        }
    ).with_columns(
        pl.lit(source_sha256).alias("source_sha256"),
        pl.lit(center_id).alias("center_id"),
        pl.col("highest_power_mw").fill_nan(None),
        pl.from_epoch("hour_ms", time_unit="ms").dt.replace_time_zone("UTC").alias("hour_start_at"),
    )
    return counted.select(pl.col(name).cast(kind) for name, kind in SAMPLE_HOUR_SCHEMA.items())
