-- Grain: one row per center, view, subsidy and month from the last complete one to the horizon.
with bands as (
    select * from {{ ref('int_payback__outlook_bands') }}
),

starts as (
    select
        center_id,
        view,
        subsidy,
        last_month_on
    from {{ ref('int_payback__outlook_starts') }}
)

select
    bands.center_id,
    bands.view,
    bands.subsidy,
    {{ add_months('starts.last_month_on', 'bands.month_ahead') }} as month_start_on,
    bands.month_index,
    bands.cumulative_net_cash_p10_cny_fen,
    bands.cumulative_net_cash_p50_cny_fen,
    bands.cumulative_net_cash_p90_cny_fen,
    bands.paid_back_draw_count,
    bands.draw_count,
    {{ ratio('bands.paid_back_draw_count', 'bands.draw_count') }} as paid_back_share_of_draws,
    bands.seed
from bands
inner join starts
    on
        bands.center_id = starts.center_id
        and bands.view = starts.view
        and bands.subsidy = starts.subsidy
