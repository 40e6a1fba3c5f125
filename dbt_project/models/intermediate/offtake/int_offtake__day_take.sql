-- Grain: one row per commitment and local day with metered use that counts toward it.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

usage_rows as (
    select * from {{ ref('stg_registers__metered_usage') }}
),

leases as (
    select
        lease_id,
        tenant_party_id
    from {{ ref('stg_registers__leases') }}
),

relations as (
    select
        party_id as vendor_party_id,
        other_party_id as consumer_party_id,
        valid_from,
        valid_to
    from {{ ref('int_parties__relations') }}
    where not is_soft
),

counted_usage as (
    select
        usage_rows.usage_id,
        usage_rows.commitment_id,
        usage_rows.consumer_party_id,
        usage_rows.used_on,
        usage_rows.quantity_milli,
        greatest(
            coalesce(usage_rows.quantity_upper_milli, usage_rows.quantity_milli) - usage_rows.quantity_milli, 0
        ) as unmetered_milli,
        usage_rows.unit = terms.unit as is_in_unit,
        terms.vendor_party_id,
        terms.related_take,
        terms.self_use,
        -- Use by another than the tenant of its lease was sub-let; use under no known lease is not known to be.
        coalesce(
            terms.sub_lease = 'not_allowed' and leases.tenant_party_id <> usage_rows.consumer_party_id, false
        ) as is_refused_sublet
    from usage_rows
    inner join terms
        on usage_rows.commitment_id = terms.commitment_id
    left join leases
        on usage_rows.lease_id = leases.lease_id
    where usage_rows.used_on <= terms.as_of_on
),

related_usage as (
    select counted_usage.usage_id
    from counted_usage
    inner join relations
        on
            counted_usage.vendor_party_id = relations.vendor_party_id
            and counted_usage.consumer_party_id = relations.consumer_party_id
    where
        relations.valid_from <= counted_usage.used_on
        and (relations.valid_to is null or counted_usage.used_on < relations.valid_to)
    group by counted_usage.usage_id
),

classified as (
    select
        counted_usage.commitment_id,
        counted_usage.used_on,
        counted_usage.quantity_milli,
        counted_usage.unmetered_milli,
        counted_usage.is_in_unit,
        counted_usage.is_refused_sublet,
        (
            counted_usage.consumer_party_id = counted_usage.vendor_party_id
            or related_usage.usage_id is not null
        ) as is_related,
        case
            when counted_usage.is_refused_sublet then 'not_allowed'
            when counted_usage.consumer_party_id = counted_usage.vendor_party_id
                then coalesce(counted_usage.self_use, 'capped')
            when related_usage.usage_id is not null then coalesce(counted_usage.related_take, 'capped')
            else 'allowed'
        end as eligibility
    from counted_usage
    left join related_usage
        on counted_usage.usage_id = related_usage.usage_id
)

select
    commitment_id,
    used_on,
    {{ integer_sum('case when is_in_unit and not is_related then quantity_milli else 0 end') }}
        as unrelated_quantity_milli,
    {{ integer_sum('case when is_in_unit and is_related then quantity_milli else 0 end') }}
        as related_quantity_milli,
    {{ integer_sum('case when is_in_unit and not is_related and is_refused_sublet then quantity_milli else 0 end') }}
        as refused_sublet_quantity_milli,
    {{ integer_sum("case when is_in_unit and eligibility = 'allowed' then quantity_milli else 0 end") }}
        as uncapped_quantity_milli,
    {{ integer_sum("case when is_in_unit and eligibility = 'capped' then quantity_milli else 0 end") }}
        as capped_quantity_milli,
    {{ integer_sum("case when is_in_unit and eligibility = 'allowed' then unmetered_milli else 0 end") }}
        as uncapped_unmetered_milli,
    {{ integer_sum("case when is_in_unit and eligibility = 'capped' then unmetered_milli else 0 end") }}
        as capped_unmetered_milli,
    {{ integer_sum('case when is_in_unit then 0 else 1 end') }} as other_unit_row_count
from classified
group by commitment_id, used_on
