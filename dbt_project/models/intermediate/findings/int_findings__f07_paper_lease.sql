-- Grain: one row per lease and quarter in which it was billed for long while its cards were hardly lit.
-- Power tells of cards without counters. Unknown time counts as lit: only where even that is below the limit does the
-- pattern hold. A lease that an unrelated tenant paid in full may be kept in reserve and is one step less grave.
with leases as (
    select
        lease_spans.center_id,
        lease_spans.lease_id,
        lease_spans.device_uid,
        centers.time_zone,
        lease_spans.sold_from_epoch_seconds + cast({{ policy_number('f07_onboarding_days') }} as bigint) * 86400
            as counted_from_epoch_seconds,
        lease_spans.sold_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join {{ ref('int_calendar__centers') }} as centers
        on lease_spans.center_id = centers.center_id
    where lease_spans.sold_to_epoch_seconds > lease_spans.sold_from_epoch_seconds
),

counted as (
    select
        center_id,
        lease_id,
        device_uid,
        {{ local_date('counted_from_epoch_seconds', 'time_zone') }} as first_day,
        {{ local_date('sold_to_epoch_seconds', 'time_zone') }} as end_day
    from leases
    where sold_to_epoch_seconds > counted_from_epoch_seconds
),

used as (
    select
        counted.center_id,
        counted.lease_id,
        {{ quarter_start('evidence.local_day') }} as quarter_start_on,
        sum(evidence.able_seconds) as able_seconds,
        sum(evidence.known_seconds + evidence.class_c_lit_seconds + evidence.class_c_idle_seconds) as known_seconds,
        sum(evidence.lit_seconds + evidence.class_c_lit_seconds) as lit_seconds,
        min(evidence.local_day) as first_day,
        max(evidence.local_day) as last_day
    from counted
    inner join {{ ref('int_evidence__device_days') }} as evidence
        on
            counted.center_id = evidence.center_id
            and counted.device_uid = evidence.device_uid
            and evidence.local_day >= counted.first_day
            and evidence.local_day < counted.end_day
    group by counted.center_id, counted.lease_id, {{ quarter_start('evidence.local_day') }}
),

invoices as (
    select
        lease_id,
        service_from,
        service_to,
        billed_cny_fen,
        received_cny_fen
    from {{ ref('int_collection__billed_lines') }}
    where lease_id is not null and billed_net_cny_fen > 0
),

billed as (
    select
        used.lease_id,
        used.quarter_start_on,
        sum(
            {{
                days_between(
                    'greatest(invoices.service_from, used.quarter_start_on)',
                    'least(invoices.service_to, ' ~ add_months('used.quarter_start_on', 3) ~ ')'
                )
            }}
        ) as billed_day_count,
        sum(invoices.billed_cny_fen) as billed_cny_fen,
        sum(invoices.received_cny_fen) as paid_cny_fen
    from used
    inner join invoices
        on
            used.lease_id = invoices.lease_id
            and invoices.service_from < {{ add_months('used.quarter_start_on', 3) }}
            and invoices.service_to > used.quarter_start_on
    group by used.lease_id, used.quarter_start_on
),

related_leases as (
    select
        leases.lease_id,
        count(*) as way_count
    from {{ ref('stg_registers__leases') }} as leases
    inner join {{ ref('stg_registers__centers') }} as centers
        on leases.center_id = centers.center_id
    left join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on leases.center_id = commitments.center_id
    inner join {{ ref('int_parties__relations') }} as relations
        on
            leases.tenant_party_id = relations.party_id
            and not relations.is_soft
            and (
                centers.operator_party_id = relations.other_party_id
                or commitments.vendor_party_id = relations.other_party_id
            )
    group by leases.lease_id
),

judged as (
    select
        used.*,
        billed.billed_day_count,
        related_leases.way_count is null and billed.paid_cny_fen >= billed.billed_cny_fen as is_paid_by_unrelated,
        {{ ratio('used.known_seconds', 'used.able_seconds') }} as coverage,
        {{ ratio('used.lit_seconds', 'used.known_seconds') }} as observed,
        {{
            ratio('used.lit_seconds + used.able_seconds - used.known_seconds', 'used.able_seconds')
        }} as lit_share_upper
    from used
    inner join billed
        on
            used.lease_id = billed.lease_id
            and used.quarter_start_on = billed.quarter_start_on
    left join related_leases
        on used.lease_id = related_leases.lease_id
),

found as (
    select
        center_id,
        'lease' as subject_kind,
        lease_id as subject_id,
        quarter_start_on as period_start_on,
        first_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        observed,
        {{ policy_number('f07_lit_share') }} as expected,
        case when lit_share_upper < {{ policy_number('f07_lit_share') }} then 'holds' else 'undetermined' end
            as verdict,
        is_paid_by_unrelated as is_weak,
        case when is_paid_by_unrelated then 0.4 else 0.8 end as confidence,
        billed_day_count as evidence_count,
        lease_id || ' / ' || cast(first_day as string) as first_evidence_key,
        lease_id || ' / ' || cast(last_day as string) as last_evidence_key
    from judged
    where
        billed_day_count >= {{ policy_number('f07_min_billed_days') }}
        and coverage >= {{ policy_number('f07_coverage') }}
        and observed < {{ policy_number('f07_lit_share') }}
)

{{ finding_shape('F07', 'found') }}
