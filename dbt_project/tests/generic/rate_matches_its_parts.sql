{# Fails where a rate is not exactly its numerator over its denominator, or is not NULL for an empty denominator. #}
{% test rate_matches_its_parts(model, column_name, numerator, denominator) %}
select *
from {{ model }}
where {{ column_name }} is distinct from {{ ratio(numerator, denominator) }}
{% endtest %}
