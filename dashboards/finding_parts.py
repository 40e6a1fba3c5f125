"""One finding on the screen: its evidence, and beside it what else looks alike and what the party says."""

import streamlit as st

from dashboards import finding_texts, formatting
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
        st.caption(say("findings.version", version=finding["rule_version"]))
    with right.container(border=True, height="stretch"):
        for title, column in (("findings.look_alike", "false_positives"), ("findings.check", "counter_check")):
            st.markdown(f"**{say(title)}**  \n{finding[say.column(column)]}")
        reply = say("findings.no_reply")
        if standing is not None and standing.reply:
            reply = say("findings.replied", party=plain(standing.reply_by), reply=plain(standing.reply))
        st.markdown(f"**{say('findings.reply')}**  \n{reply}")
        if standing is not None and standing.outcome:
            ending = plain(standing.closing_message)
            st.markdown(say("findings.outcome", outcome=say.code("outcome", standing.outcome), message=ending))
