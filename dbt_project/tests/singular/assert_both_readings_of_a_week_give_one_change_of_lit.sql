-- By tenant and by cause, the change of lit time against the week before is the same amount.
-- A failing row is a week in which planned time left the partition, or entered it twice.
select
    scope_id,
    week_start_on,
    sum(case when kind = 'tenant' then lit_card_seconds_change else 0 end) as change_by_tenant,
    sum(case when kind = 'cause' then lit_card_seconds_change else 0 end) as change_by_cause
from {{ ref('fct_scope_week__lit_change') }}
group by scope_id, week_start_on
having
    sum(case when kind = 'tenant' then lit_card_seconds_change else 0 end)
    <> sum(case when kind = 'cause' then lit_card_seconds_change else 0 end)
