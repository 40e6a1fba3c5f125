-- Grain: one row per center, view and subsidy for which futures were drawn.
with bands as (
    select * from {{ ref('int_payback__outlook_bands') }}
),

summed as (
    select
        center_id,
        view,
        subsidy,
        max(draw_count) as draw_count,
        max(seed) as seed,
        max(month_index) as horizon_months,
        min(case when paid_back_draw_count * 10 >= draw_count then month_index end) as payback_months_p10,
        min(case when paid_back_draw_count * 2 >= draw_count then month_index end) as payback_months_p50,
        min(case when paid_back_draw_count * 10 >= draw_count * 9 then month_index end) as payback_months_p90,
        max(paid_back_draw_count) as paid_back_draw_count
    from bands
    group by center_id, view, subsidy
),

starts as (
    select
        center_id,
        view,
        subsidy,
        opening_balance_cny_fen,
        monthly_cost_cny_fen,
        billed_gross_cny_fen,
        collected_gross_cny_fen,
        collected_share
    from {{ ref('int_payback__outlook_starts') }}
)

select
    summed.center_id,
    summed.view,
    summed.subsidy,
    starts.opening_balance_cny_fen,
    starts.monthly_cost_cny_fen,
    starts.billed_gross_cny_fen,
    starts.collected_gross_cny_fen,
    starts.collected_share,
    summed.payback_months_p10,
    summed.payback_months_p50,
    summed.payback_months_p90,
    case when summed.payback_months_p10 is null then 'never_in_most_draws' end as payback_p10_reason,
    case when summed.payback_months_p50 is null then 'never_in_half_the_draws' end as payback_p50_reason,
    case when summed.payback_months_p90 is null then 'never_in_a_tenth_of_draws' end as payback_p90_reason,
    summed.draw_count - summed.paid_back_draw_count as never_draw_count,
    summed.draw_count,
    {{ ratio('summed.draw_count - summed.paid_back_draw_count', 'summed.draw_count') }} as never_share_of_draws,
    summed.seed,
    summed.horizon_months
from summed
inner join starts
    on
        summed.center_id = starts.center_id
        and summed.view = starts.view
        and summed.subsidy = starts.subsidy
