"""The rollup's result by embedded ClickHouse, in the fastest of the shapes that were tried.

Samples of a device and hour are gathered into arrays as they stand in the file, neighbors are found by shifting arrays,
and only the last sample of an hour is compared with the first of the next one. What `by_hand` says of its files holds
here too; besides, no reading is negative: gathering skips values that are null, so -1 stands for what is unknown.
"""

import re
from datetime import date
from pathlib import Path

import chdb
import polars as pl
from by_hand import HELD

from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, VALUE_COLUMNS

_ARRAY_OF = {
    "busy": "all_busy",
    "compute": "all_compute_active_pct",
    "active": "all_active",
    "memory": "all_memory_used_bytes",
    "power": "all_power_w",
}
"""What a condition calls a value, and where the values of a device and hour are."""


def _condition(text: str) -> str:
    """A condition of `HELD` about values that are never null."""
    return f"({text.replace(' is not null', ' >= 0')})"


_AMOUNT = {name: _condition(condition) for name, condition in HELD.items()} | {
    "busy_bp_seconds": f"{_condition('busy >= 0 and busy <= 100')} * toInt64(round(toFloat32(busy * 100)))",
    "energy_mws": f"{_condition('power is not null')} * toInt64(round(toFloat32(power * 1000)))",
}
"""What each second of a sample adds to a column."""


def _sum_over_arrays(amount: str) -> str:
    values = [value for value in _ARRAY_OF if re.search(rf"\b{value}\b", amount)]
    arrays = [_ARRAY_OF[value] for value in values]
    return f"arraySum(({', '.join(values)}, seconds) -> {amount} * seconds, {', '.join(arrays)}, all_seconds)"


_NUMBERS = {pl.Int64(): "Int64", pl.Float32(): "Float32"}
_VALUE_KINDS = ", ".join(f"{name} Nullable({_NUMBERS[LAKE_SAMPLE_SCHEMA[name]]})" for name in VALUE_COLUMNS)
_GATHERED = ",\n        ".join(f"groupArray(ifNull({name}, -1)) as all_{name}" for name in VALUE_COLUMNS)
_HERE, _BEFORE = ([f"{name}_{place}" for name in VALUE_COLUMNS] for place in ("here", "before"))
_DIFFERS = " or ".join(f"{here} != {before}" for here, before in zip(_HERE, _BEFORE, strict=True))
_SHIFTED = ", ".join(f"arrayShiftRight(all_{name}, 1)" for name in VALUE_COLUMNS)
_OWN_SUMS = ",\n        ".join(f"{_sum_over_arrays(amount)} as own_{name}" for name, amount in _AMOUNT.items())
_PIECES = ",\n        ".join(f"if(is_own, own_{name}, {amount} * beyond) as {name}" for name, amount in _AMOUNT.items())
_TOTALS = ",\n    ".join(f"sum(pieces.{name}) as {name}" for name in _AMOUNT if name != "energy_mws")

SQL = f"""
with gathered as (
    select
        device_key,
        intDiv(sampled_at_ms, 3600000) as hour,
        groupArray(sampled_at_ms) as all_instants,
        {_GATHERED}
    from file('{{path}}', Parquet, 'device_key Int64, sampled_at_ms Int64, {_VALUE_KINDS}')
    group by device_key, hour
),

judged as (
    select
        *,
        least((hour + 1) * 3600, {{end}}) as hour_end,
        arrayMap(instant -> intDiv(instant, 1000), all_instants) as all_starts,
        arrayMap((here, before) -> here = before, all_instants, arrayShiftRight(all_instants, 1)) as all_repeats,
        arrayMap(
            (repeats, {", ".join(_HERE)}, {", ".join(_BEFORE)}) -> repeats and ({_DIFFERS}),
            all_repeats, {", ".join(f"all_{name}" for name in VALUE_COLUMNS)}, {_SHIFTED}
        ) as all_contradicts,
        arrayMap(
            (start, next, contradicts) -> toInt16(not contradicts) * toInt16(least(next, start + 120) - start),
            all_starts, arrayShiftLeft(all_starts, 1, hour_end), all_contradicts
        ) as all_seconds,
        arrayMap(
            (compute, other) -> if(compute >= 0, compute, other), all_compute_active_pct, all_utilization_pct
        ) as all_busy,
        arrayMap((sm, tensor) -> greatest(sm, tensor), all_sm_active_pct, all_tensor_active_pct) as all_active
    from gathered
),

device_hours as (
    select
        device_key,
        hour,
        hour_end,
        all_starts[1] as first,
        all_starts[-1] as last,
        all_contradicts[-1] as last_contradicts,
        all_busy[-1] as busy,
        all_compute_active_pct[-1] as compute,
        all_active[-1] as active,
        all_memory_used_bytes[-1] as memory,
        all_power_w[-1] as power,
        length(all_starts) - arraySum(all_repeats) as samples,
        arraySum(all_repeats) - arraySum(all_contradicts) as duplicates,
        arraySum(all_contradicts) as conflicts,
        arraySum(
            (busy, contradicts, is_repeated) -> busy < 0 and not contradicts and not is_repeated,
            all_busy, all_contradicts, arrayShiftLeft(all_repeats, 1)
        ) as unreadable,
        {_OWN_SUMS}
    from judged
),

followed as (
    select
        *,
        if(leadInFrame(device_key) over by_time = device_key, leadInFrame(first) over by_time, {{end}}) as next,
        toInt64(not last_contradicts) * (least(next, last + 120, {{end}}) - hour_end) as beyond
    from device_hours
    window by_time as (order by device_key, hour rows between current row and 1 following)
),

pieces as (
    select
        device_key, is_own, samples, duplicates, conflicts, unreadable, first, last,
        hour + 1 - is_own as piece_hour,
        {_PIECES}
    from followed
    array join if(beyond > 0, [1, 0], [1]) as is_own
)

select
    device_key,
    piece_hour as hour,
    {_TOTALS},
    intDiv(sum(pieces.energy_mws) + 1800000, 3600000) as energy_wh,
    sumIf(samples, is_own) as sample_count,
    sumIf(unreadable, is_own) as unreadable_count,
    sumIf(duplicates, is_own) as duplicate_count,
    sumIf(conflicts, is_own) as conflict_count,
    min(if(is_own, first, null)) as first_second,
    max(if(is_own, last, null)) as last_second
from pieces
group by device_key, hour
order by device_key, hour
settings max_threads = 1, input_format_parquet_preserve_order = 1, max_block_size = 8192, compile_expressions = 0
"""
"""One thread, since only it keeps the order of the file. Few device-hours at a time, so that arrays stay in the cache.
Expressions are not compiled, which would begin with the third day and make lambdas over arrays half as fast."""


def roll_up_by_clickhouse(path: Path, day: date, time_zone: str) -> pl.DataFrame:
    """One day, in the order of the file."""
    end = local_day_bounds(day, time_zone)[1]
    return pl.from_arrow(chdb.query(SQL.format(path=path, end=end), "ArrowTable"))
