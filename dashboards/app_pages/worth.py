"""What dark card time costs a day, by cause, and investors' eighth question: what is the iron worth?"""

import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries, question_parts, worth_texts
from dashboards.charts import worth as charts
from dashboards.questions import investors

choice = page_parts.open_page("worth")
say = choice.say
page_parts.center_heading(choice)
basis = controls.segments(
    say("worth.basis"), ["billed_here", "market"], lambda key: say(f"worth.basis_{key}"), "price_basis", "billed_here"
)
month = choice.month_start_on
losses = cached.read(choice.source, queries.worth.dark_loss, choice.center_id, month, basis).to_dicts()
if not losses:
    page_parts.nothing_to_show(say)
else:
    premium = cached.read(choice.source, queries.worth.network_premium, choice.center_id, month).to_dicts()
    st.markdown(worth_texts.answer(losses[0], formatting.month(month), say))
    page_parts.amount_cards(worth_texts.cards(losses[0], premium[0] if premium else None, basis, say), 4)
    page_parts.registered(choice, ("lost_to_dark_of_plan_value",), of_month=True)
    causes = cached.read(choice.source, queries.worth.dark_causes, choice.center_id, month, basis)
    if causes.height:
        page_parts.chart(charts.causes(causes, say), say("worth.causes"), say("worth.causes_caption"), "causes")
    days = cached.read(choice.source, queries.worth.dark_days, choice.center_id, month, choice.month_end_on, basis)
    if days.height:
        page_parts.chart(charts.days(days, say), say("worth.days"), say("worth.days_caption"), "days")
iron = cached.read(choice.source, queries.worth.iron, choice.center_id, choice.filters.model)
if iron.height:
    st.markdown(investors.iron(question_parts.asked_of(choice), choice.filters.model))
    caption = say("worth.iron_caption", rate=formatting.percent(iron["discount_rate"][0]))
    page_parts.chart(charts.iron(iron, say), say("worth.iron"), caption, "iron")
    st.subheader(say("worth.iron_table"), anchor=False)
    page_parts.table(worth_texts.iron(iron.to_dicts(), say))
implied = cached.read(choice.source, queries.worth.prices_by_pflops_basis, choice.center_id)
if implied.height:
    st.subheader(say("worth.implied"), anchor=False)
    page_parts.table(worth_texts.implied(implied.to_dicts(), say))
    st.caption(say("worth.implied_caption"))
