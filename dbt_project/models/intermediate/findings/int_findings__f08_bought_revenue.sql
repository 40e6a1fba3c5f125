-- Grain: one row per vendor and consumer, or circle of payments, of a center and quarter: money of the vendor came back
-- to the center through the consumer, or payments ran in a circle. What nobody showed us is not found here.
with bought as (
    select
        center_id,
        vendor_party_id || ' + ' || consumer_party_id as subject_id,
        {{ quarter_start('received_on') }} as quarter_start_on,
        sum(purchased_cny_fen) as purchased_cny_fen,
        count(*) as receipt_count,
        min(received_on) as first_day,
        max(received_on) as last_day
    from {{ ref('int_parties__bought_receipts') }}
    where purchased_cny_fen > 0
    group by center_id, vendor_party_id || ' + ' || consumer_party_id, {{ quarter_start('received_on') }}
),

-- A circle that goes round again in the quarter is one finding; its path begins and ends with a stroke.
circles as (
    select
        center_id,
        'round of ' || replace(trim(both '|' from party_path), '|', ' > ') as subject_id,
        {{ quarter_start('first_paid_on') }} as quarter_start_on,
        count(*) as round_count,
        min(first_paid_on) as first_day,
        max(last_paid_on) as last_day,
        max(smallest_amount_cny_fen) as smallest_amount_cny_fen,
        min(flow_keys) as first_evidence_key,
        max(flow_keys) as last_evidence_key
    from {{ ref('int_parties__round_trips') }}
    where center_id is not null
    group by
        center_id,
        'round of ' || replace(trim(both '|' from party_path), '|', ' > '),
        {{ quarter_start('first_paid_on') }}
),

found as (
    select
        center_id,
        'party_pair' as subject_kind,
        subject_id,
        quarter_start_on as period_start_on,
        first_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        {{ ratio('purchased_cny_fen', '100') }} as observed,
        0 as expected,
        'holds' as verdict,
        false as is_weak,
        0.7 as confidence,
        receipt_count as evidence_count,
        center_id || ' / ' || subject_id || ' / ' || cast(first_day as string) as first_evidence_key,
        center_id || ' / ' || subject_id || ' / ' || cast(last_day as string) as last_evidence_key
    from bought
    union all
    select
        center_id,
        'cycle' as subject_kind,
        subject_id,
        quarter_start_on as period_start_on,
        first_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        {{ ratio('smallest_amount_cny_fen', '100') }} as observed,
        0 as expected,
        'holds' as verdict,
        false as is_weak,
        0.7 as confidence,
        round_count as evidence_count,
        first_evidence_key,
        last_evidence_key
    from circles
)

{{ finding_shape('F08', 'found') }}
