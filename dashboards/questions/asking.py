"""Whom a question is asked of: a center and a month of one published version, in one language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboards.translations import Words


@dataclass(frozen=True)
class Asked:
    """`read` answers a query of `dashboards.queries` from the published file.

    A province or vendor narrows sentences about all centers and all vendors.
    """

    read: Callable[..., pl.DataFrame]
    center_id: str
    month_start_on: date
    month_end_on: date
    say: Words
    province: int | None = None
    vendor_id: str | None = None

    def rows(self, query: Callable[..., pl.DataFrame], *arguments: object) -> list[dict]:
        """Rows of one query as dictionaries."""
        return self.read(query, *arguments).to_dicts()

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence in a row."""
        return ("，" if self.say.language == "zh" else ", ").join(parts)
