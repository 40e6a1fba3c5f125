-- Grain: one row per lease in force or still to begin as of the build.
with backlog as (
    select * from {{ ref('int_leases__backlog') }}
),

parties as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
)

select
    backlog.lease_id,
    backlog.center_id,
    backlog.tenant_party_id,
    coalesce(parties.party_name_zh, backlog.tenant_party_id) as tenant_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, backlog.tenant_party_id) as tenant_name_en,
    backlog.lease_kind,
    backlog.purpose,
    backlog.firmness,
    backlog.starts_on,
    backlog.ends_on,
    backlog.as_of_on,
    backlog.remaining_days,
    backlog.remaining_days <= {{ policy_number('lease_ending_soon_days') }} as is_ending_soon,
    backlog.firmness_weight,
    backlog.last_month_billed_cny_fen,
    {{ ratio('cast(backlog.recent_billed_cny_fen as double) * 3600', 'backlog.recent_sold_card_seconds') }}
        as billed_price_cny_fen_per_card_hour,
    backlog.backlog_cny_fen,
    backlog.weighted_backlog_cny_fen,
    backlog.backlog_reason
from backlog
left join parties
    on backlog.tenant_party_id = parties.party_id
