-- Grain: one row per center, basis and case: valid days, drop, and how many orders of the blocks do as well.
with cases as (
    select * from {{ ref('int_padding__cases') }}
),

block_choices as (
    select * from {{ ref('int_padding__block_choices') }}
),

blocks as (
    select
        center_id,
        basis,
        bound_case,
        block_no,
        is_before,
        count(*) as valid_day_count,
        cast(round({{ ratio('sum(lit_share_ppm)', 'count(*)') }}) as bigint) as lit_share_ppm
    from cases
    group by center_id, basis, bound_case, block_no, is_before
),

block_counts as (
    select
        center_id,
        basis,
        bound_case,
        count(*) as block_count,
        min(valid_day_count) as least_valid_day_count
    from blocks
    group by center_id, basis, bound_case
),

-- Every order of the blocks exchanges some blocks from before for as many from after. It does as well as the order
-- that was observed if those that come in are lit at least as much as those that leave. Only complete series are
-- permuted: a missing block would make half of the exchanges impossible.
choices as (
    select
        blocks.center_id,
        blocks.basis,
        blocks.bound_case,
        blocks.is_before,
        block_choices.choice_no,
        block_choices.chosen_count,
        {{ integer_sum('block_choices.is_chosen * blocks.lit_share_ppm') }} as lit_share_ppm
    from blocks
    inner join block_choices
        on blocks.block_no % block_choices.side_block_count = block_choices.place_no
    inner join block_counts
        on
            blocks.center_id = block_counts.center_id
            and blocks.basis = block_counts.basis
            and blocks.bound_case = block_counts.bound_case
            and block_choices.side_block_count * 2 = block_counts.block_count
    group by
        blocks.center_id,
        blocks.basis,
        blocks.bound_case,
        blocks.is_before,
        block_choices.choice_no,
        block_choices.chosen_count
),

-- Leaving ones stand before entering ones of the same sum, so that the running count has all that are not above.
exchanges as (
    select
        center_id,
        basis,
        bound_case,
        is_before,
        sum(case when is_before then 1 else 0 end) over (
            partition by center_id, basis, bound_case, chosen_count
            order by
                lit_share_ppm asc nulls last,
                case when is_before then 0 else 1 end asc nulls last,
                choice_no asc nulls last
            rows between unbounded preceding and current row
        ) as as_good_way_count,
        sum(case when is_before then 1 else 0 end) over (
            partition by center_id, basis, bound_case, chosen_count
        ) as way_count
    from choices
),

permuted as (
    select
        center_id,
        basis,
        bound_case,
        {{ integer_sum('case when is_before then 0 else way_count end') }} as way_count,
        {{ integer_sum('case when is_before then 0 else as_good_way_count end') }} as as_good_way_count
    from exchanges
    group by center_id, basis, bound_case
),

sides as (
    select
        center_id,
        basis,
        bound_case,
        {{ integer_sum('case when is_before then 1 else 0 end') }} as valid_days_before,
        {{ integer_sum('case when is_before then 0 else 1 end') }} as valid_days_after,
        {{ wide_sum('case when is_before then able_gflops_seconds else 0 end') }} as able_before,
        {{ wide_sum('case when is_before then 0 else able_gflops_seconds end') }} as able_after,
        {{ wide_sum('case when is_before then lit_gflops_seconds else 0 end') }} as lit_before,
        {{ wide_sum('case when is_before then 0 else lit_gflops_seconds end') }} as lit_after
    from cases
    group by center_id, basis, bound_case
),

rated as (
    select
        sides.*,
        {{ ratio('lit_before', 'able_before') }} as lit_rate_before,
        {{ ratio('lit_after', 'able_after') }} as lit_rate_after
    from sides
)

select
    rated.center_id,
    rated.basis,
    rated.bound_case,
    rated.valid_days_before,
    rated.valid_days_after,
    cast(block_counts.block_count as bigint) as block_count,
    cast(block_counts.least_valid_day_count as bigint) as least_valid_days_of_a_block,
    rated.able_before,
    rated.able_after,
    rated.lit_before,
    rated.lit_after,
    rated.lit_rate_before,
    rated.lit_rate_after,
    rated.lit_rate_before - rated.lit_rate_after as drop_of_lit_rate,
    {{ ratio('rated.lit_rate_before - rated.lit_rate_after', 'rated.lit_rate_before') }} as relative_drop,
    permuted.way_count,
    permuted.as_good_way_count,
    {{ ratio('permuted.as_good_way_count', 'permuted.way_count') }} as p_value
from rated
inner join block_counts
    on
        rated.center_id = block_counts.center_id
        and rated.basis = block_counts.basis
        and rated.bound_case = block_counts.bound_case
left join permuted
    on
        rated.center_id = permuted.center_id
        and rated.basis = permuted.basis
        and rated.bound_case = permuted.bound_case
