"""The rollup's result by Spark in local mode, written as SQL with one window per device.

What `by_hand` says of its files holds here too. A file is read as one partition: a day is small, so a window needs a
sort but no shuffle, which would cost half as much again.
"""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from by_hand import COUNTS, HELD_SUMS, STATES
from pyspark.sql import SparkSession

from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import VALUE_COLUMNS

_DIFFERS = " or ".join(f"not ({name} <=> lag({name}) over by_time)" for name in VALUE_COLUMNS)

SQL = f"""
with neighbors as (
    select
        device_key, {", ".join(VALUE_COLUMNS)},
        sampled_at_ms div 1000 as second,
        coalesce(lag(sampled_at_ms) over by_time = sampled_at_ms, false) as repeats,
        {_DIFFERS} as differs,
        lead(sampled_at_ms) over by_time div 1000 as next_second,
        coalesce(lead(sampled_at_ms) over by_time = sampled_at_ms, false) as is_repeated
    from {{samples}}
    window by_time as (partition by device_key order by sampled_at_ms)
),

samples as (
    select
        device_key, second, repeats, is_repeated,
        {STATES},
        least(coalesce(next_second, {{end}}), second + 120, {{end}}) as hold_end,
        (second div 3600 + 1) * 3600 as hour_end
    from neighbors
),

pieces as (
    select
        *,
        if(is_own, least(hold_end, hour_end) - second, hold_end - hour_end) as seconds,
        hour_end div 3600 - if(is_own, 1, 0) as hour
    from samples
    lateral view explode(if(hold_end > hour_end, array(true, false), array(true))) as is_own
)

select
    device_key,
    hour,
    {HELD_SUMS},
    sum(case when busy between 0 and 100 then cast(rint(busy * 100f) as bigint) * seconds else 0 end)
        as busy_bp_seconds,
    (coalesce(sum(cast(rint(power * 1000f) as bigint) * seconds), 0) + 1800000) div 3600000 as energy_wh,
    {COUNTS}
from pieces
group by device_key, hour
order by device_key, hour
"""
"""A union of both pieces, as for DuckDB, would make Spark read, sort and compare the file twice."""


@cache
def _session() -> SparkSession:
    """Two threads, everything on loopback, no screen; as many partitions as threads, should anything be shuffled."""
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()


def roll_up_by_spark(path: Path, day: date, time_zone: str) -> pl.DataFrame:
    """One day; the session is started by the first and kept."""
    end = local_day_bounds(day, time_zone)[1]
    samples = _session().read.parquet(str(path)).coalesce(1)
    return pl.from_arrow(_session().sql(SQL, samples=samples, end=end).toArrow())
