"""Investors' and auditors' question: is the use real, who paid for it, and did it stay after acceptance."""

import polars as pl
import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries, question_parts, use_texts
from dashboards.charts import use as use_charts
from dashboards.questions import investors

choice = page_parts.open_page("organic_use")
say, source, center_id = choice.say, choice.source, choice.center_id
page_parts.center_heading(choice)
st.caption(say("use.wording"))

days = cached.read(source, queries.use.organic_days, center_id)
if days.is_empty():
    page_parts.nothing_to_show(say)
    st.stop()
st.markdown(investors.real_use(question_parts.asked_of(choice)))
page_parts.chart(use_charts.organic_area(days, say), say("use.area"), say("use.area_caption"), "organic")
classes = cached.read(source, queries.use.organic_month, center_id, choice.month_start_on).to_dicts()
st.subheader(say("use.month", month=formatting.month(choice.month_start_on)), anchor=False)
page_parts.table(use_texts.classes(classes, say))
st.caption(say("use.month_caption", hours=use_texts.soft_hours(classes), judged=use_texts.judged_hours(classes)))

st.header(say("padding.heading"), anchor=False)
padding = cached.read(source, queries.use.padding, center_id)
if padding.is_empty():
    st.info(say("padding.none"))
else:
    basis = controls.segments(
        say("padding.basis"),
        ["technical", "business"],
        lambda code: say.code("padding_basis", code),
        "padding_basis",
    )
    rows = padding.filter(pl.col("basis") == basis).to_dicts()
    together = rows[0]
    verdict = say.code("padding_verdict", together["verdict"])
    if together["withheld_reason"] is not None:
        verdict = f"{verdict}: {say.code('padding_reason', together['withheld_reason'])}"
    st.markdown(f"**{say('padding.verdict')}: {verdict}**")
    st.caption(say("padding.days", before=together["valid_days_before"], after=together["valid_days_after"]))
    around = cached.read(source, queries.use.padding_days, center_id, basis)
    if around.height:
        figure = use_charts.padding_series(around, together, say)
        page_parts.chart(figure, say("padding.chart"), say("padding.chart_caption"), "padding")
    if together["verdict_least"] is not None:
        page_parts.table(use_texts.rules(together, say))
        of_vendor = [row for row in rows if choice.filters.vendor_id in (None, row["vendor_party_id"])]
        if of_vendor:
            page_parts.table(use_texts.vendors(of_vendor, say))
    st.caption(say("padding.false_positives", version=together["rule_version"]))

st.header(say("bought.heading"), anchor=False)
months = cached.read(source, queries.use.revenue_months, center_id)
if months.height:
    page_parts.chart(use_charts.revenue(months, say), say("bought.chart"), say("bought.chart_caption"), "bought")
pairs = cached.read(source, queries.use.bought_revenue, center_id, choice.filters.vendor_id, choice.filters.tenant)
told = pairs.filter((pl.col("visibility") != "not_visible") | (pl.col("relation") != "none_known"))
if told.height:
    st.subheader(say("bought.table"), anchor=False)
    page_parts.table(use_texts.pairs(told.to_dicts(), say))
st.caption(say("bought.table_caption", count=formatting.count(pairs.height - told.height)))
st.subheader(say("trip.heading"), anchor=False)
trips = cached.read(source, queries.use.round_trips, center_id)
if trips.height:
    page_parts.table(use_texts.trips(trips.to_dicts(), say))
    st.caption(say("trip.caption"))
else:
    st.info(say("trip.none"))
