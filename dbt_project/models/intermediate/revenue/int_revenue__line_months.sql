-- Grain: one row per invoice line and month of its service: its amounts by days; differences of rounded running totals
-- lose no fen.
with lines as (
    select
        lines.*,
        {{ days_between('lines.service_from', 'lines.service_to') }} as service_days
    from {{ ref('int_revenue__lines') }} as lines
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

months as (
    select
        lines.*,
        {{ add_months(month_start('lines.service_from'), 'numbers.number') }} as month_start_on,
        {{ days_between(
            'lines.service_from',
            'greatest(lines.service_from, ' ~ add_months(month_start('lines.service_from'), 'numbers.number') ~ ')'
        ) }} as days_before,
        {{ days_between(
            'lines.service_from',
            'least(lines.service_to, ' ~ add_months(month_start('lines.service_from'), 'numbers.number + 1') ~ ')'
        ) }} as days_until
    from lines
    inner join numbers
        on {{ add_months(month_start('lines.service_from'), 'numbers.number') }} < lines.service_to
)

select
    months.invoice_line_id,
    months.month_start_on,
    months.center_id,
    months.payer_party_id,
    months.lease_id,
    months.days_until - months.days_before as service_days,
    cast(round(cast(months.invoiced_net_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.invoiced_net_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as invoiced_net_cny_fen,
    cast(round(cast(months.invoiced_tax_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.invoiced_tax_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as invoiced_tax_cny_fen,
    cast(round(cast(months.credit_net_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.credit_net_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as credit_net_cny_fen,
    cast(round(cast(months.credit_tax_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.credit_tax_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as credit_tax_cny_fen,
    cast(round(cast(months.collected_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.collected_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as collected_cny_fen,
    cast(round(cast(months.collected_net_cny_fen as double) * months.days_until / months.service_days) as bigint)
    - cast(round(cast(months.collected_net_cny_fen as double) * months.days_before / months.service_days) as bigint)
        as collected_net_cny_fen
from months
