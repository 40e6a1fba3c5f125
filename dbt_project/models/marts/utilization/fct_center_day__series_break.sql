-- Grain: one row per center, local day, and evidence (class and feed) that cards had before and have from that day on.
-- Of each card the day is compared with its last day with evidence: silence in between is unknown, and no break.
with evidence_days as (
    select
        center_id,
        device_uid,
        local_day,
        evidence_class,
        evidence_feed
    from {{ ref('int_evidence__device_days') }}
    where able_seconds > 0 and evidence_class <> 'none'
),

compared as (
    select
        evidence_days.*,
        lag(evidence_days.evidence_class) over of_card as class_before,
        lag(evidence_days.evidence_feed) over of_card as feed_before,
        lag(evidence_days.local_day) over of_card as last_seen_on
    from evidence_days
    window of_card as (
        partition by evidence_days.center_id, evidence_days.device_uid
        order by evidence_days.local_day nulls last
    )
),

able_days as (
    select
        center_id,
        local_day,
        cast(count(*) as bigint) as able_card_count
    from {{ ref('int_evidence__device_days') }}
    where able_seconds > 0
    group by center_id, local_day
),

changed as (
    select
        center_id,
        local_day,
        class_before,
        feed_before,
        evidence_class as class_after,
        evidence_feed as feed_after,
        cast(count(*) as bigint) as changed_card_count,
        min(last_seen_on) as last_seen_on
    from compared
    where class_before <> evidence_class or feed_before <> evidence_feed
    group by center_id, local_day, class_before, feed_before, evidence_class, evidence_feed
),

shares as (
    select
        changed.*,
        able_days.able_card_count,
        {{ ratio('changed.changed_card_count', 'able_days.able_card_count') }} as changed_rate_of_able
    from changed
    inner join able_days
        on
            changed.center_id = able_days.center_id
            and changed.local_day = able_days.local_day
)

select
    shares.center_id,
    shares.local_day,
    shares.class_before,
    shares.feed_before,
    shares.class_after,
    shares.feed_after,
    shares.last_seen_on,
    shares.changed_card_count,
    shares.able_card_count,
    shares.changed_rate_of_able
from shares
where shares.changed_rate_of_able >= {{ policy_number('series_break_card_share') }}
