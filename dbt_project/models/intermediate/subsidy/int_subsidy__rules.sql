-- Grain: one row per scheme and rule. A scheme is a file of rules; a further one is one more name in the list.
{% for scheme in [
    'yangzhou_compute_voucher', 'qingyang_operations_reward', 'county_operations_reward', 'milestone_build_grant'
] %}
    select
        scheme_id,
        rule_no,
        check_id,
        threshold_number,
        threshold_text,
        clause_zh,
        clause_en
    from {{ ref(scheme) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
