-- Grain: one row per subsidy: the terms it is judged by.
-- What the grant itself says goes before what its scheme says, and that before the policy.
with programmes as (
    select * from {{ ref('stg_registers__subsidy_programmes') }}
),

schemes as (
    select * from {{ ref('subsidy_schemes') }}
),

centers as (
    select
        center_id,
        time_zone
    from {{ ref('stg_registers__centers') }}
),

build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

placed as (
    select
        programmes.*,
        schemes.earning_variant as scheme_earning_variant,
        schemes.local_use_basis as scheme_local_use_basis,
        schemes.full_credit_from_bp as scheme_full_credit_from_bp,
        schemes.no_credit_below_bp as scheme_no_credit_below_bp,
        schemes.clawback_interest_bp as scheme_clawback_interest_bp,
        schemes.scheme_id is not null as is_scheme_known,
        {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'Asia/Shanghai')") }} as as_of_on
    from programmes
    cross join build
    left join schemes
        on programmes.scheme_id = schemes.scheme_id
    left join centers
        on programmes.center_id = centers.center_id
)

select
    placed.programme_id,
    placed.center_id,
    placed.authority_party_id,
    placed.grantee_party_id,
    placed.scheme_id,
    placed.is_scheme_known,
    placed.subsidy_kind,
    coalesce(placed.earning_variant, placed.scheme_earning_variant, 'weighted') as earning_variant,
    coalesce(placed.local_use_basis, placed.scheme_local_use_basis, 'pflops_hours') as local_use_basis,
    placed.granted_cny_fen,
    placed.promised_pflops_milli,
    placed.claim_share_bp,
    placed.claim_cap_cny_fen,
    coalesce(
        placed.full_credit_from_bp,
        placed.scheme_full_credit_from_bp,
        cast(10000 * {{ policy_number('subsidy_tolerance_ratio') }} as bigint)
    ) as full_credit_from_bp,
    coalesce(
        placed.no_credit_below_bp,
        placed.scheme_no_credit_below_bp,
        cast(10000 * {{ policy_number('subsidy_floor_ratio') }} as bigint)
    ) as no_credit_below_bp,
    coalesce(
        placed.clawback_interest_bp,
        placed.scheme_clawback_interest_bp,
        cast(10000 * {{ policy_number('subsidy_interest_rate') }} as bigint)
    ) as clawback_interest_bp,
    placed.local_area_code,
    coalesce(placed.is_related_use_excluded, false) as is_related_use_excluded,
    coalesce(placed.is_double_funding_excluded, false) as is_double_funding_excluded,
    placed.valid_from,
    least(coalesce(placed.valid_to, placed.as_of_on), placed.as_of_on) as covered_to,
    placed.valid_to,
    placed.as_of_on
from placed
