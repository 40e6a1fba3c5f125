"""What became of conditions of subsidies between two publications: bounds, verdict and what they earn.

Read from the two published files; a version that is not kept any more cannot be asked.
"""

from pathlib import Path

import duckdb

from ingest.paths import DataDir
from ingest.state.register import Entry

MEASURES = (
    "verdict",
    "achieved_lower",
    "achieved_upper",
    "credit_lower",
    "credit_upper",
    "earned_cny_fen_lower",
    "earned_cny_fen_upper",
)
"""Columns of `fct_milestone__earned` that are compared."""

_MART = "fct_milestone__earned"


def restated_milestones(data_dir: DataDir, earlier: Entry, later: Entry) -> list[dict] | None:
    """One row per condition that both know and that is not what it was; None where a version is not kept any more.

    A row has `milestone_id`, `center_id`, `metric`, `target_unit`, and each measure as `before_*` and `after_*`.
    """
    before, after = (_milestones(data_dir, entry) for entry in (earlier, later))
    if before is None or after is None:
        return None
    return [
        {name: after[key][name] for name in ("milestone_id", "center_id", "metric", "target_unit")}
        | {f"before_{name}": before[key][name] for name in MEASURES}
        | {f"after_{name}": after[key][name] for name in MEASURES}
        for key in sorted(before.keys() & after.keys())
        if any(before[key][name] != after[key][name] for name in MEASURES)
    ]


def _milestones(data_dir: DataDir, entry: Entry) -> dict[str, dict] | None:
    path = Path(data_dir.published) / entry.scope / f"marts-{entry.version}.duckdb"
    if not path.exists():
        return None
    columns = ("milestone_id", "center_id", "metric", "target_unit", *MEASURES)
    with duckdb.connect(str(path), read_only=True) as connection:
        held = connection.execute("select 1 from duckdb_tables() where table_name = ?", [_MART]).fetchone()
        if held is None:
            return {}
        rows = connection.execute(f"select {', '.join(columns)} from {_MART}").fetchall()
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
