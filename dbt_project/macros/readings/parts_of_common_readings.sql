{# What each definition in common use counts of each class, above and below its line, in ten-thousandths of a card-second:
   the definitions stand here side by side, one line each. `ours` is lit of racked. #}
{% macro parts_of_common_readings(classed, divisors) -%}
    {%- set known = "case when lit_status <> 'unknown' then 10000 * card_seconds else 0 end" %}
    {%- set lit = "case when lit_status = 'lit' then 10000 * card_seconds else 0 end" %}
    {%- for reading, numerator_lower, numerator_upper, denominator, condition in [
        ('ours', lit, lit, '10000 * card_seconds', 'true'),
        ('rack_positions_used', '10000 * card_seconds', '10000 * card_seconds', '10000 * card_seconds', 'true'),
        ('allocation_where_jobs', '10000 * allocated_seconds', '10000 * allocated_seconds',
            '10000 * card_seconds', 'is_in_busy_room'),
        ('mean_of_leased_cards', 'busy_lower', 'busy_upper', known, 'is_sold'),
        ('mean_with_rejected', 'busy_lower', 'busy_upper', known, 'true'),
        ('active_of_reporting_cards', lit, lit, known, 'true'),
        ('mean_of_reporting_cards', 'busy_lower', 'busy_upper', known, 'true'),
        ('mean_divided_twice', 'busy_lower', 'busy_upper',
            known ~ ' * (select cards_per_host from ' ~ divisors ~ ')', 'is_of_largest_tenant'),
        ('above_zero', '10000 * above_zero_lower', '10000 * above_zero_upper', '10000 * card_seconds', 'true'),
        ('at_1_pct', '10000 * at_1_pct_seconds', '10000 * at_1_pct_seconds', '10000 * card_seconds', 'true'),
        ('at_10_pct', '10000 * at_10_pct_seconds', '10000 * at_10_pct_seconds', '10000 * card_seconds', 'true'),
        ('at_20_pct', '10000 * at_20_pct_seconds', '10000 * at_20_pct_seconds', '10000 * card_seconds', 'true')
    ] %}
    select
        center_id,
        month_start_on,
        class_id,
        '{{ reading }}' as reading_id,
        {{ numerator_lower }} as numerator_lower,
        {{ numerator_upper }} as numerator_upper,
        {{ denominator }} as denominator
    from {{ classed }}
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
