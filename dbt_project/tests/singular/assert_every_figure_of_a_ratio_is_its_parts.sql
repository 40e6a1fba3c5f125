-- Asserts: a published utilization figure is exactly its numerator over its denominator, at both bounds.
-- A failing row means: fct_figure shows a rate that its own parts do not give.
-- Not about: payback in months, which is not a ratio of the parts beside it.
select figures.figure_id
from {{ ref('int_figures__utilization') }} as figures
where
    figures.lower is distinct from {{ ratio('figures.numerator_lower', 'figures.denominator') }}
    or figures.upper is distinct from {{ ratio('figures.numerator_upper', 'figures.denominator') }}
    or figures.observed < figures.lower
    or figures.observed > figures.upper
