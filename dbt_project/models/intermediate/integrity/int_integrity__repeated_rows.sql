-- Grain: one row per record kind, file, line and key, of keys that more than one row says something of.
-- A higher revision corrects; the same again is a duplicate; rows of the highest revision that disagree are a conflict.
with record_rows as (
    select * from {{ ref('stg_intake__record_rows') }}
),

repeated_keys as (
    select
        record_kind,
        row_key,
        max(revision) as newest_revision
    from record_rows
    group by record_kind, row_key
    having count(*) > 1
),

repeated as (
    select
        record_rows.*,
        repeated_keys.newest_revision
    from record_rows
    inner join repeated_keys
        on
            record_rows.record_kind = repeated_keys.record_kind
            and record_rows.row_key = repeated_keys.row_key
),

compared as (
    select
        repeated.*,
        first_value(repeated.content_hash) over lowest_first as lowest_content,
        first_value(repeated.source_sha256) over lowest_first as lowest_sha256,
        first_value(repeated.source_line) over lowest_first as lowest_line,
        first_value(repeated.content_hash) over highest_first as highest_content,
        first_value(repeated.source_sha256) over highest_first as highest_sha256,
        first_value(repeated.source_line) over highest_first as highest_line,
        row_number() over (
            partition by repeated.record_kind, repeated.row_key
            order by
                repeated.revision desc nulls last,
                repeated.recorded_at desc nulls last,
                repeated.source_sha256 asc nulls last,
                repeated.source_line asc nulls last
        ) as newest_rank
    from repeated
    window
        lowest_first as (
            partition by repeated.record_kind, repeated.row_key, repeated.revision
            order by
                repeated.content_hash nulls last, repeated.source_sha256 nulls last, repeated.source_line nulls last
        ),
        highest_first as (
            partition by repeated.record_kind, repeated.row_key, repeated.revision
            order by
                repeated.content_hash desc nulls last,
                repeated.source_sha256 asc nulls last,
                repeated.source_line asc nulls last
        )
)

select
    compared.record_kind,
    compared.source_sha256,
    compared.source_line,
    compared.row_key,
    compared.center_id,
    compared.device_uid,
    compared.revision,
    case
        when compared.revision < compared.newest_revision then 'superseded'
        when compared.lowest_content <> compared.highest_content then 'conflict'
        when compared.newest_rank = 1 then 'in_force'
        else 'duplicate'
    end as standing,
    case
        when compared.content_hash = compared.lowest_content then compared.highest_sha256
        else compared.lowest_sha256
    end as other_source_sha256,
    case
        when compared.content_hash = compared.lowest_content then compared.highest_line
        else compared.lowest_line
    end as other_source_line
from compared
