{# Thousandths of a unit at the price of a shortfall, in whole fen. #}
{% macro priced_quantity(quantity_milli) -%}
    cast(round(cast({{ quantity_milli }} as double) * owed.shortfall_price_cny_fen / 1000) as bigint)
{%- endmacro %}
