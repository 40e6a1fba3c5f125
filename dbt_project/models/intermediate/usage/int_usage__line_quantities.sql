-- Grain: one row per invoice line under whose lease use was metered in the days it bills: how much, in one unit.
-- A metered day counts for one line: of two that bill it for one lease, for the one that begins first.
with lines as (
    select
        invoice_line_id,
        center_id,
        lease_id,
        service_from,
        service_to
    from {{ ref('stg_registers__invoice_lines') }}
    where lease_id is not null
),

metered as (
    select
        usage_id,
        center_id,
        lease_id,
        used_on,
        unit,
        quantity_milli,
        commitment_id
    from {{ ref('stg_registers__metered_usage') }}
    where lease_id is not null and unit not like '%token%'
),

matched as (
    select
        metered.usage_id,
        metered.unit,
        metered.quantity_milli,
        metered.commitment_id,
        lines.invoice_line_id,
        row_number() over (
            partition by metered.usage_id
            order by lines.service_from nulls last, lines.invoice_line_id nulls last
        ) as place
    from metered
    inner join lines
        on
            metered.center_id = lines.center_id
            and metered.lease_id = lines.lease_id
            and lines.service_from <= metered.used_on
            and lines.service_to > metered.used_on
)

select
    matched.invoice_line_id,
    min(matched.unit) as unit,
    {{ integer_sum('matched.quantity_milli') }} as quantity_milli,
    case when min(matched.commitment_id) = max(matched.commitment_id) then min(matched.commitment_id) end
        as commitment_id
from matched
where matched.place = 1
group by matched.invoice_line_id
having min(matched.unit) = max(matched.unit)
