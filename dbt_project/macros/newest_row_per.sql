{# Bitemporal staging: of all rows with one key known at as_of, the highest revision, then the latest recorded, wins.
   The file's hash and line break what is left of a tie, so that the order of ingest never decides. #}
{% macro newest_row_per(key_columns) -%}
    row_number() over (
        partition by {{ key_columns | join(', ') }}
        order by
            revision desc nulls last,
            recorded_at desc nulls last,
            source_sha256 nulls last,
            source_line nulls last
    )
{%- endmacro %}
