"""Investors' question across centers: which vendors keep their promises, and does their use outlive acceptance."""

import streamlit as st

from dashboards import cached, page_parts, queries, question_parts, vendor_texts
from dashboards.charts import vendors as vendor_charts
from dashboards.questions import opening

choice = page_parts.open_page("vendors")
say, source = choice.say, choice.source
rows = cached.read(source, queries.promises.vendor_scorecards, choice.filters.vendor_id)
if rows.is_empty():
    page_parts.nothing_to_show(say, choice.filters.vendor_id is not None)
    st.stop()
st.markdown(opening.vendors(question_parts.asked_of(choice)))
page_parts.chart(
    vendor_charts.periods(rows, say), say("vendors.periods"), say("vendors.periods_caption"), "vendor_periods"
)
st.subheader(say("vendors.table"), anchor=False)
page_parts.table(vendor_texts.scorecards(rows.to_dicts(), say))
st.caption(say("vendors.table_caption"))
retained = cached.read(source, queries.promises.retained_take, choice.filters.vendor_id)
if retained.height:
    figure = vendor_charts.retained(retained, say)
    page_parts.chart(figure, say("vendors.retained"), say("vendors.retained_caption"), "vendor_retained")
