-- Grain: one row per build, so one in all: what this file was built from and up to which day it speaks.
with build as (
    select * from {{ ref('stg_intake__build') }}
),

shown as (
    select
        coalesce(
            max(case when known_card_seconds > 0 then local_day end),
            max(local_day)
        ) as data_through_on
    from {{ ref('fct_center_day__utilization') }}
),

policy as (
    select max(policy_version) as policy_version from {{ ref('policy') }}
)

select
    build.as_of_at,
    build.code_version,
    build.input_hash,
    policy.policy_version,
    shown.data_through_on
from build
cross join shown
cross join policy
