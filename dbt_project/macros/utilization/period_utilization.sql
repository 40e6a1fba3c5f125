{#
    Sums and rates of periods as a mart shows them, one row per period of a grain ('day' or 'month'), of each center or of
    all centers together. Capped rates and those of what is commissioned are known center by center only.
#}
{% macro period_utilization(grain, of_each_center) %}
    {# Of every scope. #}
    {% set of_all = [
        'sums.planned_card_count',
        'sums.planned_card_seconds',
        'sums.installed_card_seconds',
        'sums.racked_card_seconds_lower',
        'sums.racked_card_seconds_upper',
        'sums.racked_excused_card_seconds',
        'sums.racked_card_count_at_day_end_lower',
        'sums.racked_card_count_at_day_end_upper',
        'sums.maintenance_card_seconds',
        'sums.fault_card_seconds',
        'sums.sold_card_seconds',
        'sums.allocated_card_seconds',
        'sums.known_card_seconds',
        'sums.unknown_card_seconds',
        'sums.lit_card_seconds',
        'sums.lit_card_seconds_at_1_pct',
        'sums.lit_card_seconds_at_5_pct',
        'sums.lit_card_seconds_at_10_pct',
        'sums.lit_card_seconds_at_20_pct',
        'sums.occupied_card_seconds',
        'sums.occupancy_known_card_seconds',
        'sums.productive_card_seconds',
        'sums.productive_known_card_seconds',
        'sums.contested_card_seconds',
        'sums.duplicate_claim_card_seconds',
        'sums.duplicate_claim_card_count_at_day_end',
        'sums.duplicate_installed_card_seconds',
        'sums.duplicate_sold_card_seconds',
        'sums.duplicate_allocated_card_seconds',
        'sums.reported_outside_card_seconds',
        'sums.energy_wh',
        'sums.planned_gflops_seconds',
        'sums.racked_gflops_seconds_lower',
        'sums.racked_gflops_seconds_upper',
        'sums.lit_gflops_seconds_lower',
        'sums.lit_gflops_seconds_upper',
        'sums.unweighted_card_seconds',
        'sums.lit_card_seconds_lower',
        'sums.lit_card_seconds_upper',
        'rates.racked_rate_of_planned_device_lower',
        'rates.racked_rate_of_planned_device_upper',
        'rates.racked_rate_of_planned_pflops_lower',
        'rates.racked_rate_of_planned_pflops_upper',
        'rates.racked_rate_of_planned_device_at_day_end_lower',
        'rates.racked_rate_of_planned_device_at_day_end_upper',
        'rates.coverage_of_racked',
        'rates.lit_rate_of_racked_lower',
        'rates.lit_rate_of_racked_upper',
        'rates.lit_rate_of_racked_observed',
        'rates.lit_rate_of_racked_withheld_reason',
        'rates.lit_rate_of_racked_pflops_lower',
        'rates.lit_rate_of_racked_pflops_upper',
        'rates.lit_rate_of_racked_at_1_pct_lower',
        'rates.lit_rate_of_racked_at_1_pct_upper',
        'rates.lit_rate_of_racked_at_5_pct_lower',
        'rates.lit_rate_of_racked_at_5_pct_upper',
        'rates.lit_rate_of_racked_at_10_pct_lower',
        'rates.lit_rate_of_racked_at_10_pct_upper',
        'rates.lit_rate_of_racked_at_20_pct_lower',
        'rates.lit_rate_of_racked_at_20_pct_upper',
        'rates.lit_rate_of_planned_lower',
        'rates.lit_rate_of_planned_upper',
        'rates.sold_rate_of_racked',
        'rates.installed_rate_of_planned',
        'rates.sold_rate_of_planned',
        'rates.allocated_rate_of_planned',
        'rates.occupied_rate_of_planned',
        'rates.productive_rate_of_planned',
        'rates.lit_rate_of_sold_upper',
        'rates.data_quality_note'
    ] %}
    {# Of a center. #}
    {% set of_centers = [
        'sums.commissioned_card_seconds',
        'sums.commissioned_maintenance_card_seconds',
        'sums.commissioned_fault_card_seconds',
        'sums.lit_commissioned_card_seconds_lower',
        'sums.lit_commissioned_card_seconds_upper',
        'sums.racked_capped_card_seconds_lower',
        'sums.racked_capped_card_seconds_upper',
        'sums.racked_capped_gflops_seconds_lower',
        'sums.racked_capped_gflops_seconds_upper'
    ] %}
    {# Of a center's month. #}
    {% set of_center_months = [
        'sums.maintenance_allowance_card_seconds',
        'rates.racked_rate_of_planned_device_capped_lower',
        'rates.racked_rate_of_planned_device_capped_upper',
        'rates.racked_rate_of_planned_pflops_capped_lower',
        'rates.racked_rate_of_planned_pflops_capped_upper',
        'rates.lit_rate_of_commissioned_gross_lower',
        'rates.lit_rate_of_commissioned_gross_upper',
        'rates.lit_rate_of_net_maintenance_lower',
        'rates.lit_rate_of_net_maintenance_upper',
        'rates.lit_rate_of_available_lower',
        'rates.lit_rate_of_available_upper',
        'rates.lit_rate_of_maintenance_allowance_lower',
        'rates.lit_rate_of_maintenance_allowance_upper'
    ] %}
    {% set more = [] %}
    {% if of_each_center %}
        {% set more = of_centers + (of_center_months if grain == 'month' else []) %}
    {% endif %}
    with sums as (
        select * from {{ ref('int_utilization__period_sums') }}
        where period_grain = '{{ grain }}' and scope_id {{ '<>' if of_each_center else '=' }} 'ALL'
    ),

    rates as (
        select * from {{ ref('int_utilization__period_rates') }}
        where period_grain = '{{ grain }}' and scope_id {{ '<>' if of_each_center else '=' }} 'ALL'
    )

    select
        {% if of_each_center %}
            sums.scope_id as center_id,
        {% endif %}
        {% if grain == 'day' %}
            sums.period_start_on as local_day,
        {% else %}
            sums.period_start_on as month_start_on,
            sums.period_end_on as month_end_on,
            sums.day_count,
            sums.is_complete,
        {% endif %}
        {% if not of_each_center %}
            sums.center_count,
        {% endif %}
        {% for name in more %}
            {{ name }},
        {% endfor %}
        {{ of_all | join(',\n        ') }}
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_start_on = rates.period_start_on
{% endmacro %}
