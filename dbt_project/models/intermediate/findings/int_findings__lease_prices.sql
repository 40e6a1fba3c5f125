-- Grain: one row per lease with a price of its own, with the model of most of its cards and when it was agreed.
-- A card-hour costs the price itself, or that of a machine-month over the cards of a machine and the hours of the
-- longest and of the shortest month.
with servers as (
    select
        center_id,
        device_uid,
        max(server_id) as server_id
    from {{ ref('int_inventory__device_states') }}
    group by center_id, device_uid
),

leased_models as (
    select
        lease_spans.lease_id,
        devices.model_id,
        count(*) as card_count,
        count(distinct servers.server_id) as server_count
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            lease_spans.center_id = devices.center_id
            and lease_spans.device_uid = devices.device_uid
    left join servers
        on
            lease_spans.center_id = servers.center_id
            and lease_spans.device_uid = servers.device_uid
    group by lease_spans.lease_id, devices.model_id
),

lease_models as (
    select
        lease_id,
        model_id,
        {{ ratio('card_count', 'server_count') }} as cards_a_machine
    from leased_models
    qualify row_number() over (
        partition by lease_id
        order by card_count desc nulls last, model_id asc nulls last
    ) = 1
),

priced as (
    select
        leases.lease_id,
        leases.center_id,
        leases.tenant_party_id,
        leases.price_unit,
        leases.unit_price_cny_fen,
        lease_models.model_id,
        lease_models.cards_a_machine,
        leases.signed_on,
        {{ local_date('leases.starts_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{
            local_date(
                'least(leases.ends_epoch_seconds, '
                'coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))',
                'centers.time_zone'
            )
        }} as end_day,
        {{ local_date('leases.ends_epoch_seconds', 'centers.time_zone') }} as signed_end_day
    from {{ ref('stg_registers__leases') }} as leases
    inner join lease_models
        on leases.lease_id = lease_models.lease_id
    inner join {{ ref('int_calendar__centers') }} as centers
        on leases.center_id = centers.center_id
    where leases.unit_price_cny_fen > 0
),

-- A price belongs to the month it was agreed in; where nobody told the day of signature, that is the first month.
terms as (
    select
        priced.*,
        coalesce(priced.signed_on, priced.first_day) as agreed_on,
        {{ month_start('coalesce(priced.signed_on, priced.first_day)') }} as agreed_month_on,
        {{ days_between('priced.first_day', 'priced.signed_end_day') }} as term_days
    from priced
)

select
    lease_id,
    center_id,
    tenant_party_id,
    model_id,
    price_unit,
    unit_price_cny_fen,
    case
        when price_unit = 'card_hour' then cast(unit_price_cny_fen as double)
        when price_unit = 'machine_month' then {{ ratio('unit_price_cny_fen', 'cards_a_machine * 31 * 24') }}
    end as card_hour_cny_fen_lower,
    case
        when price_unit = 'card_hour' then cast(unit_price_cny_fen as double)
        when price_unit = 'machine_month' then {{ ratio('unit_price_cny_fen', 'cards_a_machine * 28 * 24') }}
    end as card_hour_cny_fen_upper,
    agreed_on,
    agreed_month_on,
    first_day,
    end_day,
    term_days,
    case
        when term_days <= {{ policy_number('f15_short_term_days') }} then 'short'
        when term_days < {{ policy_number('f15_long_term_days') }} then 'middle'
        else 'long'
    end as term_band
from terms
