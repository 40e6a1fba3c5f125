-- Grain: one row per center and category of capex.
with lines as (
    select
        center_id,
        capex_category,
        cast(count(*) as bigint) as line_count,
        {{ integer_sum('net_cny_fen') }} as net_cny_fen,
        {{ integer_sum('gross_cny_fen') }} as gross_cny_fen
    from {{ ref('int_costs__capex_lines') }}
    group by center_id, capex_category
),

totals as (
    select * from {{ ref('int_costs__center_capex') }}
)

select
    lines.center_id,
    lines.capex_category,
    lines.line_count,
    lines.net_cny_fen,
    lines.gross_cny_fen,
    {{ ratio('lines.gross_cny_fen', 'totals.gross_cny_fen') }} as share_of_capex,
    {{ ratio('lines.gross_cny_fen', 'totals.servers_gross_cny_fen') }} as ratio_to_servers
from lines
inner join totals
    on lines.center_id = totals.center_id
