-- Grain: one row per subsidy and province that its users' codes name; province 0 for users whose code names none.
with users as (
    select
        users.programme_id,
        coalesce(provinces.province_code, 0) as province_code,
        users.locality,
        users.card_seconds_lower,
        users.card_seconds_upper,
        users.gflops_seconds_lower,
        users.gflops_seconds_upper
    from {{ ref('fct_programme_user__use') }} as users
    left join {{ ref('dim_province') }} as provinces
        on users.area_code - users.area_code % 10000 = provinces.province_code
),

by_province as (
    select
        programme_id,
        province_code,
        count(*) as user_count,
        cast(sum(case when locality = 'local' then 1 else 0 end) as bigint) as local_user_count,
        cast(sum(card_seconds_lower) as bigint) as card_seconds_lower,
        cast(sum(card_seconds_upper) as bigint) as card_seconds_upper,
        cast(sum(gflops_seconds_lower) as decimal(38, 0)) as gflops_seconds_lower,
        cast(sum(gflops_seconds_upper) as decimal(38, 0)) as gflops_seconds_upper
    from users
    group by programme_id, province_code
),

programmes as (
    select
        programme_id,
        cast(sum(gflops_seconds_upper) as decimal(38, 0)) as programme_gflops_seconds_upper
    from users
    group by programme_id
)

select
    by_province.programme_id,
    by_province.province_code,
    by_province.user_count,
    by_province.local_user_count,
    by_province.card_seconds_lower,
    by_province.card_seconds_upper,
    by_province.gflops_seconds_lower,
    by_province.gflops_seconds_upper,
    programmes.programme_gflops_seconds_upper,
    cast(by_province.gflops_seconds_upper as double)
    / nullif(cast(programmes.programme_gflops_seconds_upper as double), 0) as share_of_use_upper
from by_province
inner join programmes
    on by_province.programme_id = programmes.programme_id
