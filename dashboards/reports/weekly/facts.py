"""What a weekly report says, as rows of the published file; no words and no layout."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import polars as pl

from dashboards.queries import core, weekly
from dashboards.queries.weekly import ALL

SHOWN_DAYS = 14
"""The heat map of cabinets goes back two weeks, so that a gap is seen beginning."""

Rows = list[dict]
Read = Callable[..., pl.DataFrame]


@dataclass(frozen=True)
class Provenance:
    """Where the published file stands in the register; what the register cannot say is None.

    `restatements` are figures that say otherwise than an earlier publication did; None means that nobody looked.
    """

    publication_no: int | None = None
    recorded_on: date | None = None
    figure_count: int | None = None
    head: str | None = None
    restatements: Rows | None = None


@dataclass(frozen=True)
class WeekFacts:
    """All rows of one report; `scope_id` is a center or ALL."""

    scope_id: str
    week_start_on: date
    week_end_on: date
    build: dict
    version: str
    provenance: Provenance
    center_names: dict[str, dict]
    ladder: dict
    figures: Rows
    by_tenant: Rows
    by_cause: Rows
    sold_lit: Rows
    mismatches: Rows
    places_by_day: Rows
    place_coverage: Rows
    out_of_service: Rows
    leases: Rows
    sellable: Rows
    energy: Rows
    bills: Rows
    actions: Rows = field(default_factory=list)

    @property
    def week_label(self) -> str:
        """The ISO week, as in "2026-W44"."""
        return f"{self.week_start_on:%G-W%V}"


def _read(path: Path, query: Callable[..., pl.DataFrame], *arguments: object) -> pl.DataFrame:
    return query(path, *arguments)


def _of_the_week(source: Provenance, figures: Rows) -> Provenance:
    """The same provenance with only those restatements that the report's own figures are among."""
    if source.restatements is None:
        return source
    own = {figure["figure_id"] for figure in figures}
    return replace(source, restatements=[row for row in source.restatements if row["figure_id"] in own])


class NoSuchWeekError(LookupError):
    """The published file knows nothing of the week or the center; the text says what it knows."""


def week_start(label: str) -> date:
    """The Monday of "2026-W44"; raises ValueError for anything else."""
    return date.fromisoformat(f"{label}-1")


def gather(
    path: Path,
    scope_id: str = ALL,
    week_start_on: date | None = None,
    provenance: Provenance | None = None,
    read: Read | None = None,
) -> WeekFacts:
    """All rows of the report of one week, the latest that is over where none is named.

    `read` answers a query of `dashboards.queries` from the published file; the page passes its cached one.

    Raises:
        NoSuchWeekError: the week is not over as of the build, or the center is unknown.
    """
    read = read or partial(_read, path)
    # A file of a restricted scope holds no sums over all centers.
    known = read(weekly.weeks).to_dicts() or read(weekly.weeks, scope_id).to_dicts()
    names = {row["center_id"]: row for row in read(weekly.center_names).to_dicts()}
    if scope_id != ALL and scope_id not in names:
        raise NoSuchWeekError(f"There is no center {scope_id}. Known: {', '.join(names) or 'none'}.")
    if not known:
        raise NoSuchWeekError("No week is over yet as of the published build.")
    monday = week_start_on or known[0]["week_start_on"]
    found = read(weekly.ladder, scope_id, monday).to_dicts()
    if not found or monday not in {row["week_start_on"] for row in known}:
        raise NoSuchWeekError(
            f"Nothing is published of week {monday:%G-W%V} of {scope_id}. "
            f"Weeks go from {known[-1]['week_start_on']:%G-W%V} to {known[0]['week_start_on']:%G-W%V}."
        )
    end_on = found[0]["week_end_on"]
    figures = read(weekly.figures, scope_id, monday).to_dicts()
    return WeekFacts(
        scope_id=scope_id,
        week_start_on=monday,
        week_end_on=end_on,
        build=read(core.build).row(0, named=True),
        version=Path(path).resolve().stem.removeprefix("marts-"),
        provenance=_of_the_week(provenance or Provenance(), figures),
        center_names=names,
        ladder=found[0],
        figures=figures,
        by_tenant=read(weekly.lit_change, scope_id, monday, "tenant").to_dicts(),
        by_cause=read(weekly.lit_change, scope_id, monday, "cause").to_dicts(),
        sold_lit=read(weekly.sold_lit, scope_id, monday).to_dicts(),
        mismatches=read(weekly.mismatches, scope_id, monday, 50).to_dicts(),
        places_by_day=read(weekly.places_by_day, scope_id, end_on - timedelta(days=SHOWN_DAYS), end_on).to_dicts(),
        place_coverage=read(weekly.place_coverage, scope_id, monday).to_dicts(),
        out_of_service=read(weekly.out_of_service, scope_id).to_dicts(),
        leases=read(weekly.leases, scope_id).to_dicts(),
        sellable=read(weekly.sellable, scope_id).to_dicts(),
        energy=read(weekly.energy, scope_id, monday).to_dicts(),
        bills=read(weekly.bills, scope_id, end_on, 7 if scope_id == ALL else 6).to_dicts(),
        actions=read(weekly.actions, scope_id).to_dicts(),
    )
