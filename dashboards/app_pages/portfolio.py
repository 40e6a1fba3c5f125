"""Investors' questions over all centers: is the money coming back, when, and is each above its break-even?"""

import streamlit as st

from dashboards import cached, page_parts, portfolio_texts, queries, question_parts
from dashboards.charts import portfolio as charts
from dashboards.questions import opening

choice = page_parts.open_page("portfolio")
say = choice.say
views, subsidies = st.columns(2)
with views:
    view = page_parts.choose_view(say)
with subsidies:
    subsidy = page_parts.choose_subsidy(say)
page_parts.note(say("portfolio.basis"))
page_parts.say_who_is_shown(choice)
centers = cached.read(choice.source, queries.money.portfolio, view, subsidy, choice.filters.province)
if centers.is_empty():
    page_parts.nothing_to_show(say)
    st.stop()
st.markdown(opening.portfolio(question_parts.asked_of(choice), view, subsidy))
figure = charts.payback_ranges(centers, say)
page_parts.chart(figure, say("portfolio.payback"), say("portfolio.payback_caption"), "payback")
page_parts.chart(charts.money_back(centers, say), say("portfolio.money"), say("portfolio.money_caption"), "money")
figure = charts.break_even(centers, say)
page_parts.chart(figure, say("portfolio.break_even"), say("portfolio.break_even_caption"), "break_even")
page_parts.heading(say("portfolio.returns"), say("portfolio.returns_caption"))
page_parts.table(portfolio_texts.returns(centers.to_dicts(), say))
