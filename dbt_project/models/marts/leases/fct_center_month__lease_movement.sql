-- Grain: one row per center and billed month with leases.
with movements as (
    select
        movements.*,
        movements.billed_net_cny_fen - movements.billed_before_cny_fen as billed_change_cny_fen,
        movements.sold_card_seconds - movements.sold_before_card_seconds as sold_change_card_seconds
    from {{ ref('int_leases__movements') }} as movements
),

-- Of tenants billed in the same month a year before: what they bring now, and of that at most what they brought then.
year_on_year as (
    select
        now_months.center_id,
        now_months.month_start_on,
        {{ integer_sum('then_months.billed_net_cny_fen') }} as billed_a_year_ago_cny_fen,
        {{ integer_sum('now_months.billed_net_cny_fen') }} as retained_net_cny_fen,
        {{ integer_sum('least(now_months.billed_net_cny_fen, then_months.billed_net_cny_fen)') }}
            as retained_gross_cny_fen
    from {{ ref('int_leases__tenant_months') }} as now_months
    inner join {{ ref('int_leases__tenant_months') }} as then_months
        on
            now_months.center_id = then_months.center_id
            and now_months.tenant_party_id = then_months.tenant_party_id
            and then_months.month_start_on = {{ add_months('now_months.month_start_on', -12) }}
    where then_months.billed_net_cny_fen > 0
    group by now_months.center_id, now_months.month_start_on
),

-- What grows is an expansion even after the end of a lease, when it goes on being billed.
named as (
    select
        movements.*,
        case
            when movements.movement in ('new', 'renewed') then movements.movement
            when movements.billed_change_cny_fen > 0 then 'expanded'
            when movements.movement = 'going_on' then 'reduced'
            else movements.movement
        end as billed_movement,
        case
            when movements.movement in ('new', 'renewed') then movements.movement
            when movements.sold_change_card_seconds > 0 then 'expanded'
            when movements.movement = 'going_on' then 'reduced'
            else movements.movement
        end as sold_movement
    from movements
),

sums as (
    select
        center_id,
        month_start_on,
        {% for movement in ['new', 'renewed', 'expanded', 'reduced', 'cancelled', 'expired'] %}
            {{ integer_sum("case when billed_movement = '" ~ movement ~ "' then billed_change_cny_fen else 0 end") }}
                as {{ movement }}_billed_cny_fen,
            {{ integer_sum("case when sold_movement = '" ~ movement ~ "' then sold_change_card_seconds else 0 end") }}
                as {{ movement }}_sold_card_seconds,
        {% endfor %}
        {{ integer_sum('billed_before_cny_fen') }} as opening_billed_cny_fen,
        {{ integer_sum('billed_net_cny_fen') }} as closing_billed_cny_fen,
        {{ integer_sum('sold_before_card_seconds') }} as opening_sold_card_seconds,
        {{ integer_sum('sold_card_seconds') }} as closing_sold_card_seconds
    from named
    group by center_id, month_start_on
)

select
    sums.center_id,
    sums.month_start_on,
    sums.opening_billed_cny_fen,
    sums.new_billed_cny_fen,
    sums.renewed_billed_cny_fen,
    sums.expanded_billed_cny_fen,
    sums.reduced_billed_cny_fen,
    sums.cancelled_billed_cny_fen,
    sums.expired_billed_cny_fen,
    sums.closing_billed_cny_fen,
    sums.opening_sold_card_seconds,
    sums.new_sold_card_seconds,
    sums.renewed_sold_card_seconds,
    sums.expanded_sold_card_seconds,
    sums.reduced_sold_card_seconds,
    sums.cancelled_sold_card_seconds,
    sums.expired_sold_card_seconds,
    sums.closing_sold_card_seconds,
    year_on_year.billed_a_year_ago_cny_fen,
    year_on_year.retained_net_cny_fen,
    year_on_year.retained_gross_cny_fen,
    {{ ratio('year_on_year.retained_net_cny_fen', 'year_on_year.billed_a_year_ago_cny_fen') }}
        as net_retention_rate,
    {{ ratio('year_on_year.retained_gross_cny_fen', 'year_on_year.billed_a_year_ago_cny_fen') }}
        as gross_retention_rate
from sums
left join year_on_year
    on
        sums.center_id = year_on_year.center_id
        and sums.month_start_on = year_on_year.month_start_on
