"""An auditor's eight questions about one subsidy, each answered in a sentence with the way to its exhibit."""

import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries, question_parts
from dashboards.questions import government

choice = page_parts.open_page("government_questions")
say = choice.say
name = page_parts.center_heading(choice)
by_id = {
    row["programme_id"]: row
    for row in cached.read(choice.source, queries.subsidies.settlements, choice.center_id).to_dicts()
}
if not by_id:
    st.info(say("asked.no_programme", center=formatting.as_markdown_text(name)))
    st.stop()
programme_id = controls.pick(
    say("asked.programme"),
    list(by_id),
    lambda key: say(f"subsidy_kind.{by_id[key]['subsidy_kind']}") + f" · {key}",
    "programme",
)
asked = question_parts.asked_of(choice)
for question, answer, page in government.ANSWERS:
    question_parts.draw(choice, say(f"asked.government.{question}"), answer(asked, by_id[programme_id]), page)
