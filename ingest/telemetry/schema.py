"""Columns of telemetry at its two grains: one sample of one device, and one device-hour."""

import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS

DAY_MS = 86_400_000
PARTS_OF_A_CARD = 7
"""A card that can be cut into slices has this many equal parts."""

VALUE_COLUMNS = (
    "utilization_pct",
    "compute_active_pct",
    "sm_active_pct",
    "tensor_active_pct",
    "memory_used_bytes",
    "power_w",
)
"""Columns of a sample that two deliveries of one instant may agree or disagree on."""

READ_COLUMNS = (*VALUE_COLUMNS, "dram_active_pct")
"""All columns of readings; the last one tells only traits of an hour and never passes through the sums of seconds."""

SAMPLE_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "device_uid": pl.String(),
    "sampled_at_ms": pl.Int64(),
    "utilization_pct": pl.Float32(),
    "compute_active_pct": pl.Float32(),
    "sm_active_pct": pl.Float32(),
    "tensor_active_pct": pl.Float32(),
    "memory_used_bytes": pl.Int64(),
    "power_w": pl.Float32(),
    "dram_active_pct": pl.Float32(),
    "slice_id": pl.String(),
    "slice_parts": pl.Int8(),
    "source_line": pl.Int64(),
}
"""One row per device, slice of it and instant, as read from one file.

`sampled_at_ms` is UTC epoch milliseconds. Percentages are 0 to 100. Null means "not observed", never zero.
`compute_active_pct` is a profiling counter (evidence class A), `utilization_pct` a plain utilization counter (class B).
`slice_id` is null on a row of a whole card. `slice_parts` says how many sevenths of its card a slice holds; null means
a whole card, or a slice of unknown size. Power is the board's, and on a row of a slice it is not used.
"""

LAKE_SAMPLE_SCHEMA: dict[str, pl.DataType] = {
    "device_key": pl.Int64(),
    **{name: kind for name, kind in SAMPLE_SCHEMA.items() if name not in ("center_id", "device_uid")},
}
"""The same in the lake: an integer key in place of the UUID.

One file per received file, center and UTC day, named by the received file's sha256; rows sorted by `device_key`, then
`sampled_at_ms`, then `source_line`.
"""

SAMPLE_HOUR_SCHEMA: dict[str, pl.DataType] = {
    "source_sha256": pl.String(),
    "center_id": pl.String(),
    "device_key": pl.Int64(),
    "hour_start_at": pl.Datetime("us", "UTC"),
    "row_count": pl.Int64(),
    "highest_power_mw": pl.Int64(),
}
"""What one file said of one device in one UTC clock hour: how many sample rows, and their highest board power.

It is what a sample can be set aside by once other files are known. Power on a row of a slice is not used.
"""

DEVICE_HOUR_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "device_key": pl.Int64(),
    "local_day": pl.Date(),
    "hour_start_at": pl.Datetime("us", "UTC"),
    "evidence_class": pl.String(),
    "expected_seconds": pl.Int64(),
    "known_seconds": pl.Int64(),
    **{column: pl.Int64() for column in UTILIZATION_BIN_COLUMNS},
    "above_zero_seconds": pl.Int64(),
    "busy_bp_seconds": pl.Int64(),
    "occupied_seconds": pl.Int64(),
    "occupancy_known_seconds": pl.Int64(),
    "productive_seconds": pl.Int64(),
    "productive_known_seconds": pl.Int64(),
    "energy_wh": pl.Int64(),
    "energy_known_seconds": pl.Int64(),
    "sample_count": pl.Int64(),
    "duplicate_count": pl.Int64(),
    "conflict_count": pl.Int64(),
    "unreadable_count": pl.Int64(),
    "first_sampled_at": pl.Datetime("us", "UTC"),
    "last_sampled_at": pl.Datetime("us", "UTC"),
}
"""One row per center, device, UTC clock hour and local day, with sums only: nothing here is a rate.

`expected_seconds` is the part of the hour inside the local day; known seconds split exactly into the utilization bins.
`busy_bp_seconds` is utilization in basis points times the seconds it was held; it and `above_zero_seconds` serve only
to say what other definitions would have answered.
"""
