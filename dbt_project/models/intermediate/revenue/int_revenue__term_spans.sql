-- Grain: one row per lease and terms: the local days on which they charge, first included and last not.
-- A day counts once the lease was in force for any part of it.
with leases as (
    select
        leases.lease_id,
        leases.center_id,
        {{ local_date('leases.starts_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as starts_on,
        {{ add_days(
            local_date(
                'least(leases.ends_epoch_seconds, coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))'
                ~ ' - 1',
                "coalesce(centers.time_zone, 'UTC')"
            ),
            1
        ) }} as ended_on
    from {{ ref('stg_registers__leases') }} as leases
    left join {{ ref('stg_registers__centers') }} as centers
        on leases.center_id = centers.center_id
),

terms as (
    select
        lease_terms.*,
        lead(lease_terms.valid_from_on) over (
            partition by lease_terms.lease_id
            order by lease_terms.valid_from_on nulls last
        ) as next_from_on
    from {{ ref('stg_registers__lease_terms') }} as lease_terms
),

spans as (
    select
        terms.*,
        greatest(terms.valid_from_on, leases.starts_on) as span_from_on,
        least(leases.ended_on, coalesce(terms.next_from_on, leases.ended_on)) as span_to_on
    from terms
    inner join leases
        on
            terms.lease_id = leases.lease_id
            and terms.center_id = leases.center_id
)

select
    lease_id,
    center_id,
    valid_from_on,
    span_from_on,
    span_to_on,
    billing_mode,
    recognition,
    machine_count,
    unit_price_cny_fen,
    minimum_quantity_milli,
    coalesce(rollover_share_milli, 0) as rollover_share_milli,
    coalesce(overage_price_cny_fen, unit_price_cny_fen) as overage_price_cny_fen,
    input_price_cny_fen,
    cached_input_price_cny_fen,
    output_price_cny_fen,
    coalesce(pass_through_share_milli, 0) as pass_through_share_milli,
    tax_basis,
    vat_rate_milli
from spans
where span_from_on < span_to_on
