-- Grain: one row per invoice line, credit note on it (or none) and charge category: use, tax, and what is credited.
with lines as (
    select
        lines.*,
        centers.center_name_zh,
        centers.time_zone,
        centers.operator_party_id,
        centers.province_code
    from {{ ref('int_collection__billed_lines') }} as lines
    left join {{ ref('stg_registers__centers') }} as centers
        on lines.center_id = centers.center_id
),

leases as (
    select
        lease_id,
        lease_kind,
        commitment_id
    from {{ ref('stg_registers__leases') }}
),

parties as (
    select
        party_id,
        party_name_zh
    from {{ ref('stg_registers__parties') }}
),

quantities as (
    select * from {{ ref('int_usage__line_quantities') }}
),

billed as (
    select
        lines.invoice_line_id,
        lines.invoice_id,
        lines.center_id,
        lines.province_code,
        lines.payer_party_id,
        payers.party_name_zh as payer_name,
        lines.operator_party_id,
        operators.party_name_zh as operator_name,
        lines.lease_id,
        leases.lease_kind,
        coalesce(quantities.commitment_id, leases.commitment_id) as commitment_id,
        lines.issued_on,
        lines.service_from,
        lines.service_to,
        {{ month_start('lines.service_from') }} as month_start_on,
        {{ local_midnight_epoch('lines.service_from', "coalesce(lines.time_zone, 'UTC')") }}
            as service_from_epoch_seconds,
        {{ local_midnight_epoch('lines.service_to', "coalesce(lines.time_zone, 'UTC')") }} as service_to_epoch_seconds,
        {{ local_midnight_epoch(month_start('lines.service_from'), "coalesce(lines.time_zone, 'UTC')") }}
            as billing_from_epoch_seconds,
        {{
            local_midnight_epoch(
                add_months(month_start(add_days('lines.service_to', -1)), 1), "coalesce(lines.time_zone, 'UTC')"
            )
        }} as billing_to_epoch_seconds,
        lines.invoiced_net_cny_fen as net_cny_fen,
        lines.invoiced_tax_cny_fen as tax_cny_fen,
        case when quantities.unit in ('card_hour', 'pflops_hour') then quantities.unit end as consumed_unit,
        case when quantities.unit in ('card_hour', 'pflops_hour') then quantities.quantity_milli end
            as consumed_quantity_milli
    from lines
    left join leases
        on lines.lease_id = leases.lease_id
    left join quantities
        on lines.invoice_line_id = quantities.invoice_line_id
    left join parties as payers
        on lines.payer_party_id = payers.party_id
    left join parties as operators
        on lines.operator_party_id = operators.party_id
),

parts as (
    select
        billed.*,
        'none' as credit_note_id,
        'Usage' as charge_category,
        billed.net_cny_fen as billed_fen,
        billed.consumed_unit as charge_unit,
        billed.consumed_quantity_milli as charge_quantity_milli
    from billed
    union all
    select
        billed.*,
        'none' as credit_note_id,
        'Tax' as charge_category,
        billed.tax_cny_fen as billed_fen,
        cast(null as varchar) as charge_unit,
        cast(null as bigint) as charge_quantity_milli
    from billed
    union all
    select
        billed.*,
        credits.credit_note_id,
        'Credit' as charge_category,
        -credits.counted_net_cny_fen as billed_fen,
        cast(null as varchar) as charge_unit,
        cast(null as bigint) as charge_quantity_milli
    from billed
    inner join {{ ref('int_collection__counted_credits') }} as credits
        on billed.invoice_line_id = credits.invoice_line_id
    union all
    select
        billed.*,
        credits.credit_note_id,
        'Tax' as charge_category,
        -credits.counted_tax_cny_fen as billed_fen,
        cast(null as varchar) as charge_unit,
        cast(null as bigint) as charge_quantity_milli
    from billed
    inner join {{ ref('int_collection__counted_credits') }} as credits
        on billed.invoice_line_id = credits.invoice_line_id
)

select
    parts.invoice_line_id,
    parts.credit_note_id,
    parts.charge_category,
    parts.invoice_id,
    parts.center_id,
    parts.province_code,
    parts.payer_party_id,
    parts.payer_name,
    parts.operator_party_id,
    parts.operator_name,
    parts.lease_id,
    parts.lease_kind,
    parts.commitment_id,
    parts.issued_on,
    parts.service_from,
    parts.service_to,
    parts.month_start_on,
    parts.service_from_epoch_seconds,
    parts.service_to_epoch_seconds,
    parts.billing_from_epoch_seconds,
    parts.billing_to_epoch_seconds,
    parts.charge_unit as consumed_unit,
    parts.charge_quantity_milli as consumed_quantity_milli,
    parts.billed_fen
from parts
