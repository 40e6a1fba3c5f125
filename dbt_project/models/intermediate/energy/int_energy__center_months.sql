-- Grain: one row per center and month with energy measured in any way.
with energy_days as (
    select * from {{ ref('int_energy__center_days') }}
),

by_scope as (
    select
        center_id,
        month_start_on,
        meter_scope,
        sum(energy_wh) as energy_wh,
        sum(known_seconds) as known_seconds,
        sum(expected_seconds) as expected_seconds,
        {{ ratio('sum(known_seconds)', 'sum(expected_seconds)') }} as known_rate
    from energy_days
    group by center_id, month_start_on, meter_scope
),

-- What the machines drew is told best by the meter that was known most; of two alike, by the one nearest the grid.
machine_order as (
    select
        center_id,
        month_start_on,
        meter_scope,
        energy_wh,
        known_seconds,
        expected_seconds,
        known_rate,
        row_number() over (
            partition by center_id, month_start_on
            order by
                known_rate desc nulls last,
                case meter_scope when 'pdu' then 1 when 'cabinet' then 2 else 3 end nulls last
        ) as place
    from by_scope
    where meter_scope in ('pdu', 'cabinet', 'server') and energy_wh is not null
),

machines as (
    select * from machine_order
    where place = 1
),

facility_order as (
    select
        center_id,
        month_start_on,
        meter_scope,
        energy_wh,
        known_seconds,
        expected_seconds,
        known_rate,
        row_number() over (
            partition by center_id, month_start_on
            order by
                known_rate desc nulls last,
                case meter_scope when 'bill' then 1 else 2 end nulls last
        ) as place
    from by_scope
    where meter_scope in ('bill', 'site') and energy_wh is not null
),

facilities as (
    select * from facility_order
    where place = 1
),

amounts as (
    select
        center_id,
        {{ month_start('local_day') }} as month_start_on,
        sum(case when tax_basis = 'included' then amount_fen end) as bill_with_tax_fen,
        sum(case when tax_basis = 'excluded' then amount_fen end) as bill_without_tax_fen,
        sum(sharp_wh) as bill_sharp_wh,
        sum(peak_wh) as bill_peak_wh,
        sum(flat_wh) as bill_flat_wh,
        sum(valley_wh) as bill_valley_wh,
        sum(deep_valley_wh) as bill_deep_valley_wh
    from {{ ref('int_energy__bill_days') }}
    group by center_id, {{ month_start('local_day') }}
),

lit as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('lit_card_seconds') }} as lit_card_seconds_lower,
        {{ integer_sum('lit_card_seconds + unknown_card_seconds') }} as lit_card_seconds_upper
    from {{ ref('int_utilization__center_days') }}
    group by center_id, month_start_on
),

months as (
    select
        center_id,
        month_start_on,
        max(case when meter_scope = 'device' then energy_wh end) as device_energy_wh,
        max(case when meter_scope = 'device' then known_seconds end) as device_known_seconds,
        max(case when meter_scope = 'device' then expected_seconds end) as device_expected_seconds
    from by_scope
    group by center_id, month_start_on
),

joined as (
    select
        months.center_id,
        months.month_start_on,
        cast(months.device_energy_wh as bigint) as device_energy_wh,
        cast(months.device_known_seconds as bigint) as device_known_seconds,
        cast(months.device_expected_seconds as bigint) as device_expected_seconds,
        machines.meter_scope as machine_meter_scope,
        cast(machines.energy_wh as bigint) as machine_energy_wh,
        cast(machines.known_seconds as bigint) as machine_known_seconds,
        cast(machines.expected_seconds as bigint) as machine_expected_seconds,
        facilities.meter_scope as facility_meter_scope,
        cast(facilities.energy_wh as bigint) as facility_energy_wh,
        cast(facilities.known_seconds as bigint) as facility_known_seconds,
        cast(facilities.expected_seconds as bigint) as facility_expected_seconds,
        cast(amounts.bill_with_tax_fen as bigint) as bill_with_tax_fen,
        cast(amounts.bill_without_tax_fen as bigint) as bill_without_tax_fen,
        cast(amounts.bill_sharp_wh as bigint) as bill_sharp_wh,
        cast(amounts.bill_peak_wh as bigint) as bill_peak_wh,
        cast(amounts.bill_flat_wh as bigint) as bill_flat_wh,
        cast(amounts.bill_valley_wh as bigint) as bill_valley_wh,
        cast(amounts.bill_deep_valley_wh as bigint) as bill_deep_valley_wh,
        lit.lit_card_seconds_lower,
        lit.lit_card_seconds_upper,
        machines.known_rate as machine_known_rate,
        facilities.known_rate as facility_known_rate
    from months
    left join machines
        on
            months.center_id = machines.center_id
            and months.month_start_on = machines.month_start_on
    left join facilities
        on
            months.center_id = facilities.center_id
            and months.month_start_on = facilities.month_start_on
    left join amounts
        on
            months.center_id = amounts.center_id
            and months.month_start_on = amounts.month_start_on
    left join lit
        on
            months.center_id = lit.center_id
            and months.month_start_on = lit.month_start_on
),

judged as (
    select
        joined.*,
        case
            when joined.machine_energy_wh is null then 'machines_not_metered'
            when joined.facility_energy_wh is null then 'facility_not_metered'
            when joined.facility_known_rate < 1 then 'facility_partly_known'
            when joined.machine_known_rate < {{ policy_number('coverage_hatched') }} then 'machines_mostly_unknown'
            when joined.machine_known_rate < {{ policy_number('coverage_solid') }} then 'machines_partly_known'
        end as pue_withheld_reason
    from joined
)

select
    judged.center_id,
    judged.month_start_on,
    judged.device_energy_wh,
    judged.device_known_seconds,
    judged.device_expected_seconds,
    judged.machine_meter_scope,
    judged.machine_energy_wh,
    judged.machine_known_seconds,
    judged.machine_expected_seconds,
    judged.machine_known_rate as machine_known_rate_of_expected,
    judged.facility_meter_scope,
    judged.facility_energy_wh,
    judged.facility_known_seconds,
    judged.facility_expected_seconds,
    judged.facility_known_rate as facility_known_rate_of_expected,
    judged.bill_with_tax_fen,
    judged.bill_without_tax_fen,
    judged.bill_sharp_wh,
    judged.bill_peak_wh,
    judged.bill_flat_wh,
    judged.bill_valley_wh,
    judged.bill_deep_valley_wh,
    judged.lit_card_seconds_lower,
    judged.lit_card_seconds_upper,
    -- fen over card-seconds, 36 times, is yuan per card-hour
    case
        when judged.facility_meter_scope = 'bill' and judged.facility_known_rate = 1
            then {{ ratio('judged.bill_with_tax_fen * 36', 'judged.lit_card_seconds_upper') }}
    end as bill_cny_per_lit_card_hour_lower,
    case
        when judged.facility_meter_scope = 'bill' and judged.facility_known_rate = 1
            then {{ ratio('judged.bill_with_tax_fen * 36', 'judged.lit_card_seconds_lower') }}
    end as bill_cny_per_lit_card_hour_upper,
    judged.pue_withheld_reason,
    case
        when judged.pue_withheld_reason is null or judged.pue_withheld_reason = 'machines_partly_known'
            then {{ ratio('judged.facility_energy_wh', 'judged.machine_energy_wh') }}
    end as pue_upper,
    -- A center draws at least what its machines draw: where some of that is not known, the PUE is at least 1.
    case
        when judged.machine_known_seconds = judged.machine_expected_seconds then judged.facility_energy_wh
        else least(judged.facility_energy_wh, judged.machine_energy_wh)
    end as facility_energy_wh_lower,
    case
        when judged.pue_withheld_reason is null
            then {{ ratio('judged.facility_energy_wh', 'judged.machine_energy_wh') }}
    end as pue,
    coalesce(
        judged.pue_withheld_reason is null and judged.facility_energy_wh < judged.machine_energy_wh, false
    ) as is_facility_below_machines
from judged
