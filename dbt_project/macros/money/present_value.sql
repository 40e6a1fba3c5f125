{# Present value in fen of all flows of a group at a yearly rate; a double, because only its sign is used. #}
{% macro present_value_at(rate) -%}
    sum(flows.flow_cny_fen / power(1 + {{ rate }}, flows.period_index / cast(flows.periods_per_year as double)))
{%- endmacro %}

{# Of a bracket around a change of sign, the hundredth of its width in which the sign changes. #}
{% macro narrower_bracket(bracket) -%}
    select
        grid.series_id,
        coalesce(max(case when grid.present_value * grid.low_sign > 0 then grid.rate end), grid.low_rate) as low_rate,
        coalesce(min(case when grid.present_value * grid.low_sign <= 0 then grid.rate end), grid.high_rate) as high_rate,
        grid.low_sign
    from (
        select
            points.series_id,
            points.low_rate,
            points.high_rate,
            points.low_sign,
            points.rate,
            {{ present_value_at('points.rate') }} as present_value
        from (
            select
                {{ bracket }}.*,
                {{ bracket }}.low_rate
                + numbers.number * ({{ bracket }}.high_rate - {{ bracket }}.low_rate) / cast(100 as double) as rate
            from {{ bracket }}
            inner join numbers
                on numbers.number <= 100
        ) as points
        inner join flows
            on points.series_id = flows.series_id
        group by points.series_id, points.low_rate, points.high_rate, points.low_sign, points.rate
    ) as grid
    group by grid.series_id, grid.low_rate, grid.high_rate, grid.low_sign
{%- endmacro %}
