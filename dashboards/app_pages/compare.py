"""Auditors' question: why do others give another number for the same center."""

import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries
from dashboards.charts import readings as reading_charts

choice = page_parts.open_page("compare")
say = choice.say
page_parts.center_heading(choice)
readings = cached.read(choice.source, queries.utilization.readings, choice.center_id, choice.month_start_on)
if readings.is_empty():
    page_parts.nothing_to_show(say)
    st.stop()
rows = {row["reading_id"]: row for row in readings.to_dicts()}
page_parts.chart(
    reading_charts.answers(readings, say), say("compare.answers"), say("compare.answers_caption"), "answers"
)
reading_id = controls.pick(say("compare.reading"), list(rows), lambda key: rows[key][say.column("name")], "reading")
reading = rows[reading_id]
st.markdown(
    say(
        "compare.sentence",
        how=formatting.as_markdown_text(reading[say.column("how")]),
        answer=formatting.interval(reading["answer_lower"], reading["answer_upper"]),
        ours=formatting.interval(reading["our_lower"], reading["our_upper"]),
        gap=formatting.points(reading["gap_lower"]),
    )
)
causes = cached.read(
    choice.source, queries.utilization.reading_gap, choice.center_id, choice.month_start_on, reading_id
)
page_parts.chart(
    reading_charts.waterfall(reading, causes, say), say("compare.waterfall"), say("compare.waterfall_caption"), "gap"
)
