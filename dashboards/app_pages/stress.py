"""Investors' seventh question: what moves payback most, and what if the largest tenants leave?"""

import streamlit as st

from dashboards import cached, page_parts, queries, question_parts, stress_texts
from dashboards.charts import stress as charts
from dashboards.questions import investors

choice = page_parts.open_page("stress")
say = choice.say
page_parts.center_heading(choice, with_month=False)
scenarios = cached.read(choice.source, queries.stress.named_scenarios, choice.center_id).to_dicts()
if not scenarios:
    st.info(say("stress.none"))
    st.stop()
st.markdown(investors.moves_payback(question_parts.asked_of(choice)))
page_parts.amount_cards(stress_texts.cards(scenarios, say), 4)
page_parts.registered(choice, ("cash_kept_without_top_tenant",))
months = cached.read(choice.source, queries.stress.scenario_months, choice.center_id)
page_parts.chart(charts.balances(months, say), say("stress.curve"), say("stress.curve_caption"), "curve")
changes = cached.read(choice.source, queries.stress.sensitivity, choice.center_id)
figure = charts.tornado(changes, say)
if figure is None:
    st.subheader(say("stress.tornado"), anchor=False)
    st.info(say("stress.tornado_none"))
else:
    page_parts.chart(figure, say("stress.tornado"), stress_texts.tornado_caption(changes.to_dicts(), say), "tornado")
page_parts.chart(charts.value_tornado(changes, say), say("stress.value"), say("stress.value_caption"), "value")
grid = cached.read(choice.source, queries.stress.payback_grid, choice.center_id)
page_parts.chart(charts.payback_grid(grid, say), say("stress.grid"), say("stress.grid_caption"), "grid")
exits = cached.read(choice.source, queries.stress.exits, choice.center_id).to_dicts()
if exits:
    st.subheader(say("stress.exits"), anchor=False)
    page_parts.table(stress_texts.exits(exits, say))
