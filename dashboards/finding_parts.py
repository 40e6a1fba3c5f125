"""One finding on the screen: its evidence down to lines of files, what else looks alike, and what the party says."""

import polars as pl
import streamlit as st

from dashboards import finding_texts, formatting, page_parts
from dashboards.translations import Words


def beside_its_reply(finding: dict, standing: object | None, say: Words) -> None:
    """Evidence on the left; what else looks alike, how to check, and what the party says on the right."""
    plain = formatting.as_markdown_text
    st.markdown(
        say("findings.pattern", name=finding[say.column("name")], pattern=finding[say.column("pattern")].rstrip("."))
    )
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.markdown(f"**{say('findings.evidence')}**")
        st.markdown(plain(finding_texts.subject(finding, say)) + "  \n" + finding_texts.period(finding))
        st.markdown(
            say(
                "findings.measured",
                observed=finding_texts.number(finding["observed"]),
                unit=say.code("finding_unit", finding["unit"]),
                expected=finding_texts.number(finding["expected"]),
            )
        )
        st.markdown(
            say(
                "findings.evidence_rows",
                count=formatting.count(finding["evidence_count"]),
                kind=say.code("evidence_kind", finding["evidence_kind"]),
                first=finding["first_evidence_key"],
                last=finding["last_evidence_key"],
            )
        )
        st.markdown(
            say(
                "findings.sure",
                confidence=f"{finding['confidence']:.2f}",
                family=say("family." + finding["evidence_family"]).lower(),
                verdict=say.code("verdict", finding["verdict"]),
                severity=say.code("severity", finding["severity"]),
            )
        )
        version = say("findings.version", version=formatting.as_markdown_text(finding["rule_version"]))
        st.caption(f"`{finding['finding_id']}`  \n{version}")
    with right.container(border=True, height="stretch"):
        for title, column in (("findings.look_alike", "false_positives"), ("findings.check", "counter_check")):
            st.markdown(f"**{say(title)}**  \n{finding[say.column(column)]}")
        reply = say("findings.no_reply")
        if standing is not None and standing.reply:
            reply = say("findings.replied", party=plain(standing.reply_by), reply=plain(standing.reply))
        st.markdown(f"**{say('findings.reply')}**  \n{reply}")
        state = say.code("status", standing.status if standing else "open")
        if standing is not None and standing.assignee:
            st.markdown(say("findings.with", status=state, assignee=plain(standing.assignee)))
        else:
            st.markdown(say("findings.standing", status=state))
        if standing is not None and standing.outcome:
            ending = plain(standing.closing_message)
            st.markdown(say("findings.outcome", outcome=say.code("outcome", standing.outcome), message=ending))


def files_and_lines(records: pl.DataFrame, most: int, say: Words) -> None:
    """Records it rests on with their files, lines and hashes; `records` is the frame of `queries.findings.evidence`."""
    st.subheader(say("findings.files"), anchor=False)
    if records.is_empty():
        st.info(say("findings.no_files"))
        return
    shown = records.head(most).to_dicts()
    page_parts.table(finding_texts.records(shown, say))
    page_parts.table(finding_texts.files(shown, say))
    counts = {"shown": formatting.count(len(shown)), "all": formatting.count(records.height)}
    st.caption(say("findings.files_caption", **counts))


def history(actions: list, say: Words) -> None:
    """What was done with a finding, if anything was."""
    if actions:
        st.subheader(say("findings.history"), anchor=False)
        page_parts.table(finding_texts.history(actions, say))
        st.caption(say("findings.history_caption"))
