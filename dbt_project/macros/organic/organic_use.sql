{#
    Lit card time of each center and period by class of use, with the time not known to be lit as a class of its own.
    `period`: local_day or month_start_on. The same rows for days and months, so that months are sums of days.
#}
{% macro organic_use(period) %}
with use_days as (
    select
        *,
        {{ month_start('local_day') }} as month_start_on
    from {{ ref('int_organic__use_days') }}
),

classes as (
    select
        named.use_class,
        named.class_order
    from (
        values
        ('external_unrelated', 1), ('vendor_funded', 2), ('related', 3), ('own', 4),
        ('test', 5), ('suspect_synthetic', 6), ('unknown', 7), ('not_known_lit', 8)
    ) as named (use_class, class_order)
),

periods as (
    select
        center_id,
        {{ period }},
        {{ integer_sum('able_card_seconds') }} as able_card_seconds,
        {{ integer_sum('lit_card_seconds') }} as center_lit_card_seconds,
        {{ integer_sum('judged_lit_card_seconds') }} as judged_lit_card_seconds,
        {{ wide_sum('able_gflops_seconds') }} as able_gflops_seconds,
        {{ wide_sum('lit_gflops_seconds') }} as center_lit_gflops_seconds
    from use_days
    group by center_id, {{ period }}
),

-- External use is parted into what a vendor had paid for and the rest.
pieces as (
    select
        center_id,
        {{ period }},
        case when use_class = 'external' then 'external_unrelated' else use_class end as use_class,
        lit_card_seconds - suspect_card_seconds - funded_lit_card_seconds as card_seconds,
        lit_gflops_seconds - suspect_gflops_seconds - funded_lit_gflops_seconds as gflops_seconds,
        case
            when is_soft_related and use_class = 'external'
                then lit_card_seconds - suspect_card_seconds - funded_lit_card_seconds
            else 0
        end as soft_card_seconds,
        suspect_card_seconds
    from use_days
    union all
    select
        center_id,
        {{ period }},
        'vendor_funded' as use_class,
        funded_lit_card_seconds as card_seconds,
        funded_lit_gflops_seconds as gflops_seconds,
        0 as soft_card_seconds,
        0 as suspect_card_seconds
    from use_days
    union all
    select
        center_id,
        {{ period }},
        'suspect_synthetic' as use_class,
        suspect_card_seconds as card_seconds,
        suspect_gflops_seconds as gflops_seconds,
        0 as soft_card_seconds,
        0 as suspect_card_seconds
    from use_days
    union all
    select
        center_id,
        {{ period }},
        'not_known_lit' as use_class,
        unknown_card_seconds as card_seconds,
        unknown_gflops_seconds as gflops_seconds,
        0 as soft_card_seconds,
        0 as suspect_card_seconds
    from use_days
),

summed as (
    select
        center_id,
        {{ period }},
        use_class,
        {{ integer_sum('card_seconds') }} as card_seconds,
        {{ wide_sum('gflops_seconds') }} as gflops_seconds,
        {{ integer_sum('soft_card_seconds') }} as soft_card_seconds,
        {{ integer_sum('suspect_card_seconds') }} as suspect_card_seconds
    from pieces
    group by center_id, {{ period }}, use_class
),

judged as (
    select
        periods.*,
        classes.use_class,
        cast(classes.class_order as bigint) as class_order,
        classes.use_class = 'suspect_synthetic' and periods.judged_lit_card_seconds = 0 as is_not_judged,
        coalesce(summed.card_seconds, 0) as card_seconds,
        coalesce(summed.gflops_seconds, 0) as gflops_seconds,
        coalesce(summed.soft_card_seconds, 0) as soft_card_seconds,
        coalesce(summed.suspect_card_seconds, 0) as suspect_card_seconds
    from periods
    cross join classes
    left join summed
        on
            periods.center_id = summed.center_id
            and periods.{{ period }} = summed.{{ period }}
            and classes.use_class = summed.use_class
)

select
    center_id,
    {{ period }},
    use_class,
    class_order,
    able_card_seconds,
    center_lit_card_seconds,
    case when not is_not_judged then card_seconds end as card_seconds,
    case when not is_not_judged then soft_card_seconds end as soft_related_card_seconds,
    suspect_card_seconds as suspect_taken_out_card_seconds,
    judged_lit_card_seconds,
    able_gflops_seconds,
    center_lit_gflops_seconds,
    case when not is_not_judged then cast(gflops_seconds as decimal(38, 0)) end as gflops_seconds,
    case
        when not is_not_judged and use_class <> 'not_known_lit'
            then {{ ratio('card_seconds', 'center_lit_card_seconds') }}
    end as share_of_lit,
    case when not is_not_judged then {{ ratio('card_seconds', 'able_card_seconds') }} end as share_of_able,
    case
        when is_not_judged then 'not_judged_yet'
        when use_class = 'suspect_synthetic' then 'findings_upper_bound'
        else 'registers_and_telemetry'
    end as basis
from judged
{% endmacro %}
