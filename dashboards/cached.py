"""Published marts behind Streamlit's cache; the key holds the file and its time, so a swapped version is read anew."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from dashboards import queries


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
    """The version that is served at this moment, or None before the first build."""
    path = queries.published.published_path()
    return Published(str(path), path.stat().st_mtime_ns) if path else None


def read(source: Published, query: Callable[..., pl.DataFrame], *arguments: object) -> pl.DataFrame:
    """Result of one function of `queries` on one published version."""
    return _read(source.path, source.modified_ns, f"{query.__module__}.{query.__name__}", query, arguments)


@st.cache_data(max_entries=256, show_spinner=False)
def _read(
    path: str, modified_ns: int, query_name: str, _query: Callable[..., pl.DataFrame], arguments: tuple[object, ...]
) -> pl.DataFrame:
    del modified_ns, query_name  # only parts of the key
    return _query(path, *arguments)
