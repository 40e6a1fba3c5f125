"""Auditors' question: which data ask for an explanation, and what do the parties say to it."""

import polars as pl
import streamlit as st

from dashboards import access, answers, cached, controls, finding_parts, finding_texts, formatting, page_parts, queries
from dashboards.charts import findings as finding_charts

COLUMN_PIXELS = {"findings.rule": 190, "findings.subject": 270, "findings.observed": 120, "findings.id": 420}
ACTIONS = ("assign", "reply", "close", "reopen")

choice = page_parts.open_page("findings")
say = choice.say
figure = finding_charts.rules_by_center(cached.read(choice.source, queries.findings.judged), say)
page_parts.chart(figure, say("findings.map"), say("findings.map_caption"), "map")

name = page_parts.center_heading(choice, with_month=False)
found = cached.read(choice.source, queries.findings.findings).filter(pl.col("center_id") == choice.center_id)
if found.is_empty():
    st.info(say("findings.none", center=formatting.as_markdown_text(name)))
    st.stop()
scores = cached.read(choice.source, queries.findings.scores, choice.center_id)
if scores.height:
    page_parts.amount_cards(finding_texts.cards(scores.row(0, named=True), say), 4)
    figure = finding_charts.confidence_by_family(scores, say)
    page_parts.chart(figure, say("findings.scores"), say("findings.scores_caption"), "scores")

st.subheader(say("findings.list"), anchor=False)
rows = found.to_dicts()
st.dataframe(
    finding_texts.listed(rows, answers.standings(), say),
    hide_index=True,
    column_config={say(key): st.column_config.Column(width=width) for key, width in COLUMN_PIXELS.items()},
)
by_id = {row["finding_id"]: row for row in rows}
chosen = controls.pick(say("findings.choose"), list(by_id), lambda key: finding_texts.label(by_id[key], say), "finding")
finding = by_id[chosen]
access.note("evidence", f"finding {chosen}", choice.source.version)
finding_parts.beside_its_reply(finding, answers.standings().get(chosen), say)

actions = answers.actions(chosen)
if actions:
    st.subheader(say("findings.history"), anchor=False)
    page_parts.table(finding_texts.history(actions, say))
    st.caption(say("findings.history_caption"))
with st.form("act", clear_on_submit=True):
    st.markdown(f"**{say('findings.act')}**")
    left, middle, right = st.columns(3)
    action = left.selectbox(say("findings.what"), ACTIONS, format_func=lambda code: say.code("action", code))
    # Who logged in answers under that name and no other.
    reader = access.current()
    actor = middle.text_input(say("findings.actor"), value=reader.name, disabled=not reader.is_local)
    whom = right.text_input(say("findings.to_whom"))
    outcome = left.selectbox(
        say("findings.detail"), answers.OUTCOMES, format_func=lambda code: say.code("outcome", code)
    )
    message = st.text_area(say("findings.message"))
    if st.form_submit_button(say("findings.submit")):
        detail = outcome if action == "close" else "" if action == "reopen" else whom
        try:
            entry = answers.write(answers.said_by(finding), action, actor, detail, message)
            st.success(say("findings.written", number=entry.action_no))
        except answers.ActionError as error:
            st.error(say("findings.refused", why=str(error)))
