-- Grain: one row per center with leases in force, still to begin, or billed in the last twelve billed months.
with tenants as (
    select
        center_id,
        cast(count(*) as bigint) as tenant_count,
        max(center_billed_net_cny_fen) as billed_net_cny_fen,
        sum(billed_share * billed_share) as tenant_hhi,
        sum(case when billed_rank <= 1 then billed_share else 0 end) as top_1_share,
        sum(case when billed_rank <= 3 then billed_share else 0 end) as top_3_share
    from {{ ref('int_leases__tenants') }}
    group by center_id
),

backlog as (
    select
        center_id,
        cast(count(*) as bigint) as lease_count,
        {{ integer_sum('backlog_cny_fen') }} as backlog_cny_fen,
        {{ integer_sum('weighted_backlog_cny_fen') }} as weighted_backlog_cny_fen,
        {{ integer_sum('last_month_billed_cny_fen') }} as monthly_billed_cny_fen,
        {% for days in [30, 90, 180] %}
            {{ integer_sum('case when remaining_days <= ' ~ days ~ ' then last_month_billed_cny_fen else 0 end') }}
                as monthly_billed_ending_in_{{ days }}_days_cny_fen,
        {% endfor %}
        {{ integer_sum(
            "case when firmness in ('cancellable', 'framework') then last_month_billed_cny_fen else 0 end"
        ) }} as monthly_billed_cancellable_cny_fen,
        {{ integer_sum("case when backlog_reason is not null then 1 else 0 end") }} as lease_without_backlog_count
    from {{ ref('int_leases__backlog') }}
    group by center_id
),

centers as (
    select center_id from tenants
    union
    select center_id from backlog
)

select
    centers.center_id,
    coalesce(backlog.lease_count, 0) as lease_count,
    coalesce(tenants.tenant_count, 0) as tenant_count,
    coalesce(tenants.billed_net_cny_fen, 0) as billed_net_cny_fen,
    round(tenants.tenant_hhi, 6) as tenant_hhi,
    round(tenants.top_1_share, 6) as top_1_share,
    round(tenants.top_3_share, 6) as top_3_share,
    coalesce(backlog.monthly_billed_cny_fen, 0) as monthly_billed_cny_fen,
    coalesce(backlog.monthly_billed_ending_in_30_days_cny_fen, 0) as monthly_billed_ending_in_30_days_cny_fen,
    coalesce(backlog.monthly_billed_ending_in_90_days_cny_fen, 0) as monthly_billed_ending_in_90_days_cny_fen,
    coalesce(backlog.monthly_billed_ending_in_180_days_cny_fen, 0) as monthly_billed_ending_in_180_days_cny_fen,
    coalesce(backlog.monthly_billed_cancellable_cny_fen, 0) as monthly_billed_cancellable_cny_fen,
    coalesce(backlog.backlog_cny_fen, 0) as backlog_cny_fen,
    coalesce(backlog.weighted_backlog_cny_fen, 0) as weighted_backlog_cny_fen,
    {{ ratio('backlog.weighted_backlog_cny_fen', 'backlog.backlog_cny_fen') }} as backlog_quality_rate,
    coalesce(backlog.lease_without_backlog_count, 0) as lease_without_backlog_count
from centers
left join tenants
    on centers.center_id = tenants.center_id
left join backlog
    on centers.center_id = backlog.center_id
