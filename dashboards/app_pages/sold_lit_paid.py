"""Investors' question: was what this center sold also used, and was it paid for."""

import streamlit as st

from dashboards import cached, cells_texts, formatting, page_parts, queries, question_parts
from dashboards.charts import matrix
from dashboards.questions import opening

HEADLINES = ("sold_of_racked", "paid_of_sold", "idle_of_sold", "sold_lit_paid_of_racked", "unsold_lit_of_racked")

choice = page_parts.open_page("sold_lit_paid")
say = choice.say
name = page_parts.center_heading(choice)
chosen = choice.filters
if chosen.tenant or chosen.model:
    who = " · ".join(chosen.names[kind] for kind in ("tenant", "model") if kind in chosen.names)
    span = (choice.month_start_on, choice.month_end_on)
    own = cached.read(choice.source, queries.money.card_time_of, choice.center_id, *span, chosen.tenant, chosen.model)
    if own.is_empty():
        page_parts.nothing_to_show(say, is_narrowed=True)
    else:
        title = say("cells.of_subject", name=formatting.as_markdown_text(who))
        page_parts.chart(matrix.card_time(own, say), title, say("cells.of_subject_caption"), "card-time")
    st.subheader(say("cells.whole", center=formatting.as_markdown_text(name)), anchor=False)
st.markdown(opening.sold_lit_paid(question_parts.asked_of(choice)))
page_parts.figure_cards(choice, HEADLINES, choice.center_id, 5)
cells = cached.read(choice.source, queries.money.reconciliation, choice.center_id, choice.month_start_on)
if cells.is_empty():
    page_parts.nothing_to_show(say)
    st.stop()
page_parts.chart(matrix.reconciliation(cells, say), say("cells.matrix"), say("cells.matrix_caption"), "matrix")
st.subheader(say("cells.named"), anchor=False)
rows = cells.to_dicts()
page_parts.table(cells_texts.named_cells(rows, say))
st.caption(
    say(
        "cells.totals",
        hours=formatting.card_hours_of_milliseconds(rows[0]["racked_card_milliseconds"]),
        amount=formatting.money(rows[0]["total_cny_fen"], say.language),
    )
)
