{# Bitemporal staging: of all rows with one key known at as_of, the highest revision, then the latest recorded, wins.
   The file's hash and line break what is left of a tie, so that the order of ingest never decides.
   Where rows of the highest revision say different things, none is believed: no row of that key gets the number 1. #}
{% macro newest_row_per(key_columns) -%}
    case
        when
            min(content_hash) over (partition by {{ key_columns | join(', ') }}, revision)
            <> max(content_hash) over (partition by {{ key_columns | join(', ') }}, revision)
            then 0
        else
            row_number() over (
                partition by {{ key_columns | join(', ') }}
                order by
                    revision desc nulls last,
                    recorded_at desc nulls last,
                    source_sha256 asc nulls last,
                    source_line asc nulls last
            )
    end
{%- endmacro %}
