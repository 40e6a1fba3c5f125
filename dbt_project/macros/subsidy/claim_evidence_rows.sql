{# Claims and rules, each with the register row of `rows` that is joined to it: its kind, its key, its file and line. #}
{% macro claim_evidence_rows(record_kind, row_key, rows) -%}
select
        claim_rules.claim_id,
        claim_rules.rule_no,
        '{{ record_kind }}' as record_kind,
        {{ row_key }} as row_key,
        {{ rows }}.source_sha256,
        {{ rows }}.source_line
    from claim_rules
{%- endmacro %}
