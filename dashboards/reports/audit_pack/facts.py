"""The rows of one audit pack, every one as the marts have it, and the draws that the seed makes."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dashboards.queries import audit_pack, core, subsidies
from dashboards.queries.reading import opened, read
from dashboards.reports import explanation
from dashboards.reports.audit_pack.sampling import drawn, stratified

HEADLINE_METRICS = ("racked_device_avg", "lit_of_racked")
DRILL_DOWN_COUNT = 3
ROWS_PER_PART = 5
MONEY = (
    "earned_cny_fen_lower",
    "earned_cny_fen_upper",
    "net_paid_cny_fen",
    "clawback_cny_fen_if_lower",
    "clawback_cny_fen_if_upper",
)


class NoSuchProgrammeError(ValueError):
    """The published file knows no such subsidy; the text says which it knows."""


class UnexplainedFigureError(ValueError):
    """A headline figure is not what its rows add up to: no pack is made of it."""


@dataclass(frozen=True)
class PackFacts:
    """Everything one pack says; `tables` by the name of their file, `headline` as the marts say it.

    `compared_count` is how often this publication or an earlier one was compared with one before it.
    """

    programme_id: str
    build: dict
    settlement: dict
    center: dict
    seed: str
    compared_count: int
    tables: dict[str, pl.DataFrame]
    headline: dict[str, int | float | None]

    def rows(self, name: str) -> list[dict]:
        """One table as dictionaries."""
        return self.tables[name].to_dicts()


def gather(path: Path, programme_id: str, seed: str) -> PackFacts:
    """Read everything of one subsidy from a published file.

    Raises:
        NoSuchProgrammeError: the file does not know the subsidy.
        UnexplainedFigureError: rows and figure differ.
    """
    # The file stays open meanwhile: each of the queries would open it anew.
    with opened(path):
        known = audit_pack.programme_ids(path)
        if programme_id not in known:
            raise NoSuchProgrammeError(f"No subsidy {programme_id} is published. Known: {', '.join(known) or 'none'}.")
        return _gathered(path, programme_id, seed)


def _gathered(path: Path, programme_id: str, seed: str) -> PackFacts:
    capacity = subsidies.capacity(path, programme_id)
    center_id = capacity["center_id"][0]
    settlement = subsidies.settlements(path, center_id).filter(pl.col("programme_id") == programme_id)
    center = core.centers(path).filter(pl.col("center_id") == center_id)
    rates = audit_pack.headline_rates(path, center_id, HEADLINE_METRICS)
    sample, inspection = _inspection(path, center_id, seed)
    figures, drill_rows, drill_sources = _drill_down(path, center_id, seed)
    tables = {
        "settlement": settlement,
        "accounts": audit_pack.accounts(path, programme_id),
        "delivery": subsidies.deliveries(path, programme_id),
        "capacity": capacity,
        "milestones": subsidies.milestones(path, programme_id),
        "undecided_cards": subsidies.undecided_cards(path, programme_id),
        "local_use": subsidies.local_use(path, programme_id),
        "users": subsidies.users(path, programme_id),
        "use_by_province": subsidies.use_by_province(path, programme_id),
        "cost": subsidies.costs(path, center_id).filter(pl.col("programme_id") == programme_id),
        "claims": subsidies.claims(path, programme_id),
        "claim_rules": audit_pack.claim_rules(path, programme_id),
        "claims_twice": subsidies.doubles(path, center_id),
        "acceptance_test": audit_pack.padding(path, center_id),
        "acceptance_days": audit_pack.use_around_window(path, center_id),
        "months": audit_pack.months(path, center_id),
        "findings": audit_pack.findings(path, center_id),
        "rates": rates,
        "rate_parts": _rate_parts(path, rates),
        "restatement_log": audit_pack.restated(path, center_id),
        "exceptions_register": audit_pack.exceptions(path, programme_id, center_id),
        "evidence": audit_pack.evidence(path, programme_id, center_id),
        "raw_files": audit_pack.raw_files(path, center_id),
        "sampling_plan": inspection,
        "inspection_sample": sample,
        "drill_down_figures": figures,
        "drill_down_rows": drill_rows,
        "drill_down_lines": drill_sources,
    }
    settled = settlement.row(0, named=True)
    headline = {name: settled[name] for name in MONEY}
    for row in rates.iter_rows(named=True):
        headline |= {f"{row['figure_id']} {bound}": row[bound] for bound in ("lower", "upper")}
    build = read(path, "select * from dim_build", {}).row(0, named=True)
    return PackFacts(
        programme_id, build, settled, center.row(0, named=True), seed, audit_pack.compared_count(path), tables, headline
    )


def _rate_parts(path: Path, rates: pl.DataFrame) -> pl.DataFrame:
    """Every row that adds to a part of a headline rate."""
    found = [pl.DataFrame(schema=_ROWS)]
    for figure in rates.iter_rows(named=True):
        for part in explanation.parts(path, figure, row_limit=None):
            if not part.agrees:
                raise UnexplainedFigureError(
                    f"{figure['figure_id']} is not what the rows of its {part.name} add up to."
                )
            found.append(_labelled(figure, part))
    return pl.concat(found)


_ROWS = {
    "figure_id": pl.String,
    "part": pl.String,
    "center_id": pl.String,
    "subject_id": pl.String,
    "first_day_on": pl.Date,
    "last_day_on": pl.Date,
    "amount": pl.Decimal(38, 0),
}


def _labelled(figure: dict, part: explanation.Part, limit: int | None = None) -> pl.DataFrame:
    rows = part.rows if limit is None else part.rows.head(limit)
    return rows.select(
        pl.lit(figure["figure_id"]).alias("figure_id"), pl.lit(part.name).alias("part"), *list(_ROWS)[2:]
    ).cast(_ROWS)


def _drill_down(path: Path, center_id: str, seed: str) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Figures drawn by lot, the largest rows of each of their parts, and the lines of files behind the largest one."""
    figures, rows, lines = [], [pl.DataFrame(schema=_ROWS)], []
    for figure_id in drawn(audit_pack.explained_figures(path, center_id), DRILL_DOWN_COUNT, seed):
        figure = explanation.find(path, figure_id)
        figures.append(figure)
        for part in explanation.parts(path, figure, ROWS_PER_PART):
            if not part.agrees:
                raise UnexplainedFigureError(f"{figure_id} is not what the rows of its {part.name} add up to.")
            if part.rows.height:
                rows.append(_labelled(figure, part, ROWS_PER_PART))
                largest = part.rows.row(0, named=True)
                found = explanation.sources(path, figure, part, largest)
                lines += [
                    {"figure_id": figure_id, "part": part.name, "subject_id": largest["subject_id"],
                     "first_day_on": largest["first_day_on"], **line}
                    for line in found.to_dicts()
                ]  # fmt: skip
    return pl.DataFrame(figures), pl.concat(rows), pl.DataFrame(lines)


def _inspection(path: Path, center_id: str, seed: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Serials to look for, drawn from every model in proportion, and what finding all of them would prove."""
    plan = subsidies.inspection(path, center_id)
    serials = audit_pack.serials(path, center_id)
    strata = {
        model_id: rows["device_uid"].to_list()
        for (model_id,), rows in serials.group_by(["model_id"], maintain_order=True)
    }
    wanted = plan["sample_size"][0] if plan.height else 0
    chosen = stratified(strata, wanted, seed) if serials.height else {}
    sample = pl.DataFrame(
        [(center_id, model_id, serial) for model_id, found in chosen.items() for serial in found],
        schema={"center_id": pl.String, "model_id": pl.String, "device_uid": pl.String},
        orient="row",
    ).with_row_index("sample_no", 1)
    plan = plan.with_columns(
        pl.lit(seed).alias("seed"),
        pl.lit(serials.height).alias("installed_card_count"),
        pl.lit(sample.height).alias("drawn_card_count"),
    )
    return sample, plan
