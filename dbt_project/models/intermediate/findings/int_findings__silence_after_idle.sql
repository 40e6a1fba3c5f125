-- Grain: one row per center and quarter with telemetry that goes silent when cards are idle: the last hour before a gap
-- is lit less than the card's own hours are, on so many days that chance does not explain it. Each card is held against
-- itself, and all gaps of a day are one observation: what takes a network down takes all cards down at once.
-- A reading is held for a while, so that an hour counts as heard from half of it on.
with hours as (
    select
        center_id,
        device_uid,
        local_day,
        hour_start_epoch_seconds,
        {{ quarter_start('local_day') }} as quarter_start_on,
        {{ ratio('known_seconds - util_0_1_seconds - util_1_5_seconds', 'known_seconds') }} as lit_share,
        lead(hour_start_epoch_seconds) over (
            partition by center_id, device_uid
            order by hour_start_epoch_seconds nulls last, local_day nulls last
        ) as next_hour_epoch_seconds
    from {{ ref('int_identity__device_hours') }}
    where known_seconds >= 1800
),

usual as (
    select
        center_id,
        device_uid,
        quarter_start_on,
        {{ ratio('sum(lit_share)', 'count(*)') }} as lit_share,
        {{ ratio('sum(lit_share * lit_share)', 'count(*)') }}
        - {{ ratio('sum(lit_share)', 'count(*)') }} * {{ ratio('sum(lit_share)', 'count(*)') }} as variance
    from hours
    group by center_id, device_uid, quarter_start_on
),

-- At least one hour is missing, of a card that could run and was not down by its register.
gap_days as (
    select
        hours.center_id,
        hours.quarter_start_on,
        hours.local_day,
        count(*) as gap_count,
        {{ ratio('sum(usual.lit_share - hours.lit_share)', 'count(*)') }} as drop_share,
        {{ ratio('sum(usual.variance)', 'count(*)') }} as variance
    from hours
    inner join usual
        on
            hours.center_id = usual.center_id
            and hours.device_uid = usual.device_uid
            and hours.quarter_start_on = usual.quarter_start_on
    inner join {{ ref('int_findings__card_days') }} as card_days
        on
            hours.center_id = card_days.center_id
            and hours.device_uid = card_days.device_uid
            and hours.local_day = card_days.local_day
    where
        hours.next_hour_epoch_seconds >= hours.hour_start_epoch_seconds + 7200
        and card_days.able_seconds = card_days.day_seconds
        and card_days.maintenance_seconds = 0
        and card_days.fault_seconds = 0
    group by hours.center_id, hours.quarter_start_on, hours.local_day
),

compared as (
    select
        center_id,
        quarter_start_on,
        min(local_day) as first_day,
        max(local_day) as last_day,
        count(*) as gap_day_count,
        sum(gap_count) as gap_count,
        {{ ratio('100 * sum(drop_share)', 'count(*)') }} as drop_pp,
        {{ ratio('sum(drop_share) * sum(drop_share)', 'count(*)') }} as squared_drop,
        {{ ratio('sum(variance)', 'count(*)') }} as variance
    from gap_days
    group by center_id, quarter_start_on
)

select
    center_id,
    quarter_start_on,
    first_day,
    last_day,
    gap_day_count,
    gap_count,
    drop_pp
from compared
where
    gap_day_count >= {{ policy_number('f11_min_gap_days') }}
    and drop_pp >= {{ policy_number('f11_drop_pp') }}
    and squared_drop >= {{ policy_number('f11_deviations') }} * {{ policy_number('f11_deviations') }} * variance
