-- Grain: one row per lease in force or to begin that outsiders pay for; what its cards are worth, bring and cost.
with leases as (
    select
        lease_id,
        center_id,
        tenant_party_id,
        lease_kind,
        starts_on,
        ends_on,
        greatest({{ month_number('ends_on') }} - {{ month_number('starts_on') }}, 1) as term_months
    from {{ ref('int_leases__backlog') }}
    where purpose in ('external_paid', 'external_voucher')
),

decay as (
    select {{ policy_number('economics_market_decay_rate') }} as market_decay_rate
),

as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

-- Used cards are worth less than new ones: what the center gives away is what they could have been sold for that day.
cards as (
    select
        leases.lease_id,
        min(cards.model_id) as model_id,
        count(distinct cards.model_id) as model_count,
        cast(count(*) as bigint) as card_count,
        max(cards.cost_reason) as cost_reason,
        count(cards.card_cost_cny_fen) as known_cost_count,
        sum(
            cards.card_cost_cny_fen * power(
                1 - decay.market_decay_rate,
                greatest(
                    {{ month_number('leases.starts_on') }} - {{ month_number('cards.installed_on') }}, 0
                ) / cast(12 as double)
            )
        ) as start_value_cny_fen,
        sum(
            cards.card_cost_cny_fen * power(
                1 - decay.market_decay_rate,
                greatest(
                    {{ month_number('leases.ends_on') }} - {{ month_number('cards.installed_on') }}, 0
                ) / cast(12 as double)
            )
        ) as end_value_cny_fen
    from leases
    inner join {{ ref('int_inventory__lease_device_spans') }} as spans
        on leases.lease_id = spans.lease_id
    inner join {{ ref('int_worth__cards') }} as cards
        on
            spans.center_id = cards.center_id
            and spans.device_uid = cards.device_uid
    cross join decay
    cross join as_of
    where spans.allocated_to_epoch_seconds >= as_of.as_of_epoch_seconds
    group by leases.lease_id
),

ranked as (
    select
        lease_id,
        billed_net_cny_fen,
        sold_card_seconds,
        row_number() over (partition by lease_id order by month_start_on desc nulls last) as months_back
    from {{ ref('int_leases__months') }}
),

recent as (
    select
        lease_id,
        cast(count(*) as bigint) as month_count,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('sold_card_seconds') }} as sold_card_seconds
    from ranked
    where months_back <= 3
    group by lease_id
),

-- Each card that is able to run carries the same share of what the center costs to run.
running as (
    select
        center_id,
        {{ ratio('fixed_opex_cny_fen + energy_cny_fen', 'racked_card_seconds_upper') }}
            as running_cny_fen_per_card_second
    from {{ ref('int_payback__trailing_years') }}
)

select
    leases.lease_id,
    leases.center_id,
    leases.tenant_party_id,
    leases.lease_kind,
    leases.starts_on,
    leases.ends_on,
    leases.term_months,
    case when cards.model_count = 1 then cards.model_id end as model_id,
    coalesce(cards.card_count, 0) as card_count,
    cast(round(cards.start_value_cny_fen) as bigint) as start_value_cny_fen,
    cast(round(cards.end_value_cny_fen) as bigint) as end_value_cny_fen,
    recent.billed_net_cny_fen as recent_billed_cny_fen,
    recent.sold_card_seconds as recent_sold_card_seconds,
    cast(round({{ ratio('recent.billed_net_cny_fen', 'recent.month_count') }}) as bigint) as monthly_rent_cny_fen,
    cast(
        round(
            {{ ratio('recent.sold_card_seconds', 'recent.month_count') }} * running.running_cny_fen_per_card_second
        ) as bigint
    ) as monthly_cost_cny_fen,
    case
        when recent.month_count is null then 'not_billed_yet'
        when cards.lease_id is null then 'no_cards'
        when cards.cost_reason is not null or cards.known_cost_count < cards.card_count
            then coalesce(cards.cost_reason, 'cost_by_model_unknown')
        when running.running_cny_fen_per_card_second is null then 'running_cost_unknown'
    end as deal_reason
from leases
left join cards
    on leases.lease_id = cards.lease_id
left join recent
    on leases.lease_id = recent.lease_id
left join running
    on leases.center_id = running.center_id
