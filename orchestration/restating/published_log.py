"""The register and its restatements as a file for readers, beside the published marts and swapped in one step.

It says nothing that the state store does not say and is written anew from it whenever a pair was split.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from ingest.paths import DataDir
from ingest.state.register import Register
from ingest.state.restatements import LoggedPair, RestatementLog
from ingest.state.store import StateStore
from orchestration.publish import DEFAULT_SCOPE
from orchestration.restating.causes import CAUSES
from orchestration.restating.milestones import MEASURES as MILESTONE_MEASURES
from orchestration.restating.parts import DECIMAL_PLACES

FILE_NAME = "restatements.duckdb"

_EXACT = pl.Decimal(38, DECIMAL_PLACES)
_PAIR = {"from_publication_no": pl.Int64(), "to_publication_no": pl.Int64()}

PUBLICATIONS: dict[str, pl.DataType] = {
    "publication_no": pl.Int64(),
    "version": pl.String(),
    "as_of_at": pl.Datetime("us", "UTC"),
    "recorded_at": pl.Datetime("us", "UTC"),
    "code_version": pl.String(),
    "definition_hash": pl.String(),
    "input_hash": pl.String(),
    "entry_hash": pl.String(),
    "input_count": pl.Int64(),
    "figure_count": pl.Int64(),
}
PAIRS: dict[str, pl.DataType] = _PAIR | {
    "restated_count": pl.Int64(),
    "restated_open_count": pl.Int64(),
    "restated_milestone_count": pl.Int64(),
    "added_count": pl.Int64(),
    "withdrawn_count": pl.Int64(),
}
CAUSE_ROWS: dict[str, pl.DataType] = _PAIR | {
    "cause": pl.String(),
    "cause_no": pl.Int64(),
    "kind": pl.String(),
    "name": pl.String(),
    "detail": pl.String(),
    "centers": pl.String(),
    "recorded_at": pl.String(),
    "source_sha256": pl.String(),
}
MILESTONES: dict[str, pl.DataType] = _PAIR | {
    "milestone_id": pl.String(),
    "center_id": pl.String(),
    "metric": pl.String(),
    "target_unit": pl.String(),
    **{
        f"{when}_{name}": pl.String()
        if name == "verdict"
        else pl.Int64()
        if name.startswith("earned_cny_fen")
        else pl.Float64()
        for name in MILESTONE_MEASURES
        for when in ("before", "after")
    },
}
FIGURE_MEASURES: dict[str, pl.DataType] = _PAIR | {
    "figure_id": pl.String(),
    "measure": pl.String(),
    "metric_id": pl.String(),
    "basis": pl.String(),
    "center_id": pl.String(),
    "period_grain": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "unit": pl.String(),
    "was_open": pl.Boolean(),
    "causes": pl.String(),
    "definition_kinds": pl.String(),
    "value_before": _EXACT,
    "value_after": _EXACT,
    "change": _EXACT,
    **dict.fromkeys(CAUSES, _EXACT),
}


def publish_log(data_dir: DataDir, scope: str = DEFAULT_SCOPE) -> Path:
    """Write register and restatements of a scope where readers find them, and return the file."""
    store = StateStore(data_dir)
    entries = [entry for entry in Register(store).entries() if entry.scope == scope]
    numbers = {entry.publication_no for entry in entries}
    log = RestatementLog(store)
    pairs = [(pair, log.figures(pair)) for pair in log.pairs() if pair.to_publication_no in numbers]
    tables = {
        "dim_publication": _frame([entry.__dict__ for entry in entries], PUBLICATIONS),
        "fct_publication_pair": _frame([_pair_row(pair, figures) for pair, figures in pairs], PAIRS),
        "fct_publication_pair__cause": _frame([row for pair, _ in pairs for row in _cause_rows(pair)], CAUSE_ROWS),
        "fct_milestone__restatement": _frame([row for pair, _ in pairs for row in _milestone_rows(pair)], MILESTONES),
        "fct_figure__restatement": _frame(
            [row for pair, figures in pairs for row in _measure_rows(pair, figures)], FIGURE_MEASURES
        ),
    }
    path = data_dir.published / scope / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.next")
    temporary.unlink(missing_ok=True)
    with duckdb.connect(str(temporary)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, frame in tables.items():
            rows = frame  # noqa: F841 - read by DuckDB by its name
            connection.execute(f'create table "{name}" as select * from rows')
    temporary.replace(path)
    return path


def measure_rows(data_dir: DataDir, pair: LoggedPair) -> pl.DataFrame:
    """Restated figures of a pair, one row per figure and measure, in the order of figures."""
    figures = RestatementLog(StateStore(data_dir)).figures(pair)
    return _frame(list(_measure_rows(pair, figures)), FIGURE_MEASURES)


def _frame(rows: list[dict], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    written = {name: pl.String() if kind in (_EXACT, pl.Date()) else kind for name, kind in schema.items()}
    picked = [{name: row.get(name) for name in schema} for row in rows]
    dates = [name for name, kind in schema.items() if kind == pl.Date()]
    frame = pl.DataFrame(picked, schema=written).with_columns(pl.col(dates).str.to_date())
    return frame.with_columns(pl.col(name).cast(_EXACT) for name, kind in schema.items() if kind == _EXACT)


def _key(pair: LoggedPair) -> dict[str, int]:
    return {"from_publication_no": pair.from_publication_no, "to_publication_no": pair.to_publication_no}


def _pair_row(pair: LoggedPair, figures: dict[str, dict]) -> dict:
    open_count = sum(figure["was_open"] for figure in figures.values())
    milestones = pair.summary.get("milestones")
    counts = {
        "restated_open_count": open_count,
        "restated_milestone_count": None if milestones is None else len(milestones),
    }
    return _key(pair) | pair.summary | counts


def _milestone_rows(pair: LoggedPair) -> Iterator[dict]:
    for row in pair.summary.get("milestones") or ():
        yield _key(pair) | row


def _cause_rows(pair: LoggedPair) -> Iterator[dict]:
    for row in pair.summary["brought_by"]:
        yield _key(pair) | row | {"cause_no": CAUSES.index(row["cause"]) + 1}


def _measure_rows(pair: LoggedPair, figures: dict[str, dict]) -> Iterator[dict]:
    for figure_id, figure in figures.items():
        shown = {name: figure[name] for name in ("metric_id", "basis", "center_id", "period_grain", "unit", "was_open")}
        shown |= {name: figure[name] for name in ("period_start", "period_end")}
        shown |= {name: ", ".join(figure[name]) for name in ("causes", "definition_kinds")}
        for measure, said in figure["measures"].items():
            row = _key(pair) | shown | {"figure_id": figure_id, "measure": measure}
            before, after = (None if said[end] is None else Decimal(said[end]) for end in ("before", "after"))
            row |= {"value_before": _digits(before), "value_after": _digits(after)}
            if before is not None and after is not None:
                row |= {cause: _digits(Decimal(said.get(cause, 0))) for cause in CAUSES}
                row["change"] = _digits(after - before)
            yield row


def _digits(value: Decimal | None) -> str | None:
    """A decimal without an exponent."""
    return None if value is None else f"{value:f}"
