"""Published marts behind Streamlit's cache; the key holds the file and its time, so a swapped version is read anew."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from dashboards import access, queries
from dashboards.reports.exports import Shown

_SHOWN = "shown_rows"
_CUT = "cut_rows"

NOT_EXPORTED = {
    *("months", "provinces"),
    *("filter_provinces", "filter_vendors", "filter_models", "filter_tenants"),
}
"""Queries that fill controls and maps and answer no question."""


@dataclass(frozen=True)
class Published:
    """One published version: the real file behind the symlink, and its modification time."""

    path: str
    modified_ns: int

    @property
    def version(self) -> str:
        """Name of the version, as in `marts-<version>.duckdb`."""
        return Path(self.path).stem.removeprefix("marts-")


def published() -> Published | None:
    """The version that is served to this reader at this moment, or None before the first build."""
    reader = access.current()
    path = queries.published.published_path(scope=reader.scope, mark=reader.mark) if reader else None
    return published_version(path) if path else None


def published_version(path: Path) -> Published:
    """One version that is kept, by its file."""
    return Published(str(path), path.stat().st_mtime_ns)


def read(source: Published, query: Callable[..., pl.DataFrame], *arguments: object) -> pl.DataFrame:
    """Result of one function of `queries` on one published version."""
    _hold(source.path, source.modified_ns)
    rows = _read(source.path, source.modified_ns, f"{query.__module__}.{query.__name__}", query, arguments)
    st.session_state.setdefault(_SHOWN, {})[(query.__name__, arguments)] = rows
    return rows


def read_first(source: Published, query: Callable[..., pl.DataFrame], most: int, *arguments: object) -> pl.DataFrame:
    """So many first rows of a query whose last parameter is their number; who takes the page along gets all of them."""
    rows = read(source, query, *arguments, most)
    st.session_state.setdefault(_CUT, {})[(query.__name__, (*arguments, most))] = partial(
        query, source.path, *arguments, None
    )
    return rows


def begin_page() -> None:
    """Forget what the page before showed."""
    st.session_state[_SHOWN] = {}
    st.session_state[_CUT] = {}


def shown() -> list[Shown]:
    """What the page read so far, in the order it was read; several readings of one query are numbered."""
    readings, cut = st.session_state.get(_SHOWN, {}), st.session_state.get(_CUT, {})
    counts: dict[str, int] = {}
    found = []
    for (name, arguments), rows in readings.items():
        if name in NOT_EXPORTED or rows.is_empty():
            continue
        counts[name] = counts.get(name, 0) + 1
        number = "" if counts[name] == 1 else f"_{counts[name]}"
        found.append(Shown(f"{name}{number}", rows, cut.get((name, arguments))))
    return found


@st.cache_resource(max_entries=6, show_spinner=False)
def _hold(path: str, modified_ns: int) -> object:
    """Keep the versions that are read open; one that nobody reads any more gives way to others."""
    del modified_ns  # only part of the key
    return queries.reading.held_open(path)


@st.cache_data(max_entries=256, show_spinner=False)
def _read(
    path: str, modified_ns: int, query_name: str, _query: Callable[..., pl.DataFrame], arguments: tuple[object, ...]
) -> pl.DataFrame:
    del modified_ns, query_name  # only parts of the key
    return _query(path, *arguments)
