"""Where a reader wanted to go before the login: kept on the server for minutes, and taken up once after it.

The login comes back to the first page without a query. No address is ever followed: what is kept is the name of a page
of the app and what its query said, so that nobody can be led elsewhere.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

SECONDS_KEPT = 600
MOST_KEPT = 1000
LONGEST_VALUE = 200
MOST_VALUES = 40
_BROWSER_COOKIE = "_streamlit_xsrf"
_MASKED, _PARTS = "2", 4


@dataclass(frozen=True)
class Wanted:
    """A page by its name in the address, and the query it was asked for with."""

    page: str
    query: dict[str, str]
    at: float


def remember() -> None:
    """Keep what this browser asks for, as the login is about to take it away."""
    browser = _browser()
    if browser is None:
        return
    kept = _kept()
    for old in [name for name, wanted in kept.items() if _is_over(wanted)] + list(kept)[: len(kept) - MOST_KEPT + 1]:
        kept.pop(old, None)
    page = urlsplit(st.context.url or "").path.rsplit("/", 1)[-1]
    query = {name: value for name, value in st.query_params.to_dict().items() if len(name + value) <= LONGEST_VALUE}
    kept[browser] = Wanted(page, dict(list(query.items())[:MOST_VALUES]), time.monotonic())


def take_up(pages: Collection[str]) -> str | None:
    """Put the query back that was asked for before the login, once; hands back the page, where the app has it."""
    browser = _browser()
    wanted = _kept().pop(browser, None) if browser else None
    if wanted is None or _is_over(wanted) or st.query_params:
        return None
    st.query_params.from_dict(wanted.query)
    return wanted.page if wanted.page in pages else None


def _is_over(wanted: Wanted) -> bool:
    return time.monotonic() - wanted.at > SECONDS_KEPT


@st.cache_resource(show_spinner=False)
def _kept() -> dict[str, Wanted]:
    """What was asked for by browser, the oldest first."""
    return {}


def _browser() -> str | None:
    """What tells this browser from others: the secret of the tool's cookie, which wears another mask in each answer."""
    parts = st.context.cookies.get(_BROWSER_COOKIE, "").strip("\"'").split("|")
    if len(parts) != _PARTS or parts[0] != _MASKED:
        return None
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except ValueError:
        return None
    if not mask or not masked:
        return None
    return bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked)).hex()
