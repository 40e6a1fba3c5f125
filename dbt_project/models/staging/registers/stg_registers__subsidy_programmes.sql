-- Grain: one row per subsidy that an authority granted to a center; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_programmes') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['programme_id']) }} = 1
)

select
    newest.programme_id,
    newest.center_id,
    newest.authority_party_id,
    newest.grantee_party_id,
    newest.subsidy_kind,
    newest.scheme_id,
    newest.earning_variant,
    newest.local_use_basis,
    newest.number_format,
    newest.document,
    newest.granted_cny_fen,
    newest.promised_pflops_milli,
    newest.claim_share_bp,
    newest.claim_cap_cny_fen,
    newest.full_credit_from_bp,
    newest.no_credit_below_bp,
    newest.clawback_interest_bp,
    newest.local_area_code,
    newest.revision,
    newest.is_related_use_excluded,
    newest.is_double_funding_excluded,
    newest.signed_on,
    newest.valid_from,
    newest.valid_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
