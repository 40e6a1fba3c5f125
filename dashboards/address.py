"""The address of a view: what a reader arrives with, what of it the published file does not hold, what is kept."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

SIDEBAR = ("center", "month", "province", "vendor_id", "model", "tenant")
"""Controls that stand on every page; all others belong to one page and begin anew with it."""


def restore(key: str, allowed: Sequence[str], default: str) -> str | None:
    """Start a control from the address, or from what was chosen before; hands back what cannot be shown.

    A choice that is no longer possible, because another one changed, falls back to the default. What the reader came
    with and the file does not hold does not: it is handed back, until the reader chooses otherwise.
    """
    wanted = _arrived().get(key)
    is_foreign = bool(wanted) and wanted not in allowed
    is_of_page = key not in SIDEBAR
    if is_foreign and is_of_page and key not in st.session_state and st.query_params.get(key) == wanted:
        return wanted
    value = st.session_state[key] if key in st.session_state else st.query_params.get(key)
    st.session_state[key] = value if value in allowed else default
    return wanted if is_foreign and not is_of_page else None


def forget(*keys: str) -> None:
    """The reader chose: what the address said of these and of the page's own controls counts no more."""
    for key in [name for name in _arrived() if name in keys or name not in SIDEBAR]:
        del _arrived()[key]
    for key in keys:
        st.query_params.pop(key, None)


def keep(key: str, chosen: str, default: str = "") -> None:
    """Write a choice into the address while it is not the default."""
    if chosen != default:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)


def to_page(page: str, **wanted: str | None) -> str:
    """Where a page opens with these choices, relative to any page of the app; an empty one is left out."""
    return f"{page}?{urlencode({name: value for name, value in wanted.items() if value is not None}, safe='/')}"


def _arrived() -> dict[str, str]:
    """What the address said when the session began, less what was chosen otherwise since."""
    return st.session_state.setdefault("arrived", st.query_params.to_dict())
