-- Grain: one row per commitment and local day with take under it.
{%- set terms_of_day = ['related_take', 'self_use', 'sub_lease'] %}

with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

amendments as (
    select * from {{ ref('stg_registers__offtake_amendments') }}
),

measured as (
    select * from {{ ref('int_offtake__measured_take') }}
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

taken_days as (
    select
        commitment_id,
        used_on
    from measured
    group by commitment_id, used_on
),

-- Whose take counts on a day is what the highest version in force that day says, else what was signed.
day_terms as (
    select
        taken_days.commitment_id,
        taken_days.used_on,
        {% for field in terms_of_day -%}
            coalesce(
                max_by(
                    amendments.{{ field }},
                    case when amendments.{{ field }} is not null then amendments.version_no end
                ),
                max(terms.{{ field }})
            ) as {{ field }},
        {% endfor -%}
        max(terms.vendor_party_id) as vendor_party_id
    from taken_days
    inner join terms
        on taken_days.commitment_id = terms.commitment_id
    left join amendments
        on
            taken_days.commitment_id = amendments.commitment_id
            and amendments.valid_from <= taken_days.used_on
            and (amendments.valid_to is null or taken_days.used_on < amendments.valid_to)
    group by taken_days.commitment_id, taken_days.used_on
),

counted as (
    select
        measured.take_id,
        measured.commitment_id,
        measured.consumer_party_id,
        measured.used_on,
        coalesce(measured.quantity_milli, 0) as quantity_milli,
        coalesce(measured.quantity_upper_milli - measured.quantity_milli, 0) as unproven_milli,
        coalesce(measured.suspect_milli, 0) as suspect_milli,
        coalesce(measured.is_converted, false) as is_converted,
        measured.refused_reason,
        day_terms.vendor_party_id,
        day_terms.related_take,
        day_terms.self_use,
        -- Use by another than the tenant of its lease was sub-let; use under no known lease is not known to be.
        coalesce(
            day_terms.sub_lease = 'not_allowed' and measured.tenant_party_id <> measured.consumer_party_id, false
        ) as is_refused_sublet
    from measured
    inner join day_terms
        on
            measured.commitment_id = day_terms.commitment_id
            and measured.used_on = day_terms.used_on
),

related_take as (
    select
        counted.commitment_id,
        counted.take_id
    from counted
    inner join relations
        on
            counted.vendor_party_id = relations.vendor_party_id
            and counted.consumer_party_id = relations.consumer_party_id
    where
        relations.valid_from <= counted.used_on
        and (relations.valid_to is null or counted.used_on < relations.valid_to)
    group by counted.commitment_id, counted.take_id
),

classified as (
    select
        counted.*,
        (
            counted.consumer_party_id = counted.vendor_party_id
            or related_take.take_id is not null
        ) as is_related,
        case
            when counted.is_refused_sublet then 'not_allowed'
            when counted.consumer_party_id = counted.vendor_party_id
                then coalesce(counted.self_use, 'capped')
            when related_take.take_id is not null then coalesce(counted.related_take, 'capped')
            else 'allowed'
        end as eligibility
    from counted
    left join related_take
        on
            counted.commitment_id = related_take.commitment_id
            and counted.take_id = related_take.take_id
)

select
    commitment_id,
    used_on,
    {{ integer_sum('case when not is_related then quantity_milli else 0 end') }} as unrelated_quantity_milli,
    {{ integer_sum('case when is_related then quantity_milli else 0 end') }} as related_quantity_milli,
    {{ integer_sum('case when not is_related and is_refused_sublet then quantity_milli else 0 end') }}
        as refused_sublet_quantity_milli,
    {{ integer_sum("case when eligibility = 'allowed' then quantity_milli else 0 end") }} as uncapped_quantity_milli,
    {{ integer_sum("case when eligibility = 'capped' then quantity_milli else 0 end") }} as capped_quantity_milli,
    {{ integer_sum("case when eligibility = 'allowed' then unproven_milli else 0 end") }} as uncapped_unmetered_milli,
    {{ integer_sum("case when eligibility = 'capped' then unproven_milli else 0 end") }} as capped_unmetered_milli,
    {{ integer_sum('suspect_milli') }} as suspect_quantity_milli,
    {{ integer_sum('case when is_converted then 1 else 0 end') }} as converted_row_count,
    {{ integer_sum("case when refused_reason is not null and eligibility <> 'not_allowed' then 1 else 0 end") }}
        as other_unit_row_count,
    min(case when eligibility <> 'not_allowed' then refused_reason end) as refused_reason
from classified
group by commitment_id, used_on
