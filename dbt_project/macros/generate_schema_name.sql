{# A layer's schema has the layer's name in every warehouse file: there is one target per file, so no prefix. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
