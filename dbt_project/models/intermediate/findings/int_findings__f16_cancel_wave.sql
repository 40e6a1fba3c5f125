-- Grain: one row per center, or tenant, and quarter: leases of more than a share of what is sold are cancelled within a
-- window, or one tenant holds more than a share of it. A lease that ends as signed is no cancellation. Shares are of
-- PFLOPS, cards of unknown weight left out.
with lease_weights as (
    select
        lease_spans.center_id,
        lease_spans.lease_id,
        sum(accelerators.weight_gflops) as gflops
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            lease_spans.center_id = devices.center_id
            and lease_spans.device_uid = devices.device_uid
    inner join {{ ref('accelerators') }} as accelerators
        on devices.model_id = accelerators.model_id
    group by lease_spans.center_id, lease_spans.lease_id
),

as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

leases as (
    select
        leases.center_id,
        leases.lease_id,
        leases.tenant_party_id,
        leases.starts_epoch_seconds,
        leases.cancelled_epoch_seconds,
        coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds) as left_epoch_seconds,
        lease_weights.gflops,
        centers.time_zone,
        as_of.as_of_epoch_seconds
    from {{ ref('stg_registers__leases') }} as leases
    inner join lease_weights
        on leases.lease_id = lease_weights.lease_id
    inner join {{ ref('int_calendar__centers') }} as centers
        on leases.center_id = centers.center_id
    cross join as_of
    where leases.purpose in ('external_paid', 'external_voucher')
),

cancellations as (
    select * from leases
    where
        cancelled_epoch_seconds < as_of_epoch_seconds
        and cancelled_epoch_seconds > starts_epoch_seconds
),

in_force as (
    select
        cancellations.lease_id,
        sum(leases.gflops) as gflops
    from cancellations
    inner join leases
        on
            cancellations.center_id = leases.center_id
            and leases.starts_epoch_seconds < cancellations.cancelled_epoch_seconds
            and leases.left_epoch_seconds >= cancellations.cancelled_epoch_seconds
    group by cancellations.lease_id
),

waves as (
    select
        first_one.center_id,
        first_one.lease_id,
        first_one.time_zone,
        first_one.cancelled_epoch_seconds,
        count(*) as lease_count,
        max(others.lease_id) as last_lease_id,
        {{ ratio('sum(others.gflops)', 'max(in_force.gflops)') }} as cancelled_share
    from cancellations as first_one
    inner join cancellations as others
        on
            first_one.center_id = others.center_id
            and others.cancelled_epoch_seconds >= first_one.cancelled_epoch_seconds
            and others.cancelled_epoch_seconds
            < first_one.cancelled_epoch_seconds + 86400 * {{ policy_number('f16_window_days') }}
    inner join in_force
        on first_one.lease_id = in_force.lease_id
    group by first_one.center_id, first_one.lease_id, first_one.time_zone, first_one.cancelled_epoch_seconds
),

waves_found as (
    select
        center_id,
        'center' as subject_kind,
        center_id as subject_id,
        {{ local_date('cancelled_epoch_seconds', 'time_zone') }} as first_day,
        cancelled_share as observed,
        {{ policy_number('f16_cancel_share') }} as expected,
        false as is_weak,
        lease_count as evidence_count,
        lease_id as first_evidence_key,
        last_lease_id as last_evidence_key
    from waves
    where cancelled_share > {{ policy_number('f16_cancel_share') }}
),

held as (
    select
        center_id,
        tenant_party_id,
        max(time_zone) as time_zone,
        max(as_of_epoch_seconds) as as_of_epoch_seconds,
        count(*) as lease_count,
        min(lease_id) as first_lease_id,
        max(lease_id) as last_lease_id,
        sum(gflops) as gflops,
        sum(sum(gflops)) over (partition by center_id) as center_gflops
    from leases
    where starts_epoch_seconds < as_of_epoch_seconds and left_epoch_seconds >= as_of_epoch_seconds
    group by center_id, tenant_party_id
),

tenants_found as (
    select
        center_id,
        'party' as subject_kind,
        tenant_party_id as subject_id,
        {{ local_date('as_of_epoch_seconds', 'time_zone') }} as first_day,
        {{ ratio('gflops', 'center_gflops') }} as observed,
        {{ policy_number('f16_top_tenant_share') }} as expected,
        true as is_weak,
        lease_count as evidence_count,
        first_lease_id as first_evidence_key,
        last_lease_id as last_evidence_key
    from held
    where gflops > {{ policy_number('f16_top_tenant_share') }} * center_gflops
),

together as (
    select * from waves_found
    union all
    select * from tenants_found
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(first_day)', policy_number('f16_window_days')) }} as period_end_on,
        max(observed) as observed,
        max(expected) as expected,
        'holds' as verdict,
        min(case when is_weak then 1 else 0 end) = 1 as is_weak,
        case when min(case when is_weak then 1 else 0 end) = 1 then 0.1 else 0.4 end as confidence,
        max(evidence_count) as evidence_count,
        min(first_evidence_key) as first_evidence_key,
        max(last_evidence_key) as last_evidence_key
    from together
    group by center_id, subject_kind, subject_id, {{ quarter_start('first_day') }}
)

{{ finding_shape('F16', 'found') }}
