"""Language, as-of, filters, center and month: chosen once in the sidebar, kept in the URL, read by every page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import access, address, cached, formatting, queries
from dashboards.filters import Filters, draw_others, draw_province, refuse
from dashboards.translations import LANGUAGES, Words

LATEST = "latest"
"""Stands for the current publication among the as-ofs; it is not written into the URL, so that a link stays fresh."""


@dataclass(frozen=True)
class Choice:
    """What the reader looks at; `center_id` and `month_start_on` are None before the first build.

    `as_of` is empty for the current publication, else the instant, as in the URL, of the kept one that was chosen;
    `latest_as_of_at` is the as-of of the current one. `not_held` is what the address asks for and the file does not
    hold, by the name of the control: a page shows nothing then.
    """

    say: Words
    source: cached.Published | None
    center_id: str | None = None
    month_start_on: date | None = None
    month_end_on: date | None = None
    as_of: str = ""
    latest_as_of_at: datetime | None = None
    filters: Filters = field(default_factory=Filters)
    not_held: dict[str, str] = field(default_factory=dict)

    def address_of(self, page: str, **wanted: str) -> str:
        """Where a page opens with all of this chosen, relative to any page of the app."""
        own = {"lang": self.say.language, "center": self.center_id}
        if self.month_start_on is not None:
            own["month"] = formatting.month(self.month_start_on)
        if self.as_of:
            own["as_of"] = self.as_of
        return address.to_page(page, **(own | self.filters.in_address | wanted))


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


def segments(
    label: str, options: Sequence[str], words: Callable[[str], str], key: str, default: str | None = None
) -> str:
    """One of a few ways to look, side by side; kept in the URL under its key while it is not the default."""
    default = options[0] if default is None else default
    address.restore(key, options, default)
    st.session_state.setdefault(key, default)
    chosen = st.segmented_control(label, list(options), format_func=words, key=key, required=True)
    address.keep(key, chosen, default)
    return chosen


def pick(label: str, options: Sequence[str], words: Callable[[str], str], key: str, default: str | None = None) -> str:
    """One of many, from a list; kept in the URL under its key while it is not the default.

    Where the address asks for one that is not among them, the page says so and ends.
    """
    default = options[0] if default is None else default
    unknown = address.restore(key, options, default)
    if unknown:
        refuse({key: unknown}, current().say, label)
    chosen = st.selectbox(label, list(options), format_func=words, key=key)
    address.keep(key, chosen, default)
    return chosen


def _choose_language() -> str:
    address.restore("lang", list(LANGUAGES), "zh")
    st.session_state.setdefault("lang", "zh")
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
    address.restore("as_of", options, LATEST)
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
    all_centers = cached.read(source, queries.core.centers)
    months = cached.read(source, queries.core.months)
    if all_centers.is_empty() or months.is_empty():
        return Choice(say, source)
    province, names, not_held = draw_province(say, source)
    centers = all_centers if province is None else all_centers.filter(all_centers["province_code"] == province)
    center_id, foreign = _choose_center(say, centers)
    not_held |= foreign
    start, end, foreign = _choose_month(say, months)
    not_held |= foreign
    chosen, foreign = draw_others(say, source, province, names)
    return Choice(say, source, center_id, start, end, filters=chosen, not_held=not_held | foreign)


def _choose_center(say: Words, centers: pl.DataFrame) -> tuple[str, dict[str, str]]:
    """One center; hands back too what the address asks for and is not among them."""
    names = dict(zip(centers["center_id"], centers[say.column("center_name")], strict=True))
    unknown = address.restore("center", list(names), next(iter(names)))
    # The whole name heads the page; the control is too narrow for what all names end in.
    short = dict(zip(names, formatting.without_common_ending(list(names.values())), strict=True))
    center_id = st.selectbox(
        say("control.center"),
        list(names),
        format_func=short.__getitem__,
        key="center",
        on_change=address.forget,
        args=("center",),
    )
    st.query_params["center"] = unknown or center_id
    return center_id, {"center": unknown} if unknown else {}


def _choose_month(say: Words, months: pl.DataFrame) -> tuple[date, date, dict[str, str]]:
    """First day of one month and the day after its last; hands back too what is asked for and is not among them."""
    ends = dict(zip(months["month_start_on"], months["month_end_on"], strict=True))
    labels = {formatting.month(row["month_start_on"]): row["is_complete"] for row in months.to_dicts()}
    latest = next((key for key, done in labels.items() if done), next(iter(labels)))
    unknown = address.restore("month", list(labels), latest)
    month = st.selectbox(
        say("control.month"),
        list(labels),
        format_func=lambda key: key if labels[key] else say("control.month_in_progress", month=key),
        key="month",
        on_change=address.forget,
        args=("month",),
    )
    st.query_params["month"] = unknown or month
    start = date.fromisoformat(f"{month}-01")
    return start, ends[start], {"month": unknown} if unknown else {}
