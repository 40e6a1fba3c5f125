-- Grain: one row per driver of payback and direction in which it is moved alone.
select
    drivers.driver,
    directions.change,
    directions.direction
from
    (
        values
        ('price'), ('racked'), ('sold'), ('collection'), ('tariff'), ('pue'), ('capex'), ('residual'), ('fixed_cost')
    ) as drivers (driver)
cross join (values ('down', -1), ('up', 1)) as directions (change, direction)
