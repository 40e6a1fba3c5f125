{# Fails where a part is larger than the whole it belongs to. NULL is no part and no whole. #}
{% test part_not_above_whole(model, column_name, whole) %}
select *
from {{ model }}
where {{ column_name }} > {{ whole }}
{% endtest %}
