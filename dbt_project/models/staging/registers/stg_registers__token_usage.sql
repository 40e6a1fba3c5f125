-- Grain: one row per file and line that tells of a request; what the lines of one request say is settled further down.
select
    source_rows.center_id,
    source_rows.request_id,
    source_rows.tenant_name,
    source_rows.model_name,
    source_rows.server_id as server_name,
    source_rows.http_status,
    source_rows.prompt_token_count,
    source_rows.cached_token_count,
    source_rows.completion_token_count,
    source_rows.revision,
    {{ epoch_seconds('source_rows.requested_at') }} as requested_epoch_seconds,
    source_rows.source_sha256,
    source_rows.source_line,
    source_rows.recorded_at
from {{ source('raw', 'token_usage') }} as source_rows
inner join {{ source('raw', 'build') }} as build
    on source_rows.recorded_at <= build.as_of_at
where {{ of_a_known_center('source_rows') }}
