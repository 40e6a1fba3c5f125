-- Grain: one row per open action: what somebody has to do about one subject of one center, as of the build.
-- Amounts that hang on an action are those of the books; where nothing in the books says one, the value is empty with a
-- reason, never zero.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

centers as (
    select
        centers.center_id,
        {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'Asia/Shanghai')") }} as as_of_on
    from {{ ref('int_calendar__centers') }} as centers
    cross join build
),

prices as (
    select
        center_id,
        max(price_cny_fen_per_card_hour) as price_cny_fen_per_card_hour
    from {{ ref('fct_center__break_even') }}
    group by center_id
),

out_of_service as (
    select
        'cards_' || devices.condition as action_kind,
        devices.center_id,
        devices.server_id as subject_id,
        devices.server_id as subject_zh,
        devices.server_id as subject_en,
        'operations' as owner_role,
        min(devices.since_on) as opened_on,
        cast(null as date) as due_on,
        cast(count(*) as bigint) as quantity,
        cast(round(count(*) * 168 * max(prices.price_cny_fen_per_card_hour)) as bigint) as value_at_stake_cny_fen,
        'week_of_revenue_at_collected_price' as value_basis
    from {{ ref('fct_device__out_of_service') }} as devices
    left join prices
        on devices.center_id = prices.center_id
    group by devices.condition, devices.center_id, devices.server_id
),

latest_week as (
    select max(week_start_on) as week_start_on
    from {{ ref('int_weekly__weeks') }}
    where is_over
),

idle_tenants as (
    select
        mismatch.center_id,
        mismatch.tenant_party_id,
        max(mismatch.tenant_name_zh) as tenant_name_zh,
        max(mismatch.tenant_name_en) as tenant_name_en,
        min(mismatch.week_start_on) as opened_on,
        cast(sum(mismatch.card_count) as bigint) as quantity
    from {{ ref('fct_server_week__mismatch') }} as mismatch
    inner join latest_week
        on mismatch.week_start_on = latest_week.week_start_on
    where mismatch.tenant_party_id <> 'none'
    group by mismatch.center_id, mismatch.tenant_party_id
    having
        sum(mismatch.sold_idle_card_seconds)
        >= {{ policy_number('weekly_idle_share_of_sold') }} * sum(mismatch.sold_card_seconds)
),

idle_sold as (
    select
        'sold_idle' as action_kind,
        idle_tenants.center_id,
        idle_tenants.tenant_party_id as subject_id,
        idle_tenants.tenant_name_zh as subject_zh,
        idle_tenants.tenant_name_en as subject_en,
        'customer_success' as owner_role,
        idle_tenants.opened_on,
        cast(null as date) as due_on,
        idle_tenants.quantity,
        cast(sum(backlog.last_month_billed_cny_fen) as bigint) as value_at_stake_cny_fen,
        'month_billed' as value_basis
    from idle_tenants
    left join {{ ref('fct_lease__backlog') }} as backlog
        on
            idle_tenants.center_id = backlog.center_id
            and idle_tenants.tenant_party_id = backlog.tenant_party_id
    group by
        idle_tenants.center_id,
        idle_tenants.tenant_party_id,
        idle_tenants.tenant_name_zh,
        idle_tenants.tenant_name_en,
        idle_tenants.opened_on,
        idle_tenants.quantity
),

notice as (
    select
        cast({{ policy_number('weekly_lease_notice_days') }} as integer) as lease_notice_days,
        cast({{ policy_number('weekly_invoice_due_days') }} as integer) as invoice_due_days
),

ending_leases as (
    select
        'lease_ending' as action_kind,
        backlog.center_id,
        backlog.lease_id as subject_id,
        backlog.lease_id || '：' || backlog.tenant_name_zh as subject_zh,
        backlog.lease_id || ': ' || backlog.tenant_name_en as subject_en,
        'sales' as owner_role,
        greatest(backlog.starts_on, {{ add_days('backlog.ends_on', '-notice.lease_notice_days') }}) as opened_on,
        backlog.ends_on as due_on,
        cast(1 as bigint) as quantity,
        backlog.last_month_billed_cny_fen as value_at_stake_cny_fen,
        'month_billed' as value_basis
    from {{ ref('fct_lease__backlog') }} as backlog
    cross join notice
    where backlog.remaining_days <= notice.lease_notice_days
),

late_periods as (
    select
        commitment_id,
        min(due_on) as due_on
    from {{ ref('fct_commitment_period__offtake') }}
    where outstanding_cny_fen > 0
    group by commitment_id
),

state_days as (
    select
        commitment_id,
        local_day,
        state,
        lag(state) over (partition by commitment_id order by local_day nulls last) as state_before
    from {{ ref('fct_commitment_day__offtake_state') }}
),

states as (
    select
        commitment_id,
        max(local_day) as since_on
    from state_days
    where state is distinct from state_before
    group by commitment_id
),

commitments as (
    select
        'commitment_' || commitments.state as action_kind,
        commitments.center_id,
        commitments.commitment_id as subject_id,
        commitments.commitment_id || '：' || commitments.vendor_name_zh as subject_zh,
        commitments.commitment_id || ': ' || commitments.vendor_name_en as subject_en,
        'vendor_management' as owner_role,
        states.since_on as opened_on,
        late_periods.due_on,
        cast(1 as bigint) as quantity,
        nullif(commitments.outstanding_cny_fen, 0) as value_at_stake_cny_fen,
        'true_up_outstanding' as value_basis
    from {{ ref('dim_commitment') }} as commitments
    left join late_periods
        on commitments.commitment_id = late_periods.commitment_id
    left join states
        on commitments.commitment_id = states.commitment_id
    where
        commitments.state in ('at_risk', 'shortfall_open', 'in_breach', 'in_breach_uncured', 'lapsed')
        or commitments.outstanding_cny_fen > 0
),

due_lines as (
    select
        lines.center_id,
        coalesce(lines.payer_party_id, 'none') as payer_party_id,
        {{ add_days('lines.issued_on', 'notice.invoice_due_days') }} as due_on,
        lines.billed_cny_fen - lines.received_cny_fen as open_cny_fen
    from {{ ref('fct_invoice_line__collection') }} as lines
    cross join notice
    where lines.billed_cny_fen > lines.received_cny_fen
),

unpaid as (
    select
        'invoices_unpaid' as action_kind,
        due_lines.center_id,
        due_lines.payer_party_id as subject_id,
        max(coalesce(parties.party_name_zh, due_lines.payer_party_id)) as subject_zh,
        max(coalesce(parties.party_name_en, parties.party_name_zh, due_lines.payer_party_id)) as subject_en,
        'finance' as owner_role,
        min(due_lines.due_on) as opened_on,
        cast(null as date) as due_on,
        cast(count(*) as bigint) as quantity,
        cast(sum(due_lines.open_cny_fen) as bigint) as value_at_stake_cny_fen,
        'billed_not_received' as value_basis
    from due_lines
    inner join centers
        on due_lines.center_id = centers.center_id and due_lines.due_on <= centers.as_of_on
    left join {{ ref('stg_registers__parties') }} as parties
        on due_lines.payer_party_id = parties.party_id
    group by due_lines.center_id, due_lines.payer_party_id
),

covered_days as (
    select
        center_id,
        local_day,
        coverage,
        expected_card_seconds
    from {{ ref('fct_center_day__data_quality') }}
    where expected_card_seconds > 0
),

last_covered as (
    select
        center_id,
        max(local_day) as last_day_on,
        coalesce(
            {{
                add_days(
                    'max(case when coverage >= ' ~ policy_number('coverage_hatched') ~ ' then local_day end)', 1
                )
            }},
            min(local_day)
        ) as opened_on
    from covered_days
    group by center_id
),

uncovered as (
    select
        'coverage_low' as action_kind,
        center_id,
        center_id as subject_id,
        center_id as subject_zh,
        center_id as subject_en,
        'data_steward' as owner_role,
        opened_on,
        cast(null as date) as due_on,
        {{ days_between('opened_on', add_days('last_day_on', 1)) }} as quantity,
        cast(null as bigint) as value_at_stake_cny_fen,
        'no_amount_in_the_books' as value_basis
    from last_covered
    where opened_on <= last_day_on
),

set_aside as (
    select
        'rows_' || rows_set_aside.standing as action_kind,
        coalesce(rows_set_aside.center_id, 'none') as center_id,
        rows_set_aside.reason_code as subject_id,
        rows_set_aside.reason_code as subject_zh,
        rows_set_aside.reason_code as subject_en,
        'data_steward' as owner_role,
        min(
            {{ local_date(epoch_seconds('rows_set_aside.recorded_at'), "'Asia/Shanghai'") }}
        ) as opened_on,
        cast(null as date) as due_on,
        cast(sum(rows_set_aside.row_count) as bigint) as quantity,
        cast(null as bigint) as value_at_stake_cny_fen,
        'no_amount_in_the_books' as value_basis
    from {{ ref('fct_row__set_aside') }} as rows_set_aside
    group by rows_set_aside.standing, coalesce(rows_set_aside.center_id, 'none'), rows_set_aside.reason_code
),

milestones as (
    select
        'milestone_open' as action_kind,
        milestones.center_id,
        milestones.milestone_id as subject_id,
        milestones.milestone_id as subject_zh,
        milestones.milestone_id as subject_en,
        'subsidy_officer' as owner_role,
        milestones.due_on as opened_on,
        milestones.due_on,
        cast(1 as bigint) as quantity,
        {{ whole_division(wide('programmes.granted_cny_fen') ~ ' * milestones.weight_bp', '10000') }}
            as value_at_stake_cny_fen,
        'grant_of_the_milestone' as value_basis
    from {{ ref('fct_milestone__subsidy') }} as milestones
    left join {{ ref('fct_programme__subsidy') }} as programmes
        on milestones.programme_id = programmes.programme_id
    where milestones.is_due and milestones.declared_state <> 'met'
),

actions as (
    {% for source in [
        'out_of_service', 'idle_sold', 'ending_leases', 'commitments', 'unpaid', 'uncovered', 'set_aside', 'milestones'
    ] %}
        select * from {{ source }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

latest as (
    select max(as_of_on) as as_of_on
    from centers
),

dated as (
    select
        actions.*,
        coalesce(centers.as_of_on, latest.as_of_on) as as_of_on
    from actions
    cross join latest
    left join centers
        on actions.center_id = centers.center_id
)

select
    action_kind,
    center_id,
    subject_id,
    subject_zh,
    subject_en,
    owner_role,
    opened_on,
    due_on,
    as_of_on,
    {{ days_between('opened_on', 'as_of_on') }} as age_days,
    quantity,
    value_at_stake_cny_fen,
    case when value_at_stake_cny_fen is null then 'no_amount_in_the_books' else value_basis end as value_basis
from dated
