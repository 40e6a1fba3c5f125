"""A reader's own scenario, by the SQL that the published file itself carries: the same as made its stress marts."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read, read_rows


def base(path: Path, center_id: str) -> pl.DataFrame:
    """At most one row: what scenarios of the center start from, and the policy's defaults for tenants that leave."""
    return read_rows(
        path,
        """select bases.*, queries.default_vacant_months, queries.default_price_cut_pct
        from fct_center__scenario_base as bases cross join dim_scenario_query as queries
        where bases.center_id = $1 and queries.query_id = 'outcome'""",
        center_id,
    )


def outcome(path: Path, center_id: str, parameters: tuple[tuple[str, int | str], ...]) -> pl.DataFrame:
    """One row: payback, net value and break-even of the center under these changes, in whole percent."""
    return _asked(path, "outcome", center_id, parameters)


def months(path: Path, center_id: str, parameters: tuple[tuple[str, int | str], ...]) -> pl.DataFrame:
    """One row per month ahead: net cash and balance in fen; none where the scenario is impossible."""
    return _asked(path, "months", center_id, parameters).sort("month_ahead")


def _asked(path: Path, query_id: str, center_id: str, parameters: tuple[tuple[str, int | str], ...]) -> pl.DataFrame:
    sql = read_rows(path, "select sql_text from dim_scenario_query where query_id = $1", query_id)["sql_text"][0]
    return read(path, sql, {**dict(parameters), "center_id": center_id})
