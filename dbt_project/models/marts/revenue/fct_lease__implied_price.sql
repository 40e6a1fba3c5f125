-- Grain: one row per lease billed in its center's last twelve billed months.
with years as (
    select * from {{ ref('int_revenue__lease_years') }}
)

select
    center_id,
    lease_id,
    first_month_on,
    end_on,
    billed_net_cny_fen,
    billed_gross_cny_fen,
    sold_card_seconds,
    sold_gflops_seconds,
    sold_marketed_gflops_seconds,
    -- fen over card-seconds, 36 times, is yuan per card-hour; a PFLOPS-year is a million GFLOPS over 8,760 hours
    {{ ratio('billed_net_cny_fen * 36', 'sold_card_seconds') }} as net_cny_per_card_hour,
    {{ ratio('billed_gross_cny_fen * 36', 'sold_card_seconds') }} as gross_cny_per_card_hour,
    {{ ratio('cast(billed_gross_cny_fen as double) * 315360000000', 'sold_gflops_seconds') }}
        as gross_cny_per_dense_pflops_year,
    {{ ratio('cast(billed_gross_cny_fen as double) * 315360000000', 'sold_marketed_gflops_seconds') }}
        as gross_cny_per_marketed_pflops_year
from years
