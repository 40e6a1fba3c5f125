"""Operators' question: what became of each planned card-hour of this center."""

import polars as pl
import streamlit as st

from dashboards import cached, controls, formatting, lit_texts, page_parts, queries, question_parts
from dashboards.charts import cabinets, daily, ladder
from dashboards.controls import Choice
from dashboards.questions import opening

HEADLINES = (
    "racked_device_avg",
    "racked_device_point",
    "racked_pflops_avg",
    "lit_of_racked",
    "lit_on_plan",
    "sold_of_racked",
)


def draw_days(choice: Choice) -> None:
    """The daily interval over the chosen month, or over all days."""
    say = choice.say
    days = cached.read(choice.source, queries.utilization.center_days, choice.center_id)
    span = controls.segments(say("lit.range"), ["month", "all"], lambda key: say(f"lit.range_{key}"), "span", "month")
    if span == "month":
        days = days.filter(pl.col("local_day").is_between(choice.month_start_on, choice.month_end_on, closed="left"))
    if days.is_empty():
        page_parts.nothing_to_show(say)
        return
    first, last = days["local_day"].min(), days["local_day"].max()
    breaks = [
        row
        for row in cached.read(choice.source, queries.evidence_breaks.series_breaks, choice.center_id).to_dicts()
        if first <= row["local_day"] <= last
    ]
    page_parts.chart(daily.daily_interval(days, breaks, say), say("lit.daily"), say("lit.daily_caption"), "daily")
    if breaks:
        page_parts.heading(say("breaks.title"), say("breaks.caption"))
        page_parts.table(lit_texts.breaks(breaks, say))


def draw_cabinets(choice: Choice) -> None:
    """Lit of every cabinet on every day of the month."""
    say = choice.say
    days = cached.read(
        choice.source,
        queries.evidence_breaks.cabinet_days,
        choice.center_id,
        choice.month_start_on,
        choice.month_end_on,
    )
    if not days.is_empty():
        page_parts.chart(
            cabinets.cabinet_heat(days, say), say("cabinets.title"), say("cabinets.caption"), "cabinet-days"
        )


def draw_models(choice: Choice) -> None:
    """Cards by model at the end of the month's last day with figures."""
    say = choice.say
    span = (choice.center_id, choice.month_start_on, choice.month_end_on)
    models = cached.read(choice.source, queries.utilization.center_models, *span, choice.filters.model).to_dicts()
    if not models:
        page_parts.nothing_to_show(say, choice.filters.model is not None)
        return
    st.subheader(say("lit.models", day=formatting.day(models[0]["local_day"])), anchor=False)
    page_parts.table(lit_texts.models(models, say))


choice = page_parts.open_page("racked_and_lit")
say = choice.say
page_parts.center_heading(choice)
st.markdown(opening.racked_and_lit(question_parts.asked_of(choice)))
page_parts.figure_cards(choice, HEADLINES, choice.center_id, 3)
series = cached.read(choice.source, queries.utilization.center_month_series, choice.center_id)
month = series.filter(pl.col("month_start_on") == choice.month_start_on).to_dicts()
if not month:
    page_parts.nothing_to_show(say)
    st.stop()
page_parts.chart(ladder.ladder(month[0], say), say("lit.ladder"), say("lit.ladder_caption"), "ladder")
draw_days(choice)
draw_cabinets(choice)
left, right = st.columns([3, 2], gap="medium")
with left:
    draw_models(choice)
with right:
    page_parts.chart(
        ladder.threshold_bars(month[0], say), say("lit.sensitivity"), say("lit.sensitivity_caption"), "thresholds"
    )
