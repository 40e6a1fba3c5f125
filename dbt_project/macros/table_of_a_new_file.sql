{# A build makes a new file, so a table is created under its own name: renaming it there and back costs half as much
   CPU again as most models do. Where a test builds a model once more, the table of before is dropped first. #}
{% materialization table, adapter="duckdb", supported_languages=["sql", "python"] %}
    {%- set table = this.incorporate(type="table") -%}
    {%- set language = model["language"] -%}
    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- call statement("main", language=language) -%}
        {{ create_table_as(false, table, compiled_code, language) }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {{ return({"relations": [table]}) }}
{% endmaterialization %}
