-- Grain: one row per center, month and reading that is a mean over hosts; each host's mean in whole billionths.
with hosts as (
    select
        months.center_id,
        months.month_start_on,
        states.server_id,
        sum(months.busy_bp_seconds_lower) as busy_lower,
        sum(months.busy_bp_seconds_upper) as busy_upper,
        sum(months.above_zero_seconds_lower) as above_zero_lower,
        sum(months.above_zero_seconds_upper) as above_zero_upper,
        sum(case when months.is_sold then months.busy_bp_seconds_lower else 0 end) as leased_busy_lower,
        sum(case when months.is_sold then months.busy_bp_seconds_upper else 0 end) as leased_busy_upper,
        sum(case when months.lit_status <> 'unknown' then months.card_seconds else 0 end) as known_seconds,
        sum(case when months.is_sold and months.lit_status <> 'unknown' then months.card_seconds else 0 end)
            as leased_known_seconds
    from {{ ref('int_readings__device_months') }} as months
    inner join {{ ref('int_inventory__device_states') }} as states
        on
            months.center_id = states.center_id
            and months.device_uid = states.device_uid
            and states.is_current
    group by months.center_id, months.month_start_on, states.server_id
),

means as (
    select
        center_id,
        month_start_on,
        'mean_of_leased_hosts' as reading_id,
        {{ whole_division(wide('leased_busy_lower') ~ ' * 100000', 'leased_known_seconds') }} as mean_lower,
        {{ whole_division(wide('leased_busy_upper') ~ ' * 100000', 'leased_known_seconds') }} as mean_upper
    from hosts
    where leased_known_seconds > 0
    union all
    select
        center_id,
        month_start_on,
        'host_mean_zeros_dropped' as reading_id,
        case
            when above_zero_upper = 0 then 0
            else {{ whole_division(wide('busy_lower') ~ ' * 100000', 'above_zero_upper') }}
        end as mean_lower,
        case
            when busy_upper = 0 then 0
            when 10000 * above_zero_lower <= busy_upper then 1000000000
            else {{ whole_division(wide('busy_upper') ~ ' * 100000', 'above_zero_lower') }}
        end as mean_upper
    from hosts
    where known_seconds > 0
)

select
    means.center_id,
    means.month_start_on,
    means.reading_id,
    {{ wide_sum('means.mean_lower') }} as numerator_lower,
    {{ wide_sum('means.mean_upper') }} as numerator_upper,
    cast(count(*) as decimal(38, 0)) * 1000000000 as denominator
from means
group by means.center_id, means.month_start_on, means.reading_id
