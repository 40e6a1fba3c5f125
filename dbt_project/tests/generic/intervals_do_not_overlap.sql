{# Fails for every half-open span [valid_from, valid_to) that begins before an earlier one of the same key has ended. #}
{% test intervals_do_not_overlap(model, key, valid_from, valid_to) %}
with spans as (
    select
        {{ key | join(', ') }},
        {{ valid_from }} as span_start,
        max({{ valid_to }}) over (
            partition by {{ key | join(', ') }}
            order by {{ valid_from }} nulls last, {{ valid_to }} nulls last
            rows between unbounded preceding and 1 preceding
        ) as latest_earlier_end
    from {{ model }}
)

select *
from spans
where span_start < latest_earlier_end
{% endtest %}
