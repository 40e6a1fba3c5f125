-- Grain: one row per center, cabinet (or server of no known cabinet) and local day.
with device_classes as (
    select
        classes.center_id,
        classes.local_day,
        places.place_id,
        places.place_kind,
        classes.device_uid,
        seeds.class_group,
        seeds.lit_status,
        classes.card_seconds
    from {{ ref('int_partition__device_classes') }} as classes
    inner join {{ ref('partition_classes') }} as seeds
        on classes.class_id = seeds.class_id and seeds.class_group <> 'gone'
    inner join {{ ref('int_weekly__device_places') }} as places
        on
            classes.center_id = places.center_id
            and classes.device_uid = places.device_uid
            and classes.local_day = places.local_day
    where places.place_kind <> 'none'
),

summed as (
    select
        center_id,
        place_id,
        local_day,
        min(place_kind) as place_kind,
        cast(count(distinct device_uid) as bigint) as card_count,
        cast(count(distinct case when class_group in ('down', 'excused') then device_uid end) as bigint)
            as down_card_count,
        {{ integer_sum('card_seconds') }} as card_seconds,
        {{ integer_sum("case when class_group = 'able' then card_seconds end") }} as able_card_seconds,
        {{ integer_sum("case when lit_status in ('lit', 'idle') then card_seconds end") }} as known_card_seconds,
        {{ integer_sum("case when lit_status = 'lit' then card_seconds end") }} as lit_card_seconds,
        {{ integer_sum("case when lit_status = 'unknown' then card_seconds end") }} as unknown_card_seconds,
        {{ integer_sum("case when class_group in ('down', 'excused') then card_seconds end") }} as down_card_seconds,
        {{ integer_sum("case when class_group = 'not_able' then card_seconds end") }} as not_able_card_seconds
    from device_classes
    group by center_id, place_id, local_day
)

select
    summed.center_id,
    summed.place_id,
    summed.local_day,
    summed.place_kind,
    summed.card_count,
    summed.down_card_count,
    summed.card_seconds,
    summed.able_card_seconds,
    summed.known_card_seconds,
    summed.lit_card_seconds,
    summed.unknown_card_seconds,
    summed.down_card_seconds,
    summed.not_able_card_seconds,
    {{ ratio('summed.known_card_seconds', 'summed.able_card_seconds') }} as known_rate_of_able,
    {{ ratio('summed.unknown_card_seconds', 'summed.able_card_seconds') }} as unknown_rate_of_able,
    {{ ratio('summed.lit_card_seconds', 'summed.able_card_seconds') }} as lit_rate_of_able_lower,
    {{ ratio('summed.lit_card_seconds + summed.unknown_card_seconds', 'summed.able_card_seconds') }}
        as lit_rate_of_able_upper,
    {{ ratio('summed.lit_card_seconds', 'summed.known_card_seconds') }} as lit_rate_of_known
from summed
