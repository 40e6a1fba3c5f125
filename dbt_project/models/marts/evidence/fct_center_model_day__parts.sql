-- Grain: one row per center, model, local day and whether another center counts the time already.
-- What the cards of a model add to parts that no single card or plan line has alone; without duplicates: a portfolio.
with model_days as (
    select
        center_id,
        model_id,
        local_day,
        is_duplicate,
        {{ integer_sum('able') }} as able_seconds,
        {{ integer_sum('proven') }} as proven_seconds,
        {{ integer_sum('lit_lower') }} as lit_lower_seconds,
        {{ integer_sum('lit_upper') }} as lit_upper_seconds,
        {{ integer_sum('planned_due') }} as planned_due_seconds,
        {{ integer_sum('planned_amended') }} as planned_amended_seconds,
        {{ integer_sum('capped_lower') }} as capped_lower_seconds,
        {{ integer_sum('capped_upper') }} as capped_upper_seconds,
        {{ integer_sum('commissioned') }} as commissioned_seconds,
        {{ integer_sum('commissioned_maintenance') }} as commissioned_maintenance_seconds,
        {{ integer_sum('commissioned_fault') }} as commissioned_fault_seconds,
        {{ integer_sum('lit_commissioned_lower') }} as lit_commissioned_lower_seconds,
        {{ integer_sum('lit_commissioned_upper') }} as lit_commissioned_upper_seconds,
        {{ integer_sum('occupied_lower') }} as occupied_lower_seconds,
        {{ integer_sum('occupied_upper') }} as occupied_upper_seconds,
        {{ integer_sum('productive_lower') }} as productive_lower_seconds,
        {{ integer_sum('productive_upper') }} as productive_upper_seconds,
        {{ integer_sum('lit_sold_lower') }} as lit_sold_lower_seconds,
        {{ integer_sum('lit_sold_upper') }} as lit_sold_upper_seconds,
        {{ integer_sum('business_lower') }} as business_lower_seconds,
        {{ integer_sum('business_upper') }} as business_upper_seconds,
        {{ integer_sum('external_lower') }} as external_lower_seconds,
        {{ integer_sum('external_upper') }} as external_upper_seconds,
        {{ integer_sum('own_lower') }} as own_lower_seconds,
        {{ integer_sum('own_upper') }} as own_upper_seconds,
        {{ integer_sum('business_sold_lower') }} as business_sold_lower_seconds,
        {{ integer_sum('business_sold_upper') }} as business_sold_upper_seconds,
        {{ integer_sum('external_sold_lower') }} as external_sold_lower_seconds,
        {{ integer_sum('external_sold_upper') }} as external_sold_upper_seconds,
        {{ integer_sum('own_sold_lower') }} as own_sold_lower_seconds,
        {{ integer_sum('own_sold_upper') }} as own_sold_upper_seconds,
        {{ integer_sum('productive_sold_lower') }} as productive_sold_lower_seconds,
        {{ integer_sum('productive_sold_upper') }} as productive_sold_upper_seconds,
        {{ integer_sum('productive_commissioned_lower') }} as productive_commissioned_lower_seconds,
        {{ integer_sum('productive_commissioned_upper') }} as productive_commissioned_upper_seconds,
        {{ integer_sum('lit_profiled') }} as lit_profiled_seconds,
        {{ integer_sum('lit_power_lower') }} as lit_power_lower_seconds,
        {{ integer_sum('lit_power_upper') }} as lit_power_upper_seconds,
        {{ integer_sum('declared') }} as declared_seconds,
        {{ integer_sum('planned_due_end') }} as planned_due_end_count,
        {{ integer_sum('planned_amended_end') }} as planned_amended_end_count,
        {{ integer_sum('capped_end_lower') }} as capped_end_lower_count,
        {{ integer_sum('capped_end_upper') }} as capped_end_upper_count
    from {{ ref('int_rates__model_days') }}
    group by center_id, model_id, local_day, is_duplicate
),

accelerators as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
),

policy as (
    select {{ policy_number('maintenance_allowance_ratio') }} as allowance_ratio
),

-- What a month allows of its maintenance belongs to no day: running totals give each its share, and lose no second.
{% for scope, keys, condition in [
    ('center', 'center_id, ' ~ month_start('local_day'), 'true'),
    ('all', month_start('local_day'), 'not is_duplicate')
] %}
    maintained_of_{{ scope }} as (
        select
            center_id,
            model_id,
            local_day,
            is_duplicate,
            commissioned_maintenance_seconds,
            sum(commissioned_maintenance_seconds) over (
                partition by {{ keys }}
                order by
                    local_day nulls last, center_id nulls last, model_id nulls last, is_duplicate nulls last
                rows between unbounded preceding and current row
            ) as maintained_until,
            sum(commissioned_maintenance_seconds) over (partition by {{ keys }}) as maintained,
            sum(commissioned_seconds) over (partition by {{ keys }}) as commissioned
        from model_days
        where {{ condition }}
    ),

    allowed_of_{{ scope }} as (
        select
            maintained.*,
            least(
                maintained.maintained, cast(floor(policy.allowance_ratio * maintained.commissioned) as decimal(38, 0))
            ) as allowed
        from maintained_of_{{ scope }} as maintained
        cross join policy
    ),

    allowance_of_{{ scope }} as (
        select
            center_id,
            model_id,
            local_day,
            is_duplicate,
            {{ whole_division(wide('allowed') ~ ' * ' ~ wide('maintained_until'), wide('maintained')) }}
            - {{ whole_division(
                wide('allowed') ~ ' * ' ~ wide('maintained_until - commissioned_maintenance_seconds'),
                wide('maintained')
            ) }} as allowed_seconds
        from allowed_of_{{ scope }}
        where maintained > 0
    ){% if not loop.last %},{% endif %}

{% endfor %}

select
    model_days.center_id,
    model_days.model_id,
    model_days.local_day,
    accelerators.weight_gflops,
    credited_weights.credited_gflops,
    model_days.able_seconds,
    model_days.proven_seconds,
    model_days.lit_lower_seconds,
    model_days.lit_upper_seconds,
    model_days.planned_due_seconds,
    model_days.planned_amended_seconds,
    model_days.capped_lower_seconds,
    model_days.capped_upper_seconds,
    model_days.commissioned_seconds,
    model_days.commissioned_maintenance_seconds,
    model_days.commissioned_fault_seconds,
    coalesce(allowance_of_center.allowed_seconds, 0) as allowed_maintenance_seconds,
    coalesce(allowance_of_all.allowed_seconds, 0) as allowed_maintenance_of_all_seconds,
    model_days.lit_commissioned_lower_seconds,
    model_days.lit_commissioned_upper_seconds,
    model_days.occupied_lower_seconds,
    model_days.occupied_upper_seconds,
    model_days.productive_lower_seconds,
    model_days.productive_upper_seconds,
    model_days.lit_sold_lower_seconds,
    model_days.lit_sold_upper_seconds,
    model_days.business_lower_seconds,
    model_days.business_upper_seconds,
    model_days.external_lower_seconds,
    model_days.external_upper_seconds,
    model_days.own_lower_seconds,
    model_days.own_upper_seconds,
    model_days.business_sold_lower_seconds,
    model_days.business_sold_upper_seconds,
    model_days.external_sold_lower_seconds,
    model_days.external_sold_upper_seconds,
    model_days.own_sold_lower_seconds,
    model_days.own_sold_upper_seconds,
    model_days.productive_sold_lower_seconds,
    model_days.productive_sold_upper_seconds,
    model_days.productive_commissioned_lower_seconds,
    model_days.productive_commissioned_upper_seconds,
    model_days.lit_profiled_seconds,
    model_days.lit_power_lower_seconds,
    model_days.lit_power_upper_seconds,
    model_days.declared_seconds,
    model_days.planned_due_end_count,
    model_days.planned_amended_end_count,
    model_days.capped_end_lower_count,
    model_days.capped_end_upper_count,
    model_days.is_duplicate
from model_days
left join accelerators
    on model_days.model_id = accelerators.model_id
left join {{ ref('int_rates__credited_weights') }} as credited_weights
    on
        model_days.center_id = credited_weights.center_id
        and model_days.model_id = credited_weights.model_id
        and model_days.local_day >= credited_weights.valid_from_on
        and model_days.local_day < coalesce(credited_weights.valid_to_on, cast('9999-12-31' as date))
{% for scope in ['center', 'all'] %}
    left join allowance_of_{{ scope }}
        on
            model_days.center_id = allowance_of_{{ scope }}.center_id
            and model_days.model_id = allowance_of_{{ scope }}.model_id
            and model_days.local_day = allowance_of_{{ scope }}.local_day
            and model_days.is_duplicate = allowance_of_{{ scope }}.is_duplicate
{% endfor %}
