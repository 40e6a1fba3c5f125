-- Grain: one row per build, so one in all: the instant it is as of.
select
    build.code_version,
    build.input_hash,
    {{ epoch_seconds('build.as_of_at') }} as as_of_epoch_seconds,
    build.as_of_at
from {{ source('raw', 'build') }} as build
