-- Asserts: a sighting proves a card for 24 h or longer.
-- A failing row means: the policy is shorter than the day-wise first and last sighting can carry, so gaps inside a day
-- would be bridged wrongly; int_inventory__proven_spans must then read hours.
-- Not about: whether 24 h is the right freshness.
select policy.value_number
from {{ ref('policy') }} as policy
where policy.name = 'racked_freshness_hours' and policy.value_number < 24
