"""Auditors' question: which data ask for an explanation, and what do the parties say to it."""

import streamlit as st

from dashboards import (
    access,
    answers,
    cached,
    controls,
    finding_parts,
    finding_texts,
    formatting,
    page_parts,
    queries,
    question_parts,
)
from dashboards.charts import findings as finding_charts
from dashboards.questions import opening

ACTIONS = ("assign", "reply", "close", "reopen")
SEVERITIES = ("serious", "watch", "info")
STATUSES = ("open", "assigned", "answered", "closed")
MOST_LISTED, MOST_RECORDS = 30, 40

choice = page_parts.open_page("findings")
say = choice.say
st.markdown(opening.findings(question_parts.asked_of(choice)))
figure = finding_charts.rules_by_center(
    cached.read(choice.source, queries.findings.judged, choice.filters.province), say
)
page_parts.chart(figure, say("findings.map"), say("findings.map_caption"), "map")
page_parts.say_who_is_shown(choice)

name = page_parts.center_heading(choice, with_month=False)
found = cached.read(choice.source, queries.findings.findings, choice.center_id)
if found.is_empty():
    st.info(say("findings.none", center=formatting.as_markdown_text(name)))
    st.stop()
scores = cached.read(choice.source, queries.findings.scores, choice.center_id)
if scores.height:
    page_parts.amount_cards(finding_texts.cards(scores.row(0, named=True), say), 4)
    figure = finding_charts.confidence_by_family(scores, say)
    page_parts.chart(figure, say("findings.scores"), say("findings.scores_caption"), "scores")

st.subheader(say("findings.list"), anchor=False)
standings = answers.standings()
left, right = st.columns(2)
severities = left.pills(
    say("findings.only_severity"),
    SEVERITIES,
    selection_mode="multi",
    default=SEVERITIES,
    format_func=lambda code: say.code("severity", code),
    key="severities",
)
statuses = right.pills(
    say("findings.only_status"),
    STATUSES,
    selection_mode="multi",
    default=STATUSES,
    format_func=lambda code: say.code("status", code),
    key="statuses",
)
rows = [
    row
    for row in found.to_dicts()
    if row["severity"] in severities and finding_texts.status(row, standings) in statuses
]
if not rows:
    st.info(say("findings.none_so"))
    st.stop()
page_parts.table(finding_texts.listed(rows[:MOST_LISTED], standings, say))
shown, all_rows = formatting.count(min(len(rows), MOST_LISTED)), formatting.count(len(rows))
st.caption(say("findings.shown", shown=shown, all=all_rows))
if queries.findings.NO_ONE_CENTER in found["center_id"]:
    st.caption(say("findings.nobodys"))
by_id = {row["finding_id"]: row for row in rows}
chosen = controls.pick(say("findings.choose"), list(by_id), lambda key: finding_texts.label(by_id[key], say), "finding")
finding = by_id[chosen]
access.note("evidence", f"finding {chosen}", choice.source.version)
finding_parts.beside_its_reply(finding, standings.get(chosen), say)
records = cached.read(choice.source, queries.findings.evidence, chosen)
finding_parts.files_and_lines(records, MOST_RECORDS, say)
finding_parts.history(answers.actions(chosen), say)
if written := st.session_state.pop("written", None):
    st.success(say("findings.written", number=written))
with st.form("act", clear_on_submit=True):
    st.markdown(f"**{say('findings.act')}**")
    left, middle, right = st.columns(3)
    action = left.selectbox(
        say("findings.what"), ACTIONS, format_func=lambda code: say.code("action", code), key="action"
    )
    # Who logged in answers under that name and no other.
    reader = access.current()
    actor = middle.text_input(say("findings.actor"), value=reader.name, disabled=not reader.is_local, key="actor")
    whom = right.text_input(say("findings.to_whom"), key="whom")
    outcome = left.selectbox(
        say("findings.outcome_choice"),
        answers.OUTCOMES,
        format_func=lambda code: say.code("outcome", code),
        key="outcome",
    )
    message = st.text_area(say("findings.message"), key="message")
    if st.form_submit_button(say("findings.submit")):
        detail = outcome if action == "close" else "" if action == "reopen" else whom
        try:
            entry = answers.write(answers.said_by(finding), action, actor, detail, message)
        except answers.ActionError as error:
            st.error(say("findings.refused", why=str(error)))
        else:
            # What was written stands above this form, so the page is drawn anew.
            st.session_state["written"] = entry.action_no
            st.rerun()
