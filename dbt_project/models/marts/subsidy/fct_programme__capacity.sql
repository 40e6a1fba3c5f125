-- Grain: one row per subsidy.
with capacity as (
    select * from {{ ref('int_subsidy__programme_capacity') }}
),

terms as (
    select
        programme_id,
        granted_cny_fen
    from {{ ref('int_subsidy__programme_terms') }}
)

select
    capacity.programme_id,
    capacity.center_id,
    capacity.last_day,
    terms.granted_cny_fen,
    capacity.promised_gflops,
    capacity.delivered_gflops_lower,
    capacity.delivered_gflops_upper,
    capacity.lit_gflops_lower,
    capacity.lit_gflops_upper,
    {{ ratio('capacity.delivered_gflops_lower', 'capacity.promised_gflops') }} as delivered_rate_of_promised_lower,
    {{ ratio('capacity.delivered_gflops_upper', 'capacity.promised_gflops') }} as delivered_rate_of_promised_upper,
    {{ ratio('terms.granted_cny_fen * cast(10000 as double)', 'capacity.promised_gflops') }} as cny_per_promised_p,
    {{ ratio('terms.granted_cny_fen * cast(10000 as double)', 'capacity.delivered_gflops_upper') }}
        as cny_per_delivered_p_lower,
    {{ ratio('terms.granted_cny_fen * cast(10000 as double)', 'capacity.delivered_gflops_lower') }}
        as cny_per_delivered_p_upper,
    {{ ratio('terms.granted_cny_fen * cast(10000 as double)', 'capacity.lit_gflops_upper') }} as cny_per_lit_p_lower,
    {{ ratio('terms.granted_cny_fen * cast(10000 as double)', 'capacity.lit_gflops_lower') }} as cny_per_lit_p_upper
from capacity
inner join terms
    on capacity.programme_id = terms.programme_id
