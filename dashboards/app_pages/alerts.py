"""Operators' question: what is beyond a line that a person drew?"""

import polars as pl
import streamlit as st

from dashboards import access, alert_texts, cached, page_parts, queries
from dashboards.charts import alerts as charts

MOST_ROWS = 40
MOST_BARS = 400

choice = page_parts.open_page("alerts")
say = choice.say
book = access.alert_book()
# alerts of centers that this reader may see: those of the reader's own published file
reader = access.current()
own = set(page_parts.centers_under_filter(choice))
if reader.is_local and choice.filters.province is None:
    own |= {"ALL", None}
if reader.role == "public":
    page_parts.nothing_to_show(say)
    st.stop()
rules = [rule for rule in book.rules() if rule.center_id is None or rule.center_id in own]
alerts = [alert for alert in book.alerts() if alert.center_id in own]
if not rules and not alerts:
    st.info(say("alerts.no_rules"))
    st.stop()
centers = cached.read(choice.source, queries.core.centers)
names = dict(zip(centers["center_id"], centers[say.column("center_name")], strict=True))
states = pl.Series([alert_texts.state(alert) for alert in alerts], dtype=pl.String)
st.markdown(
    say(
        "alerts.answer",
        open=states.is_in(["open", "seen"]).sum(),
        unseen=(states == "open").sum(),
        all=len(alerts),
        rules=len(rules),
    )
)
if alerts:
    figure = charts.history(alert_texts.bars(alerts[:MOST_BARS], names, say), say)
    page_parts.chart(figure, say("alerts.open_chart"), say("alerts.open_caption"), "alerts")
    st.subheader(say("alerts.history"), anchor=False)
    page_parts.table(alert_texts.history(alerts[:MOST_ROWS], names, say))
    if len(alerts) > MOST_ROWS:
        page_parts.note(say("alerts.cut", shown=MOST_ROWS, drawn=min(len(alerts), MOST_BARS), all=len(alerts)))
if rules:
    st.subheader(say("alerts.rules"), anchor=False)
    page_parts.table(alert_texts.rules(rules, names, say))
