-- Grain: one row per center, local day, lease, model and whether accepted: whose use it was, and what a vendor paid.
-- The first that holds decides: unknown, test, own, related, external. Only of external use is a funded part asked.
with lease_days as (
    select * from {{ ref('int_organic__lease_days') }}
),

leases as (
    select
        lease_id,
        tenant_party_id,
        coalesce(purpose, 'unknown') as purpose,
        workload_class,
        signed_on,
        starts_epoch_seconds,
        ends_epoch_seconds,
        cancelled_epoch_seconds
    from {{ ref('stg_registers__leases') }}
),

centers as (
    select
        center_id,
        operator_party_id
    from {{ ref('stg_registers__centers') }}
),

affiliates as (
    select * from {{ ref('int_organic__affiliates') }}
),

receipt_days as (
    select
        center_id,
        consumer_party_id,
        received_on,
        max(received_cny_fen) as received_cny_fen,
        least(max(received_cny_fen), {{ integer_sum('purchased_cny_fen') }}) as purchased_cny_fen
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, consumer_party_id, received_on
),

-- A day's use is paid by the tenant's next receipt, so it inherits the share of it that a vendor had paid for.
receipt_spans as (
    select
        receipt_days.*,
        greatest(
            {{ add_days('received_on', '-' ~ policy_number('related_window_days')) }},
            coalesce(
                lag(receipt_days.received_on) over (
                    partition by receipt_days.center_id, receipt_days.consumer_party_id
                    order by receipt_days.received_on nulls last
                ),
                cast('1900-01-01' as date)
            )
        ) as received_before_on
    from receipt_days
),

tenant_days as (
    select
        lease_days.center_id,
        lease_days.local_day,
        leases.tenant_party_id
    from lease_days
    inner join leases
        on lease_days.lease_id = leases.lease_id
    group by lease_days.center_id, lease_days.local_day, leases.tenant_party_id
),

related_days as (
    select
        tenant_days.center_id,
        tenant_days.local_day,
        tenant_days.tenant_party_id,
        max(case when affiliates.is_soft then 0 else 1 end) = 1 as is_related,
        max(case when affiliates.is_soft then 1 else 0 end) = 1 as is_soft_related
    from tenant_days
    inner join affiliates
        on
            tenant_days.center_id = affiliates.center_id
            and tenant_days.tenant_party_id = affiliates.party_id
            and affiliates.valid_from <= tenant_days.local_day
            and (affiliates.valid_to is null or tenant_days.local_day < affiliates.valid_to)
    group by tenant_days.center_id, tenant_days.local_day, tenant_days.tenant_party_id
),

classed as (
    select
        lease_days.*,
        leases.tenant_party_id,
        coalesce(leases.purpose, 'unknown') as purpose,
        case
            when leases.lease_id is null then 'unknown'
            when not lease_days.is_commissioned then 'test'
            when leases.workload_class in ('burn_in', 'acceptance_test', 'benchmark', 'synthetic') then 'test'
            when leases.purpose = 'acceptance_test' then 'test'
            when leases.purpose in ('own_business', 'internal') then 'own'
            when leases.tenant_party_id = centers.operator_party_id then 'own'
            when leases.purpose = 'vendor_self_use' or coalesce(related_days.is_related, false) then 'related'
            when leases.purpose in ('external_paid', 'external_voucher') then 'external'
            else 'unknown'
        end as use_class,
        -- Business as the lit rate means it: of paying tenants and of own products, and no declared test.
        case
            when leases.lease_id is null and lease_days.lease_id = 'none' then 'none'
            when leases.lease_id is null then 'unknown'
            when leases.workload_class in ('burn_in', 'acceptance_test', 'benchmark', 'synthetic') then 'none'
            when leases.purpose in ('external_paid', 'external_voucher', 'own_business') then 'business'
            when leases.purpose = 'unknown' then 'unknown'
            else 'none'
        end as business_class,
        coalesce(related_days.is_soft_related and not related_days.is_related, false) as is_soft_related,
        receipt_spans.purchased_cny_fen,
        receipt_spans.received_cny_fen
    from lease_days
    left join leases
        on lease_days.lease_id = leases.lease_id
    left join centers
        on lease_days.center_id = centers.center_id
    left join related_days
        on
            lease_days.center_id = related_days.center_id
            and lease_days.local_day = related_days.local_day
            and leases.tenant_party_id = related_days.tenant_party_id
    left join receipt_spans
        on
            lease_days.center_id = receipt_spans.center_id
            and leases.tenant_party_id = receipt_spans.consumer_party_id
            and receipt_spans.received_before_on <= lease_days.local_day
            and lease_days.local_day < receipt_spans.received_on
),

-- Load that may be synthetic is taken out of what a tenant, a relative or the operator is said to have used.
parted as (
    select
        classed.*,
        case when classed.use_class in ('external', 'related', 'own') then classed.suspect_lit_card_seconds else 0 end
            as taken_out_card_seconds,
        case
            when classed.use_class in ('external', 'related', 'own') then classed.suspect_lit_gflops_seconds
            else cast(0 as decimal(38, 0))
        end as taken_out_gflops_seconds
    from classed
)

select
    center_id,
    local_day,
    lease_id,
    model_id,
    is_commissioned,
    tenant_party_id,
    purpose,
    use_class,
    business_class,
    is_soft_related,
    able_card_seconds,
    lit_card_seconds,
    unknown_card_seconds,
    judged_lit_card_seconds,
    able_gflops_seconds,
    lit_gflops_seconds,
    unknown_gflops_seconds,
    cast(taken_out_card_seconds as bigint) as suspect_card_seconds,
    cast(taken_out_gflops_seconds as decimal(38, 0)) as suspect_gflops_seconds,
    case
        when use_class = 'external' and purchased_cny_fen > 0
            then cast(
                {{ whole_division(
                    wide('(lit_card_seconds - taken_out_card_seconds)') ~ ' * ' ~ wide('purchased_cny_fen'),
                    'received_cny_fen'
                ) }} as bigint
            )
        else 0
    end as funded_lit_card_seconds,
    case
        when use_class = 'external' and purchased_cny_fen > 0
            then cast(
                floor(
                    (lit_gflops_seconds - taken_out_gflops_seconds)
                    * {{ ratio('purchased_cny_fen', 'received_cny_fen') }}
                ) as decimal(38, 0)
            )
        else cast(0 as decimal(38, 0))
    end as funded_lit_gflops_seconds
from parted
