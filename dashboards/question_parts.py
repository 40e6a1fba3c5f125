"""A reader's question with its answer, and the way to the page that draws it."""

from functools import partial

import streamlit as st

from dashboards import cached
from dashboards.controls import Choice
from dashboards.questions.asking import Asked


def asked_of(choice: Choice) -> Asked:
    """The reader's choice as what a question is asked of."""
    return Asked(
        partial(cached.read, choice.source),
        choice.center_id,
        choice.month_start_on,
        choice.month_end_on,
        choice.say,
        choice.filters.province,
        choice.filters.vendor_id,
    )


def draw(choice: Choice, question: str, answer: str, page: str) -> None:
    """Question, answer, and the link to the chart that shows it."""
    say = choice.say
    with st.container(border=True, gap="xsmall"):
        st.subheader(question, anchor=False)
        st.markdown(answer)
        st.caption(say("asked.see", page=say(f"{page}.title"), address=choice.address_of(page)))
