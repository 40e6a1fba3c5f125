-- Grain: one row per registered metric, kind of scope, scope, period grain and start of the period.
-- Which parts a metric is made of stands in the seed metric_parts; this is the only division.
with allowance as (
    select {{ policy_number('maintenance_allowance_ratio') }} as allowance_ratio
),

sums as (
    select
        {% for weight in ['card', 'pflops'] %}
            scope_sums.commissioned_{{ weight }} - scope_sums.commissioned_maintenance_{{ weight }}
                as commissioned_net_{{ weight }},
            scope_sums.commissioned_{{ weight }} - scope_sums.commissioned_maintenance_{{ weight }}
            - scope_sums.commissioned_fault_{{ weight }} as commissioned_available_{{ weight }},
            scope_sums.commissioned_{{ weight }} - least(
                scope_sums.commissioned_maintenance_{{ weight }},
                cast(floor(allowance.allowance_ratio * scope_sums.commissioned_{{ weight }}) as decimal(38, 0))
            ) as commissioned_allowance_{{ weight }},
        {% endfor %}
        scope_sums.*
    from {{ ref('int_rates__scope_sums') }} as scope_sums
    cross join allowance
),

parts as (
    select
        metrics.metric_id,
        metrics.observed_rule,
        metrics.gap_reason,
        sums.scope_kind,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        cast({{ part_value('metrics.lower_part') }} as decimal(38, 0)) as numerator_lower,
        cast({{ part_value('metrics.upper_part') }} as decimal(38, 0)) as numerator_upper,
        cast({{ part_value('metrics.denominator_part') }} as decimal(38, 0)) as denominator,
        cast({{ part_value('metrics.known_part') }} as decimal(38, 0)) as known_part,
        cast({{ part_value('metrics.coverage_part') }} as decimal(38, 0)) as coverage_part
    from sums
    inner join {{ ref('metric_parts') }} as metrics
        on
            concat(';', metrics.scope_kinds, ';') like concat('%;', sums.scope_kind, ';%')
            and concat(';', metrics.period_grains, ';') like concat('%;', sums.period_grain, ';%')
),

rates as (
    select
        parts.*,
        {{ ratio('parts.numerator_lower', 'parts.denominator') }} as lower,
        {{ ratio('parts.numerator_upper', 'parts.denominator') }} as upper,
        {{ ratio('parts.known_part', 'parts.coverage_part') }} as coverage,
        {{ ratio('parts.numerator_lower', 'parts.known_part') }} as rate_of_known
    from parts
),

solid as (
    select {{ policy_number('coverage_solid') }} as coverage_solid
)

select
    rates.metric_id,
    rates.scope_kind,
    rates.scope_id,
    rates.period_grain,
    rates.period_start_on,
    case rates.period_grain
        when 'day' then {{ add_days('rates.period_start_on', 1) }}
        when 'week' then {{ add_days('rates.period_start_on', 7) }}
        else {{ add_months('rates.period_start_on', 1) }}
    end as period_end_on,
    rates.lower,
    rates.upper,
    case
        when rates.denominator = 0 then null
        when rates.observed_rule = 'known'
            then case when rates.coverage >= solid.coverage_solid then rates.rate_of_known end
        when rates.numerator_lower = rates.numerator_upper then rates.lower
    end as observed,
    case
        when rates.denominator = 0 then 'empty_denominator'
        when rates.observed_rule = 'known' and rates.known_part = 0 then 'nothing_known'
        when rates.observed_rule = 'known' and rates.coverage < solid.coverage_solid then 'coverage_below_95_pct'
        when rates.observed_rule = 'exact' and rates.numerator_lower < rates.numerator_upper then rates.gap_reason
    end as withheld_reason,
    rates.coverage,
    rates.numerator_lower,
    rates.numerator_upper,
    rates.denominator
from rates
cross join solid
