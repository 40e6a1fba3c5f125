"""Investors' third question: from what use on does the center earn its cost, and is it there?"""

import polars as pl
import streamlit as st

from dashboards import break_even_texts, cached, page_parts, queries
from dashboards.charts import break_even as charts

choice = page_parts.open_page("break_even")
say = choice.say
page_parts.center_heading(choice, with_month=False)
everywhere = cached.read(choice.source, queries.money.break_even, choice.center_id, choice.filters.province)
rows = everywhere.filter(pl.col("center_id") == choice.center_id).to_dicts()
if not rows:
    page_parts.nothing_to_show(say)
    st.stop()
st.markdown(break_even_texts.answer(rows, say))
helps = ["break_even_accounting" if row["threshold"] == "accounting" else None for row in rows]
page_parts.amount_cards(break_even_texts.cards(rows, say), 4, page_parts.metric_helps(choice, helps))
page_parts.registered(choice, ("break_even_accounting",))
frontier = cached.read(choice.source, queries.money.break_even_frontier, choice.center_id)
figure = charts.frontier(frontier, everywhere, choice.center_id, say)
page_parts.chart(figure, say("break_even.frontier"), say("break_even.frontier_caption"), "frontier")
if rows[0]["price_needed_cny_fen_per_card_hour"] is not None:
    figure = charts.prices(rows, say)
    page_parts.chart(figure, say("break_even.prices"), say("break_even.prices_caption"), "prices")
grid = cached.read(choice.source, queries.money.price_and_sales, choice.center_id)
if grid.height:
    figure = charts.price_and_sales(grid, rows[0]["sold_share_of_plan"], say)
    page_parts.chart(figure, say("break_even.grid"), say("break_even.grid_caption"), "grid")
st.subheader(say("break_even.parts"), anchor=False)
page_parts.table(break_even_texts.parts(rows, say))
st.caption(say("break_even.parts_caption"))
