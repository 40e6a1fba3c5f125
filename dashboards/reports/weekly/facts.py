"""What a weekly report says, as rows of the published file; no words and no layout."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from dashboards.queries import core, weekly
from dashboards.queries.weekly import ALL

SHOWN_DAYS = 14
"""The heat map of cabinets goes back two weeks, so that a gap is seen beginning."""

Rows = list[dict]


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


class NoSuchWeekError(LookupError):
    """The published file knows nothing of the week or the center; the text says what it knows."""


def week_start(label: str) -> date:
    """The Monday of "2026-W44"; raises ValueError for anything else."""
    return date.fromisoformat(f"{label}-1")


def gather(
    path: Path, scope_id: str = ALL, week_start_on: date | None = None, provenance: Provenance | None = None
) -> WeekFacts:
    """All rows of the report of one week, the latest that is over where none is named.

    Raises:
        NoSuchWeekError: the week is not over as of the build, or the center is unknown.
    """
    known = weekly.weeks(path).to_dicts()
    names = {row["center_id"]: row for row in weekly.center_names(path).to_dicts()}
    if scope_id != ALL and scope_id not in names:
        raise NoSuchWeekError(f"There is no center {scope_id}. Known: {', '.join(names) or 'none'}.")
    if not known:
        raise NoSuchWeekError("No week is over yet as of the published build.")
    monday = week_start_on or known[0]["week_start_on"]
    found = weekly.ladder(path, scope_id, monday).to_dicts()
    if not found or monday not in {row["week_start_on"] for row in known}:
        raise NoSuchWeekError(
            f"Nothing is published of week {monday:%G-W%V} of {scope_id}. "
            f"Weeks go from {known[-1]['week_start_on']:%G-W%V} to {known[0]['week_start_on']:%G-W%V}."
        )
    end_on = found[0]["week_end_on"]
    return WeekFacts(
        scope_id=scope_id,
        week_start_on=monday,
        week_end_on=end_on,
        build=core.build(path).row(0, named=True),
        version=Path(path).resolve().stem.removeprefix("marts-"),
        provenance=provenance or Provenance(),
        center_names=names,
        ladder=found[0],
        figures=weekly.figures(path, scope_id, monday).to_dicts(),
        by_tenant=weekly.lit_change(path, scope_id, monday, "tenant").to_dicts(),
        by_cause=weekly.lit_change(path, scope_id, monday, "cause").to_dicts(),
        sold_lit=weekly.sold_lit(path, scope_id, monday).to_dicts(),
        mismatches=weekly.mismatches(path, scope_id, monday, 50).to_dicts(),
        places_by_day=weekly.places_by_day(path, scope_id, end_on - timedelta(days=SHOWN_DAYS), end_on).to_dicts(),
        place_coverage=weekly.place_coverage(path, scope_id, monday).to_dicts(),
        out_of_service=weekly.out_of_service(path, scope_id).to_dicts(),
        leases=weekly.leases(path, scope_id).to_dicts(),
        sellable=weekly.sellable(path, scope_id).to_dicts(),
        energy=weekly.energy(path, scope_id, monday).to_dicts(),
        bills=weekly.bills(path, scope_id, end_on, 7 if scope_id == ALL else 6).to_dicts(),
        actions=weekly.actions(path, scope_id).to_dicts(),
    )
