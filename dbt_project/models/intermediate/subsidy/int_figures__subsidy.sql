-- Grain: one row per figure of a subsidy as of the build: money in yuan, its local share, and what an hour of use cost.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

accounts as (
    select
        programme_id,
        {{ integer_sum('earned_cny_fen_lower') }} as earned_cny_fen_lower,
        {{ integer_sum('earned_cny_fen_upper') }} as earned_cny_fen_upper,
        {{ integer_sum('net_paid_cny_fen') }} as net_paid_cny_fen,
        {{ integer_sum('clawback_cny_fen_if_lower') }} as clawback_cny_fen_if_lower,
        {{ integer_sum('clawback_cny_fen_if_upper') }} as clawback_cny_fen_if_upper,
        {{ integer_sum('exposure_cny_fen_lower') }} as exposure_cny_fen_lower,
        {{ integer_sum('exposure_cny_fen_upper') }} as exposure_cny_fen_upper
    from {{ ref('int_subsidy__account_settlements') }}
    group by programme_id
),

settlements as (
    select
        terms.programme_id,
        terms.center_id,
        terms.as_of_on,
        {% for column in [
            'earned_cny_fen_lower', 'earned_cny_fen_upper', 'net_paid_cny_fen', 'clawback_cny_fen_if_lower',
            'clawback_cny_fen_if_upper', 'exposure_cny_fen_lower', 'exposure_cny_fen_upper'
        ] -%}
        coalesce(accounts.{{ column }}, 0) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from terms
    left join accounts
        on terms.programme_id = accounts.programme_id
),

costs as (
    select * from {{ ref('int_subsidy__programme_costs') }}
),

local_use as (
    select * from {{ ref('int_subsidy__window_shares') }}
    where
        milestone_id is null
        and is_programme_basis
),

metrics as (
    select
        metric_id,
        unit,
        definition_version
    from {{ ref('metrics') }}
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
),

amounts as (
    {% for metric_id, lower, upper in [
        ('subsidy_earned', 'earned_cny_fen_lower', 'earned_cny_fen_upper'),
        ('subsidy_paid', 'net_paid_cny_fen', 'net_paid_cny_fen'),
        ('subsidy_clawback', 'clawback_cny_fen_if_upper', 'clawback_cny_fen_if_lower'),
        ('subsidy_exposure', 'exposure_cny_fen_lower', 'exposure_cny_fen_upper')
    ] -%}
        select
            '{{ metric_id }}' as metric_id,
            programme_id,
            center_id,
            as_of_on,
            cast({{ lower }} as decimal(38, 0)) as numerator_lower,
            cast({{ upper }} as decimal(38, 0)) as numerator_upper,
            cast(100 as decimal(38, 0)) as denominator,
            {{ ratio(lower, '100') }} as lower,
            {{ ratio(upper, '100') }} as upper,
            cast(null as string) as empty_reason
        from settlements
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Each bound of the share has a denominator of its own; the one named is that of the lower bound.
shares as (
    select
        'subsidy_local_share' as metric_id,
        settlements.programme_id,
        settlements.center_id,
        settlements.as_of_on,
        cast(local_use.local_lower as decimal(38, 0)) as numerator_lower,
        cast(local_use.local_upper as decimal(38, 0)) as numerator_upper,
        cast(local_use.local_lower + local_use.elsewhere_upper as decimal(38, 0))
            as denominator,
        local_use.local_rate_lower as lower,
        local_use.local_rate_upper as upper,
        case when local_use.local_rate_lower is null then 'no_eligible_use' end as empty_reason
    from settlements
    left join local_use
        on settlements.programme_id = local_use.programme_id
),

-- The fewest hours make the dearest: the denominator named is that of the lower bound.
prices as (
    select
        'subsidy_cost_per_' || costs.hours_kind || '_hour' as metric_id,
        settlements.programme_id,
        settlements.center_id,
        settlements.as_of_on,
        cast(costs.net_paid_cny_fen as decimal(38, 0)) as numerator_lower,
        cast(costs.net_paid_cny_fen as decimal(38, 0)) as numerator_upper,
        costs.gflops_seconds_upper as denominator,
        costs.cny_per_p_hour_lower as lower,
        costs.cny_per_p_hour_upper as upper,
        costs.withheld_reason as empty_reason
    from settlements
    inner join costs
        on settlements.programme_id = costs.programme_id
),

measures as (
    select * from amounts
    union all
    select * from shares
    union all
    select * from prices
)

select
    measures.metric_id || '/' || measures.programme_id || '/as_of/' || cast(measures.as_of_on as string) as figure_id,
    measures.metric_id,
    'programme:' || measures.programme_id as basis,
    measures.center_id,
    'as_of' as period_grain,
    measures.as_of_on as period_start,
    {{ add_days('measures.as_of_on', 1) }} as period_end,
    measures.lower,
    measures.upper,
    case when measures.lower = measures.upper then measures.lower end as observed,
    case
        when measures.empty_reason is not null then measures.empty_reason
        when measures.lower < measures.upper then 'bounds_earn_differently'
    end as withheld_reason,
    cast(null as double) as coverage,
    measures.numerator_lower,
    measures.numerator_upper,
    measures.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from measures
inner join metrics
    on measures.metric_id = metrics.metric_id
cross join build
