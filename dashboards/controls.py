"""Language, center and month: chosen once in the sidebar, kept in the URL, read by every page."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboards import cached, formatting, queries
from dashboards.translations import LANGUAGES, Words


@dataclass(frozen=True)
class Choice:
    """What the reader looks at; `center_id` and `month_start_on` are None before the first build."""

    say: Words
    source: cached.Published | None
    center_id: str | None = None
    month_start_on: date | None = None
    month_end_on: date | None = None


def draw() -> Choice:
    """Draw the controls and remember the choice for the page that follows."""
    with st.sidebar:
        language = _choose_language()
        say = Words(language)
        source = cached.published()
        choice = _choose_rows(say, source) if source else Choice(say, None)
    st.session_state["choice"] = choice
    return choice


def current() -> Choice:
    """The choice drawn in this run."""
    return st.session_state["choice"]


def _restore(key: str, allowed: list[str], default: str) -> None:
    """Start from the URL, and fall back to the default when a choice is no longer (or never was) possible."""
    value = st.session_state.get(key) or st.query_params.get(key)
    st.session_state[key] = value if value in allowed else default


def _choose_language() -> str:
    _restore("lang", list(LANGUAGES), "zh")
    language = st.segmented_control(
        " / ".join(Words(code)("control.language") for code in LANGUAGES),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="lang",
        required=True,
    )
    st.query_params["lang"] = language
    return language


def _choose_rows(say: Words, source: cached.Published) -> Choice:
    centers = cached.read(source, queries.core.centers)
    months = cached.read(source, queries.core.months)
    names = dict(zip(centers["center_id"], centers[say.column("center_name")], strict=True))
    ends = dict(zip(months["month_start_on"], months["month_end_on"], strict=True))
    labels = {formatting.month(row["month_start_on"]): row["is_complete"] for row in months.to_dicts()}
    if not names or not labels:
        return Choice(say, source)
    _restore("center", list(names), next(iter(names)))
    _restore("month", list(labels), next((key for key, done in labels.items() if done), next(iter(labels))))
    center_id = st.selectbox(say("control.center"), list(names), format_func=names.__getitem__, key="center")
    month = st.selectbox(
        say("control.month"),
        list(labels),
        format_func=lambda key: key if labels[key] else say("control.month_in_progress", month=key),
        key="month",
    )
    st.query_params.update({"center": center_id, "month": month})
    start = date.fromisoformat(f"{month}-01")
    return Choice(say, source, center_id, start, ends[start])
