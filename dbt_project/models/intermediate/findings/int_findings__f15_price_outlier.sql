-- Grain: one row per lease whose price is far from the median of peers: leases of other tenants on the same model at
-- the same unit of price, agreed in the same month for a term of the same band. The median is the lower of the two
-- middle prices. A lease with too few peers is held against the market's quotations of that day instead: dear above
-- the highest of them, cheap below the lowest.
with banded as (
    select * from {{ ref('int_findings__lease_prices') }}
),

quoted as (
    select * from {{ ref('int_findings__quoted_prices') }}
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

of_peers as (
    select
        banded.lease_id,
        middle.peer_count as evidence_count,
        banded.lease_id as last_evidence_key,
        0.25 as confidence,
        {{ ratio('banded.unit_price_cny_fen', 'middle.median_cny_fen') }} as price_ratio
    from banded
    inner join middle
        on banded.lease_id = middle.lease_id
    where middle.peer_count >= {{ policy_number('f15_min_peers') }}
),

-- A price between the quotations is that of the market.
of_market as (
    select
        banded.lease_id,
        quoted.quotation_count as evidence_count,
        quoted.first_price_id as last_evidence_key,
        0.15 as confidence,
        case
            when banded.card_hour_cny_fen_lower > quoted.quoted_cny_fen_upper
                then {{ ratio('banded.card_hour_cny_fen_lower', 'quoted.quoted_cny_fen_upper') }}
            when banded.card_hour_cny_fen_upper < quoted.quoted_cny_fen_lower
                then {{ ratio('banded.card_hour_cny_fen_upper', 'quoted.quoted_cny_fen_lower') }}
            else 1
        end as price_ratio
    from banded
    inner join quoted
        on banded.lease_id = quoted.lease_id
    left join of_peers
        on banded.lease_id = of_peers.lease_id
    where of_peers.lease_id is null
),

compared as (
    select * from of_peers
    union all
    select * from of_market
),

found as (
    select
        banded.center_id,
        'lease' as subject_kind,
        banded.lease_id as subject_id,
        {{ quarter_start('banded.first_day') }} as period_start_on,
        banded.first_day as evidence_start_on,
        banded.end_day as period_end_on,
        compared.price_ratio as observed,
        1 as expected,
        'holds' as verdict,
        false as is_weak,
        compared.confidence,
        compared.evidence_count,
        banded.lease_id as first_evidence_key,
        compared.last_evidence_key
    from compared
    inner join banded
        on compared.lease_id = banded.lease_id
    where
        compared.price_ratio > {{ policy_number('f15_high') }} or compared.price_ratio < {{ policy_number('f15_low') }}
)

{{ finding_shape('F15', 'found') }}
