"""Rows of what every page needs: the build, centers, months, metrics, references and figures."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


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
    return read_rows(
        path,
        """select figure_id, metric_id, basis, center_id, period_grain, period_start, period_end, lower, upper,
            observed, withheld_reason, coverage, numerator_lower, numerator_upper, denominator, unit, as_of_at,
            definition_version
        from fct_figure
        where ($1 is null or metric_id = $1)
            and ($2 is null or coalesce(center_id, 'ALL') = $2)
            and (
                $3 is null
                or period_grain = $3
                or (period_grain = 'month' and strftime(period_start, '%Y-%m') = $3)
                or (period_grain = 'day' and strftime(period_start, '%Y-%m-%d') = $3)
            )
        order by figure_id""",
        metric,
        center,
        period,
    )
