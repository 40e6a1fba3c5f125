"""Investors' and governments' question: how do provinces, vendors, models and tenants differ on one basis?"""

import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries
from dashboards.charts import across as charts
from dashboards.charts import partition

KINDS = ("province", "center", "vendor", "model", "tenant")
# The rate that is shown first of a kind; lit of racked of all others.
FIRST = {"tenant": "lit_of_sold"}

choice = page_parts.open_page("across")
say = choice.say
kind = controls.segments(say("across.kind"), KINDS, lambda key: say(f"across.kind_{key}"), "kind")
metrics = {row["metric_id"]: row for row in cached.read(choice.source, queries.across.metrics, kind).to_dicts()}
if not metrics:
    page_parts.nothing_to_show(say)
    st.stop()
first = FIRST.get(kind, "lit_of_racked")
metric_id = controls.pick(
    say("across.metric"),
    list(metrics),
    lambda key: metrics[key][say.column("name")],
    "rate",
    first if first in metrics else next(iter(metrics)),
)
metric = formatting.as_markdown_text(metrics[metric_id][say.column("name")])
only = choice.filters.in_address.get(kind) if kind in ("province", "model", "tenant") else None
found = cached.read(
    choice.source, queries.across.rates, kind, metric_id, choice.month_start_on, only, choice.filters.province
)
rows = [
    row | {"name_zh": say("across.several"), "name_en": say("across.several")} if row["scope_id"] == "several" else row
    for row in found.to_dicts()
]
if not rows:
    page_parts.nothing_to_show(say, bool(choice.filters.in_address))
    st.stop()
names = {row["scope_id"]: row[say.column("name")] for row in rows}
month = formatting.month(choice.month_start_on)
st.markdown(
    say(
        "across.answer" if len(rows) > 1 else "across.only",
        month=month,
        highest=formatting.as_markdown_text(rows[0][say.column("name")]),
        high=formatting.interval(rows[0]["lower"], rows[0]["upper"]),
        lowest=formatting.as_markdown_text(rows[-1][say.column("name")]),
        low=formatting.interval(rows[-1]["lower"], rows[-1]["upper"]),
    )
)
caption = say(
    "across.rates_caption",
    basis=formatting.as_markdown_text(say.code("basis", rows[0]["basis"])),
    formula=formatting.as_markdown_text(rows[0][say.column("formula")]),
)
shown = rows[: queries.core.MOST_CENTERS]
if len(shown) < len(rows):
    page_parts.note(say("across.shown", shown=formatting.count(len(shown)), all=formatting.count(len(rows))))
page_parts.chart(
    partition.rate_intervals(shown, say), say("across.rates", metric=metric, month=month), caption, "across"
)
subject = controls.pick(say("across.subject"), list(names), names.__getitem__, "subject")
series = cached.read(choice.source, queries.across.months, kind, metric_id, subject)
title = say("across.months", name=formatting.as_markdown_text(names[subject]), metric=metric)
page_parts.chart(charts.months(series, say), title, say("across.months_caption"), "across-months")
