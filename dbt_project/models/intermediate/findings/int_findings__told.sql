-- Grain: one row per finding of the rules that stand on intermediate models: all but F09.
{%- set rules = [
    'f01_phantom_rack',
    'f02_serial_vanishes',
    'f03_reappears_elsewhere',
    'f04_resold_cards',
    'f05_synthetic_low_power',
    'f06_synthetic_burn',
    'f07_paper_lease',
    'f08_bought_revenue',
    'f10_double_count',
    'f11_convenient_silence',
    'f12_cloned_feed',
    'f13_energy_mismatch',
    'f14_inflated_peak',
    'f15_price_outlier',
    'f16_cancel_wave',
    'f17_milestone_sprint',
    'f18_back_dating',
    'f19_monoculture',
    'f20_edited_telemetry'
] %}
with findings as (
    {% for rule in rules %}
        select * from {{ ref('int_findings__' ~ rule) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select {{ finding_columns('findings') }}
from findings
