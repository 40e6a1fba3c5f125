-- Grain: one row per scope (a center, or ALL for the portfolio), period grain (day, month) and start of the period.
{% set sums = [
    'planned_card_count',
    'planned_card_seconds',
    'installed_card_seconds',
    'racked_card_seconds_lower',
    'racked_card_seconds_upper',
    'racked_excused_card_seconds',
    'racked_card_count_at_day_end_lower',
    'racked_card_count_at_day_end_upper',
    'commissioned_card_seconds',
    'commissioned_maintenance_card_seconds',
    'commissioned_fault_card_seconds',
    'maintenance_card_seconds',
    'fault_card_seconds',
    'sold_card_seconds',
    'allocated_card_seconds',
    'known_card_seconds',
    'unknown_card_seconds',
    'lit_card_seconds',
    'lit_card_seconds_at_1_pct',
    'lit_card_seconds_at_5_pct',
    'lit_card_seconds_at_10_pct',
    'lit_card_seconds_at_20_pct',
    'lit_commissioned_card_seconds_lower',
    'lit_commissioned_card_seconds_upper',
    'occupied_card_seconds',
    'occupancy_known_card_seconds',
    'productive_card_seconds',
    'productive_known_card_seconds',
    'contested_card_seconds',
    'duplicate_claim_card_seconds',
    'duplicate_claim_card_count_at_day_end',
    'duplicate_installed_card_seconds',
    'duplicate_sold_card_seconds',
    'duplicate_allocated_card_seconds',
    'reported_outside_card_seconds',
    'energy_wh',
    'racked_capped_card_seconds_lower',
    'racked_capped_card_seconds_upper',
    'planned_gflops_seconds',
    'racked_gflops_seconds_lower',
    'racked_gflops_seconds_upper',
    'lit_gflops_seconds_lower',
    'lit_gflops_seconds_upper',
    'racked_capped_gflops_seconds_lower',
    'racked_capped_gflops_seconds_upper',
    'duplicate_claim_gflops_seconds',
    'unweighted_card_seconds'
] %}
with periods as (
    {% for scope_id, grain, model in [
        ('center_id', 'day', 'int_utilization__center_days'),
        ('center_id', 'month', 'int_utilization__center_months'),
        ("'ALL'", 'day', 'int_utilization__portfolio_days'),
        ("'ALL'", 'month', 'int_utilization__portfolio_months')
    ] %}
        {% set start = 'local_day' if grain == 'day' else 'month_start_on' %}
        {% if not loop.first %}union all{% endif %}
        select
            {{ scope_id }} as scope_id,
            '{{ grain }}' as period_grain,
            {{ start }} as period_start_on,
            {{ add_days(start, 1) if grain == 'day' else add_months(start, 1) }} as period_end_on,
            {{ 'cast(1 as bigint)' if grain == 'day' else 'day_count' }} as day_count,
            {{ 'cast(1 as bigint)' if scope_id == 'center_id' else 'center_count' }} as center_count,
            {{ sums | join(',\n            ') }}
        from {{ ref(model) }}
    {% endfor %}
),

allowance as (
    select {{ policy_number('maintenance_allowance_ratio') }} as allowance_ratio
)

select
    periods.scope_id,
    periods.period_grain,
    periods.period_start_on,
    periods.period_end_on,
    periods.day_count,
    periods.center_count,
    periods.day_count = {{ days_between('periods.period_start_on', 'periods.period_end_on') }} as is_complete,
    {% for name in sums %}
        periods.{{ name }},
    {% endfor %}
    periods.lit_card_seconds as lit_card_seconds_lower,
    periods.lit_card_seconds + periods.unknown_card_seconds as lit_card_seconds_upper,
    cast(
        least(
            periods.commissioned_maintenance_card_seconds,
            floor(allowance.allowance_ratio * periods.commissioned_card_seconds)
        ) as bigint
    ) as maintenance_allowance_card_seconds
from periods
cross join allowance
