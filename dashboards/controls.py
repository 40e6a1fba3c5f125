"""Language, as-of, center and month: chosen once in the sidebar, kept in the URL, read by every page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import access, cached, formatting, queries
from dashboards.translations import LANGUAGES, Words

LATEST = "latest"
"""Stands for the current publication among the as-ofs; it is not written into the URL, so that a link stays fresh."""


@dataclass(frozen=True)
class Choice:
    """What the reader looks at; `center_id` and `month_start_on` are None before the first build.

    `as_of` is empty for the current publication, else the instant, as in the URL, of the kept one that was chosen;
    `latest_as_of_at` is the as-of of the current one.
    """

    say: Words
    source: cached.Published | None
    center_id: str | None = None
    month_start_on: date | None = None
    month_end_on: date | None = None
    as_of: str = ""
    latest_as_of_at: datetime | None = None


def draw() -> Choice:
    """Draw the controls and remember the choice for the page that follows."""
    with st.sidebar:
        language = _choose_language()
        say = Words(language)
    reader = access.admit(say)
    with st.sidebar:
        choice = _choose(say)
        access.draw(say, reader)
    st.session_state["choice"] = choice
    return choice


def current() -> Choice:
    """The choice drawn in this run."""
    return st.session_state["choice"]


def _restore(key: str, allowed: list[str], default: str) -> None:
    """Start from the URL, and fall back to the default when a choice is no longer (or never was) possible."""
    value = st.session_state.get(key) or st.query_params.get(key)
    st.session_state[key] = value if value in allowed else default


def segments(
    label: str, options: Sequence[str], words: Callable[[str], str], key: str, default: str | None = None
) -> str:
    """One of a few ways to look, side by side; kept in the URL under its key while it is not the default."""
    default = options[0] if default is None else default
    _restore(key, list(options), default)
    chosen = st.segmented_control(label, list(options), format_func=words, key=key, required=True)
    _keep_in_url(key, chosen, default)
    return chosen


def pick(label: str, options: Sequence[str], words: Callable[[str], str], key: str, default: str | None = None) -> str:
    """One of many, from a list; kept in the URL under its key while it is not the default."""
    default = options[0] if default is None else default
    _restore(key, list(options), default)
    chosen = st.selectbox(label, list(options), format_func=words, key=key)
    _keep_in_url(key, chosen, default)
    return chosen


def _keep_in_url(key: str, chosen: str, default: str) -> None:
    if chosen != default:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)


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


def _choose(say: Words) -> Choice:
    current = cached.published()
    if current is None:
        return Choice(say, None)
    # of several with one as-of the one published last stands last here and is the one that counts
    reader = access.current()
    versions = queries.published.published_versions(reader.scope, reader.mark)[::-1]
    latest_at = next(version.as_of_at for version in versions if str(version.path) == current.path)
    kept = {_as_text(version.as_of_at): version for version in versions if version.as_of_at != latest_at}
    as_of = _choose_as_of(say, latest_at, kept)
    source = cached.published_version(kept[as_of].path) if as_of else current
    return replace(_choose_rows(say, source), as_of=as_of, latest_as_of_at=latest_at)


def _choose_as_of(say: Words, latest_at: datetime, kept: dict[str, queries.published.Version]) -> str:
    """The current publication (empty), or another one that is kept: what was known then and nothing more."""
    wanted = st.query_params.get("as_of")
    if wanted and "as_of" not in st.session_state:
        found = _kept_by(wanted, latest_at, kept)
        st.session_state["as_of"] = found or LATEST
        if found is None:
            st.warning(say("control.as_of_not_kept", wanted=formatting.as_markdown_text(wanted)))
    options = [LATEST, *sorted(kept, reverse=True)]
    _restore("as_of", options, LATEST)
    latest = say("control.as_of_latest", day=formatting.day(latest_at.date()))
    key = st.selectbox(
        say("control.as_of"),
        options,
        format_func=lambda key: latest if key == LATEST else formatting.instant(kept[key].as_of_at),
        key="as_of",
        help=say("control.as_of_help"),
    )
    st.query_params.pop("as_of", None)
    if key == LATEST:
        return ""
    st.query_params["as_of"] = key
    return key


def _kept_by(wanted: str, latest_at: datetime, kept: dict[str, queries.published.Version]) -> str | None:
    """The publication with the latest as-of not after a day (its end in China) or an instant; None if none is kept."""
    try:
        instant = datetime.fromisoformat(wanted)
    except ValueError:
        return None
    if len(wanted) == len("2026-03-31"):
        instant = datetime.combine(instant.date(), time(23, 59, 59), ZoneInfo("Asia/Shanghai"))
    if instant.tzinfo is None:
        return None
    known = {LATEST: latest_at} | {key: version.as_of_at for key, version in kept.items()}
    by_then = {key: as_of_at for key, as_of_at in known.items() if as_of_at <= instant}
    return max(by_then, key=by_then.__getitem__, default=None)


def _as_text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
    # The whole name heads the page; the control is too narrow for what all names end in.
    short = dict(zip(names, formatting.without_common_ending(list(names.values())), strict=True))
    center_id = st.selectbox(say("control.center"), list(names), format_func=short.__getitem__, key="center")
    month = st.selectbox(
        say("control.month"),
        list(labels),
        format_func=lambda key: key if labels[key] else say("control.month_in_progress", month=key),
        key="month",
    )
    st.query_params.update({"center": center_id, "month": month})
    start = date.fromisoformat(f"{month}-01")
    return Choice(say, source, center_id, start, ends[start])
