"""Why a figure is what it is: its parts, the rows that add up to each, and the lines of files behind a row."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from dashboards.queries import evidence

PARTS = ("numerator_lower", "numerator_upper", "denominator")


@dataclass(frozen=True)
class Part:
    """One part of a figure: what was published, and what its evidence adds up to.

    `rows` are the largest contributions; `kind` is the kind of evidence, None where no rows are kept for the metric.
    `days` says what was taken: all, the last day, closed periods, or the mean of the last twelve months.
    """

    name: str
    published: Decimal | None
    kind: str | None
    measures: tuple[str, ...] = ()
    day_rule: str = "all"
    total: int = 0
    row_count: int = 0
    rows: pl.DataFrame | None = None

    @property
    def computed(self) -> int:
        """The part as its rows give it; a mean of twelve months is rounded half away from zero, like the mart's."""
        if self.day_rule != "mean_of_last_12":
            return self.total
        whole, rest = divmod(abs(self.total), 12)
        rounded = whole + (2 * rest >= 12)
        return rounded if self.total >= 0 else -rounded

    @property
    def agrees(self) -> bool:
        """Whether rows and publication say the same, to the last unit."""
        return self.kind is not None and (self.published is None or self.computed == int(self.published))


def find(path: Path, figure_id: str, center_id: str | None = None) -> dict | None:
    """The figure as the published file holds it; sooner found where it is one of the center that is named."""
    found = evidence.figure(path, figure_id, center_id)
    if found.is_empty() and center_id is not None:
        found = evidence.figure(path, figure_id)
    return None if found.is_empty() else found.row(0, named=True)


def parts(path: Path, figure: dict, row_limit: int | None = 5) -> list[Part]:
    """The parts of a figure with the rows behind each, largest first; a metric without a map has parts without rows."""
    scope = "center" if figure["center_id"] else "portfolio"
    mapped = evidence.measures(path, figure["metric_id"], scope)
    found = []
    for name in PARTS:
        own = mapped.filter(pl.col("part") == name).to_dicts()
        if not own:
            found.append(Part(name, figure[name], None))
            continue
        rows = evidence.part_rows(path, figure, own, row_limit)
        total, row_count = (int(rows["total"][0]), rows["row_count"][0]) if rows.height else (0, 0)
        measures = tuple(("- " if row["factor"] < 0 else "") + row["measure"] for row in own)
        found.append(
            Part(
                name,
                figure[name],
                own[0]["evidence"],
                measures,
                own[0]["day_rule"],
                total,
                row_count,
                rows.drop("total", "row_count"),
            )
        )
    return found


def sources(path: Path, figure: dict, part: Part, row: dict | None) -> pl.DataFrame:
    """Files, lines and hashes behind one row of a part; without a row, files that speak of the center in the period."""
    if part.kind is None or row is None:
        return evidence.files_of_center(path, figure["center_id"], figure["period_start"], figure["period_end"])
    return evidence.source_lines(path, part.kind, row)
