-- Grain: one row per subsidy and basis in which local use may be counted.
select
    shares.programme_id,
    terms.center_id,
    terms.valid_from,
    terms.covered_to,
    shares.basis,
    shares.is_programme_basis,
    shares.local_lower,
    shares.local_upper,
    shares.elsewhere_lower,
    shares.elsewhere_upper,
    shares.unknown_upper,
    shares.local_rate_lower,
    shares.local_rate_upper
from {{ ref('int_subsidy__window_shares') }} as shares
inner join {{ ref('int_subsidy__programme_terms') }} as terms
    on shares.programme_id = terms.programme_id
where shares.milestone_id is null
