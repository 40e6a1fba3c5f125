-- Grain: one row per center, basis and case: the day at which two levels describe the series best, by least squares.
with cases as (
    select * from {{ ref('int_padding__cases') }}
),

summed as (
    select
        center_id,
        basis,
        bound_case,
        local_day,
        window_end_on,
        cast(sum(lit_share_ppm) over earlier as double) as sum_before,
        count(*) over earlier as days_before,
        cast(sum(lit_share_ppm) over whole as double) as sum_of_all,
        count(*) over whole as days_of_all
    from cases
    window
        earlier as (
            partition by center_id, basis, bound_case
            order by local_day nulls last
            rows between unbounded preceding and 1 preceding
        ),
        whole as (partition by center_id, basis, bound_case)
),

-- The squares left over are least where those explained by the two levels are most.
candidates as (
    select
        summed.*,
        {{ days_between('window_end_on', 'local_day') }} as days_from_window_end,
        summed.sum_before * summed.sum_before / summed.days_before
        + (summed.sum_of_all - summed.sum_before)
        * (summed.sum_of_all - summed.sum_before)
        / (summed.days_of_all - summed.days_before) as explained_squares
    from summed
    where
        summed.days_before >= 2 * {{ policy_number('padding_block_days') }}
        and summed.days_of_all - summed.days_before >= 2 * {{ policy_number('padding_block_days') }}
)

select
    center_id,
    basis,
    bound_case,
    local_day as break_on,
    days_from_window_end,
    sum_before / days_before > (sum_of_all - sum_before) / (days_of_all - days_before) as is_drop
from candidates
qualify row_number() over (
    partition by center_id, basis, bound_case
    order by explained_squares desc nulls last, abs(days_from_window_end) nulls last, local_day asc nulls last
) = 1
