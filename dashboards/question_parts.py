"""A reader's question with its answer, and the way to the page that draws it."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboards import cached
from dashboards.controls import Choice
from dashboards.questions.asking import Asked


def asked_of(choice: Choice) -> Asked:
    """The reader's choice as what a question is asked of."""
    return Asked(
        partial(cached.read, choice.source), choice.center_id, choice.month_start_on, choice.month_end_on, choice.say
    )


def draw(choice: Choice, question: str, answer: str, page: str) -> None:
    """Question, answer, and the link to the chart that shows it."""
    say = choice.say
    wanted = {"lang": say.language, "center": choice.center_id, "month": f"{choice.month_start_on:%Y-%m}"}
    if choice.as_of:
        wanted["as_of"] = choice.as_of
    with st.container(border=True, gap="xsmall"):
        st.subheader(question, anchor=False)
        st.markdown(answer)
        st.caption(say("asked.see", page=say(f"{page}.title"), address=f"{page}?{urlencode(wanted, safe='/')}"))
