-- Grain: one row per subsidy and kind of hours it may be said to have bought, over the days it has covered so far.
-- Delivered is able to run; lit is business; organic is external use by users not related; local is theirs if local.
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

user_hours as (
    select
        terms.programme_id,
        {{ wide_sum("case when users.relation = 'none' then users.gflops_seconds_lower end") }} as organic_lower,
        {{ wide_sum("case when users.relation in ('none', 'in_doubt') then users.gflops_seconds_upper end") }}
            as organic_upper,
        {{ wide_sum(
            "case when users.relation = 'none' and users.locality = 'local' then users.gflops_seconds_lower end"
        ) }} as local_lower,
        {{ wide_sum(
            "case when users.relation in ('none', 'in_doubt') and users.locality <> 'elsewhere' "
            ~ "then users.gflops_seconds_upper end"
        ) }} as local_upper
    from terms
    left join {{ ref('int_subsidy__window_users') }} as users
        on 'programme/' || terms.programme_id = users.window_id
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
