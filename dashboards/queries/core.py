"""Rows of what every page needs: the build, centers, months, metrics, references and figures."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read, read_rows

MOST_CENTERS = 40
"""So many centers stand side by side on a page; of a nation's thousand a chart shows the largest."""


def largest_centers(province: str = "null") -> str:
    """The centers that a page about all of them shows, for the `in` of a query; of one province where one is given.

    `province` is how the query names its parameter, `$2` for instance, which is null for all provinces.
    """
    return f"""(
        select dim_center.center_id from dim_center
        left join (
            select center_id, max(planned_card_count) as planned_card_count
            from fct_center_month__utilization group by center_id
        ) as sizes on dim_center.center_id = sizes.center_id
        where {province}::integer is null or dim_center.province_code = {province}::integer
        order by sizes.planned_card_count desc nulls last, dim_center.center_id limit {MOST_CENTERS}
    )"""


def build(path: Path) -> pl.DataFrame:
    """One row: as_of_at (UTC), code_version, input_hash, data_through_on."""
    return read_rows(path, "select as_of_at, code_version, input_hash, data_through_on from dim_build")


def provinces(path: Path) -> pl.DataFrame:
    """One row per province with its place in the tile grid."""
    return read_rows(
        path,
        """select province_code, province_name_zh, province_name_en, province_abbr_zh, tile_row, tile_column
        from dim_province order by province_code""",
    )


def centers(path: Path) -> pl.DataFrame:
    """One row per center."""
    return read_rows(
        path,
        """select center_id, center_name_zh, center_name_en, province_code, province_name_zh, province_name_en,
            city_zh, city_en, center_level, time_zone, opened_on, acceptance_start_on, acceptance_end_on
        from dim_center order by center_id""",
    )


def months(path: Path) -> pl.DataFrame:
    """One row per month with figures, latest first; is_complete says whether data reach its last day."""
    return read_rows(
        path,
        """select months.month_start_on, months.month_end_on,
            months.month_end_on - 1 <= dim_build.data_through_on as is_complete
        from (select month_start_on, max(month_end_on) as month_end_on
            from fct_center_month__utilization group by month_start_on) as months
        cross join dim_build
        order by months.month_start_on desc""",
    )


def metrics(path: Path) -> pl.DataFrame:
    """One row per metric of the registry."""
    return read_rows(
        path,
        """select metric_id, basis, name_zh, name_en, unit, numerator_zh, numerator_en, denominator_zh,
            denominator_en, formula_zh, formula_en, definition_version, default_audience, subject, valid_from
        from dim_metric order by subject, metric_id""",
    )


def benchmarks(path: Path) -> pl.DataFrame:
    """One row per reference value: low, high, unit, basis, source in both languages, as_of."""
    return read_rows(
        path,
        """select benchmark_id, name_zh, name_en, low, high, unit, basis, source_zh, source_en, as_of, kind
        from dim_benchmark order by basis, benchmark_id""",
    )


def figures(
    path: Path, metric: str | None = None, center: str | None = None, period: str | None = None
) -> pl.DataFrame:
    """Registered figures, narrowed by metric id, center id ('ALL' = portfolio) and period.

    A period is a month ("2026-09"), a day ("2026-09-30") or a grain ("month", "day", "as_of").
    """
    conditions: dict[str, object] = {}
    if metric is not None:
        conditions["metric_id = $metric"] = metric
    if center is not None:
        conditions["center_id is null" if center == "ALL" else "center_id = $center"] = center
    if period is not None:
        conditions |= _of_period(period)
    named = {text.split("$")[1]: value for text, value in conditions.items() if "$" in text}
    # Only what is asked for stands in the query: a condition that may be empty would be tried on every row.
    return read(
        path,
        f"""select figure_id, metric_id, basis, center_id, period_grain, period_start, period_end, lower, upper,
            observed, withheld_reason, coverage, numerator_lower, numerator_upper, denominator, unit, as_of_at,
            definition_version
        from fct_figure
        where {" and ".join(conditions) or "true"}
        order by figure_id""",
        named,
    )


def _of_period(period: str) -> dict[str, object]:
    """Conditions of a month, a day, or a grain."""
    grains = {len("2026-09"): "month", len("2026-09-30"): "day"}
    try:
        start = date.fromisoformat(period if len(period) == len("2026-09-30") else f"{period}-01")
    except ValueError:
        return {"period_grain = $grain": period}
    return {"period_grain = $grain": grains[len(period)], "period_start = $start": start}
