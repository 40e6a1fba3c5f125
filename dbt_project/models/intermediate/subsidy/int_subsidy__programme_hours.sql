-- Grain: one row per subsidy and kind of hours it may be said to have bought, over the days it has covered so far.
-- Delivered is able to run; lit is business; organic is as defined for all of the product, and not by whoever took the
-- grant or theirs; local is the organic use of local users.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

center_hours as (
    select
        terms.programme_id,
        {{ wide_sum('use_days.able_gflops_seconds_lower') }} as delivered_lower,
        {{ wide_sum('use_days.able_gflops_seconds_upper') }} as delivered_upper,
        {{ wide_sum('use_days.business_gflops_seconds_lower') }} as lit_lower,
        {{ wide_sum('use_days.business_gflops_seconds_upper') }} as lit_upper
    from terms
    left join {{ ref('int_subsidy__use_days') }} as use_days
        on
            terms.center_id = use_days.center_id
            and terms.valid_from <= use_days.local_day
            and use_days.local_day < terms.covered_to
    group by terms.programme_id
),

users as (
    select * from {{ ref('int_subsidy__window_users') }}
    where
        milestone_id is null
        and relation not in ('self', 'related_to_operator')
),

user_hours as (
    select
        terms.programme_id,
        {{ wide_sum('users.organic_gflops_seconds_lower') }} as organic_lower,
        {{ wide_sum('users.organic_gflops_seconds_upper') }} as organic_upper,
        {{ wide_sum("case when users.locality = 'local' then users.organic_gflops_seconds_lower end") }}
            as local_lower,
        {{ wide_sum("case when users.locality <> 'elsewhere' then users.organic_gflops_seconds_upper end") }}
            as local_upper
    from terms
    left join users
        on terms.programme_id = users.programme_id
    group by terms.programme_id
)

{% for kind, source in [
    ('delivered', 'center_hours'), ('lit', 'center_hours'), ('organic', 'user_hours'), ('local', 'user_hours')
] %}
    select
        programme_id,
        '{{ kind }}' as hours_kind,
        {{ kind }}_lower as gflops_seconds_lower,
        {{ kind }}_upper as gflops_seconds_upper
    from {{ source }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
