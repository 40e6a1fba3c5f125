-- Grain: one row per query by which a reader's own scenario is computed; the SQL that made the stress marts, as text.
{% set base = '(select * from fct_center__scenario_base where center_id = $center_id)' %}
{% set changes = '(' ~ scenario_changes(chosen_scenario(), base) ~ ')' %}
{% set months = scenario_months(changes, 'fct_lease__exit') %}
{% set outcome = scenario_outcomes(changes, '(' ~ months ~ ')') %}
select
    queries.query_id,
    queries.sql_text,
    cast({{ policy_number('stress_vacant_months') }} as bigint) as default_vacant_months,
    cast(round(100 * {{ policy_number('stress_price_cut_ratio') }}) as bigint) as default_price_cut_pct
from (
    select
        'months' as query_id,
        '{{ months | replace("'", "''") }}' as sql_text
    union all
    select
        'outcome' as query_id,
        '{{ outcome | replace("'", "''") }}' as sql_text
) as queries
