-- Grain: one row per lease whose price is far from the median of peers: leases of other tenants on the same model at
-- the same unit of price, agreed in the same month for a term of the same band. The median is the lower of the two
-- middle prices.
with leased_models as (
    select
        lease_spans.lease_id,
        devices.model_id,
        count(*) as card_count
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            lease_spans.center_id = devices.center_id
            and lease_spans.device_uid = devices.device_uid
    group by lease_spans.lease_id, devices.model_id
),

lease_models as (
    select
        lease_id,
        model_id
    from leased_models
    qualify row_number() over (
        partition by lease_id
        order by card_count desc nulls last, model_id asc nulls last
    ) = 1
),

priced as (
    select
        leases.lease_id,
        leases.center_id,
        leases.tenant_party_id,
        leases.price_unit,
        leases.unit_price_cny_fen,
        lease_models.model_id,
        leases.signed_on,
        {{ local_date('leases.starts_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{
            local_date(
                'least(leases.ends_epoch_seconds, '
                'coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))',
                'centers.time_zone'
            )
        }} as end_day,
        {{ local_date('leases.ends_epoch_seconds', 'centers.time_zone') }} as signed_end_day
    from {{ ref('stg_registers__leases') }} as leases
    inner join lease_models
        on leases.lease_id = lease_models.lease_id
    inner join {{ ref('int_calendar__centers') }} as centers
        on leases.center_id = centers.center_id
    where leases.unit_price_cny_fen > 0
),

-- A price belongs to the month it was agreed in; where nobody told the day of signature, that is the first month.
terms as (
    select
        priced.*,
        {{ month_start('coalesce(priced.signed_on, priced.first_day)') }} as agreed_month_on,
        {{ days_between('priced.first_day', 'priced.signed_end_day') }} as term_days
    from priced
),

banded as (
    select
        terms.*,
        case
            when terms.term_days <= {{ policy_number('f15_short_term_days') }} then 'short'
            when terms.term_days < {{ policy_number('f15_long_term_days') }} then 'middle'
            else 'long'
        end as term_band
    from terms
),

peers as (
    select
        own.lease_id,
        other.unit_price_cny_fen,
        row_number() over (
            partition by own.lease_id order by other.unit_price_cny_fen nulls last, other.lease_id nulls last
        ) as peer_no,
        count(*) over (partition by own.lease_id) as peer_count
    from banded as own
    inner join banded as other
        on
            own.model_id = other.model_id
            and own.price_unit = other.price_unit
            and own.agreed_month_on = other.agreed_month_on
            and own.term_band = other.term_band
            and own.lease_id <> other.lease_id
            and own.tenant_party_id <> other.tenant_party_id
),

middle as (
    select
        lease_id,
        unit_price_cny_fen as median_cny_fen,
        peer_count
    from peers
    where peer_no * 2 >= peer_count and peer_no * 2 < peer_count + 2
),

compared as (
    select
        banded.*,
        middle.peer_count,
        {{ ratio('banded.unit_price_cny_fen', 'middle.median_cny_fen') }} as price_ratio
    from banded
    inner join middle
        on banded.lease_id = middle.lease_id
    where middle.peer_count >= {{ policy_number('f15_min_peers') }}
),

found as (
    select
        center_id,
        'lease' as subject_kind,
        lease_id as subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        first_day as evidence_start_on,
        end_day as period_end_on,
        price_ratio as observed,
        1 as expected,
        'holds' as verdict,
        false as is_weak,
        0.25 as confidence,
        peer_count as evidence_count,
        lease_id as first_evidence_key,
        lease_id as last_evidence_key
    from compared
    where price_ratio > {{ policy_number('f15_high') }} or price_ratio < {{ policy_number('f15_low') }}
)

{{ finding_shape('F15', 'found') }}
