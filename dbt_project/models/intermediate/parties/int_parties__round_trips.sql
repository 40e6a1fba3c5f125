-- Grain: one row per circle of payments that ends where it began.
with recursive flows as (
    select
        flow_source || ':' || flow_id as flow_key,
        payer_party_id,
        payee_party_id,
        paid_on,
        amount_cny_fen,
        case visibility when 'bank_statement' then 1 when 'cash_book' then 2 when 'contract' then 3 else 4 end
            as visibility_rank,
        center_id
    from {{ ref('int_parties__flows') }}
    where
        not is_for_goods_delivered
        and amount_cny_fen > 0
),

-- Each next payment starts where the one before ended, not before it, and is of about the amount of the first.
walk as (
    select
        flow_key as first_flow_key,
        payer_party_id as origin_party_id,
        paid_on as first_paid_on,
        amount_cny_fen as first_amount_cny_fen,
        payee_party_id as last_party_id,
        paid_on as last_paid_on,
        flow_key as least_flow_key,
        amount_cny_fen as smallest_amount_cny_fen,
        amount_cny_fen as largest_amount_cny_fen,
        visibility_rank,
        center_id,
        flow_key as flow_keys,
        '|' || payer_party_id || '|' || payee_party_id || '|' as party_path,
        1 as payment_count
    from flows
    union all
    select
        walk.first_flow_key,
        walk.origin_party_id,
        walk.first_paid_on,
        walk.first_amount_cny_fen,
        flows.payee_party_id as last_party_id,
        flows.paid_on as last_paid_on,
        least(walk.least_flow_key, flows.flow_key) as least_flow_key,
        least(walk.smallest_amount_cny_fen, flows.amount_cny_fen) as smallest_amount_cny_fen,
        greatest(walk.largest_amount_cny_fen, flows.amount_cny_fen) as largest_amount_cny_fen,
        greatest(walk.visibility_rank, flows.visibility_rank) as visibility_rank,
        coalesce(walk.center_id, flows.center_id) as center_id,
        walk.flow_keys || ' ' || flows.flow_key as flow_keys,
        walk.party_path || flows.payee_party_id || '|' as party_path,
        walk.payment_count + 1 as payment_count
    from walk
    inner join flows
        on
            walk.last_party_id = flows.payer_party_id
            and walk.last_paid_on <= flows.paid_on
    where
        walk.last_party_id <> walk.origin_party_id
        and walk.payment_count < {{ policy_number('related_cycle_length') }}
        and walk.first_flow_key <> flows.flow_key
        and flows.paid_on < {{ add_days('walk.first_paid_on', policy_number('related_window_days')) }}
        and abs(flows.amount_cny_fen - walk.first_amount_cny_fen)
        <= walk.first_amount_cny_fen * {{ policy_number('related_cycle_tolerance_ratio') }}
        and (
            flows.payee_party_id = walk.origin_party_id
            or instr(walk.party_path, '|' || flows.payee_party_id || '|') = 0
        )
),

-- On one day a circle closes from each of its payments; it is one circle.
closed as (
    select *
    from walk
    where
        last_party_id = origin_party_id
        and (first_paid_on < last_paid_on or first_flow_key = least_flow_key)
),

closed_first as (
    select
        closed.*,
        {{ days_between('closed.first_paid_on', 'closed.last_paid_on') }} as span_days
    from closed
    qualify row_number() over (
        partition by closed.first_flow_key, closed.party_path
        order by closed.last_paid_on nulls last, closed.flow_keys nulls last
    ) = 1
),

-- Rent paid every month would turn one circle into many: of circles that share a payment, the quickest stands.
ranked as (
    select
        closed_first.flow_keys,
        row_number() over (
            partition by flows.flow_key
            order by
                closed_first.span_days nulls last,
                closed_first.payment_count nulls last,
                closed_first.flow_keys nulls last
        ) as place
    from closed_first
    inner join flows
        on instr(' ' || closed_first.flow_keys || ' ', ' ' || flows.flow_key || ' ') > 0
),

quickest as (
    select flow_keys
    from ranked
    group by flow_keys
    having max(place) = 1
),

operators as (
    select
        operator_party_id,
        min(center_id) as center_id
    from {{ ref('stg_registers__centers') }}
    group by operator_party_id
),

-- A circle of register rows alone belongs to the center whose operator it runs through.
through_operators as (
    select
        closed_first.flow_keys,
        min(operators.center_id) as center_id
    from closed_first
    inner join operators
        on instr(closed_first.party_path, '|' || operators.operator_party_id || '|') > 0
    group by closed_first.flow_keys
)

select
    closed_first.flow_keys,
    closed_first.party_path,
    closed_first.origin_party_id,
    cast(closed_first.payment_count as bigint) as party_count,
    closed_first.first_paid_on,
    closed_first.last_paid_on,
    closed_first.first_amount_cny_fen,
    closed_first.smallest_amount_cny_fen,
    closed_first.largest_amount_cny_fen,
    case closed_first.visibility_rank
        when 1 then 'bank_statement' when 2 then 'cash_book' when 3 then 'contract' else 'declared'
    end as visibility,
    coalesce(closed_first.center_id, through_operators.center_id) as center_id
from closed_first
inner join quickest
    on closed_first.flow_keys = quickest.flow_keys
left join through_operators
    on closed_first.flow_keys = through_operators.flow_keys
