-- Grain: one row per server: the cluster it is wired into; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'server_links') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['server_id']) }} = 1
)

select
    newest.server_id,
    newest.center_id,
    newest.cluster_id,
    newest.interconnect,
    newest.link_gbps,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
