-- Grain: one row per center and month with energy of machines or of the whole center known throughout.
with months as (
    select * from {{ ref('int_energy__explained_use') }}
)

select
    center_id,
    month_start_on,
    energy_scope,
    energy_wh,
    energy_above_rest_wh,
    card_seconds,
    lit_card_seconds_lower,
    lit_card_seconds_upper,
    full_load_card_seconds,
    lit_card_seconds_at_most,
    explained_verdict
from months
