-- Grain: one row per window and basis: how much of the eligible use is that of local users, at both bounds.
-- The lower bound takes what is certainly local over all that may be elsewhere; the upper bound the other way round.
{%- set bases = {
    'pflops_hours': ('gflops_seconds_lower', 'gflops_seconds_upper'),
    'card_hours': ('card_seconds_lower', 'card_seconds_upper'),
    'spend': ('spend_cny_fen_lower', 'spend_cny_fen_upper'),
    'firms': ('case when card_seconds_lower > 0 then 1 else 0 end', 'case when card_seconds_upper > 0 then 1 else 0 end')
} %}
with window_users as (
    select * from {{ ref('int_subsidy__window_users') }}
    where eligibility <> 'excluded'
),

terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

amounts as (
    {% for basis, (lower, upper) in bases.items() %}
        select
            window_id,
            programme_id,
            milestone_id,
            '{{ basis }}' as basis,
            locality,
            eligibility,
            cast({{ lower }} as decimal(38, 0)) as amount_lower,
            cast({{ upper }} as decimal(38, 0)) as amount_upper
        from window_users
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

sums as (
    select
        window_id,
        programme_id,
        milestone_id,
        basis,
        {{ wide_sum("case when locality = 'local' and eligibility = 'eligible' then amount_lower end") }}
            as local_lower,
        {{ wide_sum("case when locality <> 'elsewhere' then amount_upper end") }} as local_upper,
        {{ wide_sum("case when locality = 'elsewhere' and eligibility = 'eligible' then amount_lower end") }}
            as elsewhere_lower,
        {{ wide_sum("case when locality <> 'local' then amount_upper end") }} as elsewhere_upper,
        {{ wide_sum("case when locality = 'unknown' then amount_upper end") }} as unknown_upper
    from amounts
    group by window_id, programme_id, milestone_id, basis
)

select
    sums.window_id,
    sums.programme_id,
    sums.milestone_id,
    sums.basis,
    sums.basis = terms.local_use_basis as is_programme_basis,
    sums.local_lower,
    sums.local_upper,
    sums.elsewhere_lower,
    sums.elsewhere_upper,
    sums.unknown_upper,
    {{ ratio('sums.local_lower', 'sums.local_lower + sums.elsewhere_upper') }} as local_rate_lower,
    {{ ratio('sums.local_upper', 'sums.local_upper + sums.elsewhere_lower') }} as local_rate_upper
from sums
inner join terms
    on sums.programme_id = terms.programme_id
