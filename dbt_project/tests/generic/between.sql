{# Fails where a value lies outside the closed range. NULL passes: a withheld rate is not an error. #}
{% test between(model, column_name, min_value, max_value) %}
select *
from {{ model }}
where {{ column_name }} < {{ min_value }} or {{ column_name }} > {{ max_value }}
{% endtest %}
