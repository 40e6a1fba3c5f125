"""The rollup's result by other means: what a good engineer would write by hand in SQL and in Polars.

ClickHouse and Spark have files of their own and share pieces of the SQL. All take a sorted file of one day in which no
instant has more than two rows and no two rows fill each other's gaps, and no hold is longer than an hour; the rollup
takes everything.
"""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA, VALUE_COLUMNS

_EDGES = (0, 1, 5, 10, 20, 50, 80)
_BINS = [name for name in DEVICE_HOUR_SCHEMA if name.startswith("util_")]
_IN_BIN = {
    name: f"busy >= {low} and busy {'<=' if high == 100 else '<'} {high}"
    for name, low, high in zip(_BINS, _EDGES, (*_EDGES[1:], 100), strict=True)
}

HELD = {
    **_IN_BIN,
    "occupied_seconds": "memory >= 1073741824",
    "occupancy_known_seconds": "memory is not null",
    "productive_seconds": "active >= 50",
    "productive_known_seconds": "active is not null",
    "profiled_seconds": "active is not null or compute is not null",
    "above_zero_seconds": "busy > 0 and busy <= 100",
    "energy_known_seconds": "power is not null",
}
"""Columns of seconds, each with the condition of the samples that it counts, in SQL that every engine understands."""

HELD_SUMS = ",\n    ".join(
    f"sum(case when {condition} then seconds else 0 end) as {name}" for name, condition in HELD.items()
)

COUNTS = """count(*) filter (where is_own and not is_repeated) as sample_count,
    count(*) filter (where is_own and not is_repeated and busy is null and not contradicts) as unreadable_count,
    count(*) filter (where is_own and repeats and not contradicts) as duplicate_count,
    count(*) filter (where is_own and contradicts) as conflict_count,
    min(second) filter (where is_own) as first_second,
    max(second) filter (where is_own) as last_second"""

STATES = """repeats and differs as contradicts,
        case when not (repeats and differs) then coalesce(compute_active_pct, utilization_pct) end as busy,
        case when not (repeats and differs) then compute_active_pct end as compute,
        case when not (repeats and differs) then greatest(sm_active_pct, tensor_active_pct) end as active,
        case when not (repeats and differs) then memory_used_bytes end as memory,
        case when not (repeats and differs) then power_w end as power"""

_VALUES = ", ".join(VALUE_COLUMNS)
_DIFFERS = " or ".join(f"{name} is distinct from lag({name}) over ()" for name in VALUE_COLUMNS)

SQL = f"""
with neighbors as (
    select
        device_key, {_VALUES},
        cast(floor(sampled_at_ms / 1000) as bigint) as second,
        coalesce(lag(device_key) over () = device_key and lag(sampled_at_ms) over () = sampled_at_ms, false) as repeats,
        {_DIFFERS} as differs,
        lead(device_key) over () = device_key as goes_on,
        cast(floor(lead(sampled_at_ms) over () / 1000) as bigint) as next_second,
        coalesce(lead(device_key) over () = device_key and lead(sampled_at_ms) over () = sampled_at_ms, false)
            as is_repeated
    from read_parquet('{{path}}')
),

samples as (
    select
        device_key, second, repeats, is_repeated,
        {STATES},
        least(case when goes_on then next_second else {{end}} end, second + 120, {{end}}) as hold_end,
        (second // 3600 + 1) * 3600 as hour_end
    from neighbors
),

pieces as (
    select *, least(hold_end, hour_end) - second as seconds, second // 3600 as hour, true as is_own
    from samples
    union all
    select *, hold_end - hour_end as seconds, hour_end // 3600 as hour, false as is_own
    from samples
    where hold_end > hour_end
)

select
    device_key,
    hour,
    {HELD_SUMS},
    sum(case when busy between 0 and 100 then cast(round_even(busy * 100::float, 0) as bigint) * seconds else 0 end)
        as busy_bp_seconds,
    (coalesce(sum(cast(round_even(power * 1000::float, 0) as bigint) * seconds), 0) + 1800000) // 3600000 as energy_wh,
    {COUNTS}
from pieces
group by device_key, hour
order by device_key, hour
"""
"""Neighbors are found without sorting: a window without partition or order streams over the file as it stands."""


def roll_up_by_duckdb(path: Path, day: date, time_zone: str) -> pl.DataFrame:
    """One day, all threads, rows in the order of the file."""
    end = local_day_bounds(day, time_zone)[1]
    with duckdb.connect() as connection:
        return connection.execute(SQL.format(path=path, end=end)).pl()


def roll_up_by_polars(path: Path, day: date, time_zone: str) -> pl.DataFrame:
    """One day, streaming; neighbors by shifting, sums by grouping."""
    end = local_day_bounds(day, time_zone)[1]
    device, time = pl.col("device_key"), pl.col("sampled_at_ms")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in VALUE_COLUMNS)
    repeats = ((device == device.shift(1)) & (time == time.shift(1))).fill_null(False)
    is_repeated = ((device == device.shift(-1)) & (time == time.shift(-1))).fill_null(False)
    second = time // 1_000
    following = pl.when(device == device.shift(-1)).then(second.shift(-1)).otherwise(end)
    rows = pl.scan_parquet(path).select(
        "device_key",
        *VALUE_COLUMNS,
        second.alias("second"),
        repeats.alias("repeats"),
        is_repeated.alias("is_repeated"),
        (repeats & differs).alias("contradicts"),
        pl.min_horizontal(following, second + 120, end).alias("hold_end"),
    )
    agrees = ~pl.col("contradicts")
    rows = rows.with_columns(pl.when(agrees).then(pl.col(name)).alias(name) for name in VALUE_COLUMNS)
    rows = rows.with_columns(
        pl.coalesce("compute_active_pct", "utilization_pct").alias("busy"),
        pl.max_horizontal("sm_active_pct", "tensor_active_pct").alias("active"),
        ((pl.col("second") // 3_600 + 1) * 3_600).alias("hour_end"),
    )
    own = rows.with_columns(
        (pl.min_horizontal("hold_end", "hour_end") - pl.col("second")).alias("seconds"),
        (pl.col("hour_end") // 3_600 - 1).alias("hour"),
        pl.lit(True).alias("is_own"),
    )
    beyond = rows.filter(pl.col("hold_end") > pl.col("hour_end")).with_columns(
        (pl.col("hold_end") - pl.col("hour_end")).alias("seconds"),
        (pl.col("hour_end") // 3_600).alias("hour"),
        pl.lit(False).alias("is_own"),
    )
    sums = pl.concat([own, beyond]).group_by("device_key", "hour").agg(**_sums())
    return sums.sort("device_key", "hour").collect(engine="streaming")


def _sums() -> dict[str, pl.Expr]:
    seconds, busy, own = pl.col("seconds"), pl.col("busy"), pl.col("is_own")
    memory, active, power = pl.col("memory_used_bytes"), pl.col("active"), pl.col("power_w")
    last = own & ~pl.col("is_repeated")

    def held(condition: pl.Expr) -> pl.Expr:
        return (seconds * condition.fill_null(False)).sum()

    def count(condition: pl.Expr) -> pl.Expr:
        return condition.cast(pl.Int64).sum()

    bins = {
        name: held((busy >= low) & ((busy <= high) if high == 100 else (busy < high)))
        for name, low, high in zip(_BINS, _EDGES, (*_EDGES[1:], 100), strict=True)
    }
    energy = ((power * 1_000).round().cast(pl.Int64) * seconds).sum()
    return bins | {
        "occupied_seconds": held(memory >= 1 << 30),
        "occupancy_known_seconds": held(memory.is_not_null()),
        "productive_seconds": held(active >= 50),
        "productive_known_seconds": held(active.is_not_null()),
        "profiled_seconds": held(active.is_not_null() | pl.col("compute_active_pct").is_not_null()),
        "above_zero_seconds": held((busy > 0) & (busy <= 100)),
        "busy_bp_seconds": (
            (busy.filter(busy.is_between(0, 100)) * 100).round().cast(pl.Int64)
            * seconds.filter(busy.is_between(0, 100))
        ).sum(),
        "energy_wh": (energy + 1_800_000) // 3_600_000,
        "energy_known_seconds": held(power.is_not_null()),
        "sample_count": count(last),
        "unreadable_count": count(last & busy.is_null() & ~pl.col("contradicts")),
        "duplicate_count": count(own & pl.col("repeats") & ~pl.col("contradicts")),
        "conflict_count": count(own & pl.col("contradicts")),
        "first_second": pl.col("second").filter(own).min(),
        "last_second": pl.col("second").filter(own).max(),
    }


def comparable(hours: pl.DataFrame) -> pl.DataFrame:
    """Device-hours of the rollup, or rows of a result by hand, with the columns they share."""
    if "hour" not in hours.columns:
        hours = hours.with_columns(
            (pl.col("hour_start_at").dt.epoch("s") // 3_600).alias("hour"),
            (pl.col("evidence_class") == "A").alias("is_profiled"),
            pl.col("first_sampled_at").dt.epoch("s").alias("first_second"),
            pl.col("last_sampled_at").dt.epoch("s").alias("last_second"),
        )
    else:
        hours = hours.with_columns((pl.col("profiled_seconds") > 0).alias("is_profiled"))
    shared = [name for name in DEVICE_HOUR_SCHEMA if name in hours.columns and hours.schema[name].is_numeric()]
    columns = ["hour", "is_profiled", "first_second", "last_second", *shared]
    columns = [name for name in columns if name not in ("expected_seconds", "known_seconds")]
    return hours.select(pl.col(name).cast(pl.Int64) for name in columns).sort("device_key", "hour")
