"""Rows of planned, racked and lit time."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.core import largest_centers
from dashboards.queries.reading import read_rows


def center_months(path: Path, month_start_on: date, province: int | None = None) -> pl.DataFrame:
    """One row per center, the largest ones of a nation or province: place, and racked and lit in one month.

    A center without figures keeps its row.
    """
    return read_rows(
        path,
        f"""select dim_center.center_id, dim_center.center_name_zh, dim_center.center_name_en,
            dim_center.province_code, dim_center.province_name_zh, dim_center.province_name_en,
            dim_center.province_abbr_zh, dim_center.tile_row, dim_center.tile_column,
            months.racked_rate_of_planned_device_lower, months.racked_rate_of_planned_device_upper,
            months.lit_rate_of_racked_lower, months.lit_rate_of_racked_upper,
            months.lit_rate_of_racked_withheld_reason, months.coverage_of_racked,
            payback.payback_months, payback.payback_reason
        from dim_center
        left join fct_center_month__utilization as months
            on months.center_id = dim_center.center_id and months.month_start_on = $1
        left join fct_center__payback as payback
            on payback.center_id = dim_center.center_id and payback.view = 'project'
            and payback.subsidy = 'without' and payback.flow_basis = 'run_rate_t12m'
        where dim_center.center_id in {largest_centers("$2")}
        order by dim_center.center_id""",
        month_start_on,
        province,
    )


def center_month_series(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: seconds of the ladder, rates, coverage."""
    return read_rows(
        path,
        """select month_start_on, month_end_on, planned_card_seconds, installed_card_seconds,
            racked_card_seconds_lower, racked_card_seconds_upper, sold_card_seconds, lit_card_seconds_lower,
            lit_card_seconds_upper, lit_card_seconds_at_1_pct, lit_card_seconds_at_5_pct,
            lit_card_seconds_at_10_pct, lit_card_seconds_at_20_pct, unknown_card_seconds,
            racked_rate_of_planned_device_lower, racked_rate_of_planned_device_upper, coverage_of_racked
        from fct_center_month__utilization where center_id = $1 order by month_start_on""",
        center_id,
    )


def center_days(path: Path, center_id: str) -> pl.DataFrame:
    """One row per local day of one center: interval of lit of racked, coverage."""
    return read_rows(
        path,
        """select local_day, lit_rate_of_racked_lower, lit_rate_of_racked_upper, coverage_of_racked,
            lit_rate_of_racked_withheld_reason
        from fct_center_day__utilization where center_id = $1 order by local_day""",
        center_id,
    )


def partition_days(path: Path, center_id: str, first_day: date, day_after: date) -> pl.DataFrame:
    """One row per local day and class of one center: seconds of the plan in it, and of cards beyond the plan."""
    return read_rows(
        path,
        """select period_start_on as local_day, class_id, class_order, class_group, name_zh, name_en,
            planned_card_seconds, beyond_plan_card_seconds, plan_card_seconds, share_of_plan
        from fct_scope_period__partition
        where scope_id = $1 and period_grain = 'day' and period_start_on >= $2 and period_start_on < $3
        order by period_start_on, class_order""",
        center_id,
        first_day,
        day_after,
    )


def partition_month(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per class of one center and month, in the order in which classes are drawn."""
    return read_rows(
        path,
        """select class_id, class_order, class_group, name_zh, name_en, planned_card_seconds,
            beyond_plan_card_seconds, plan_card_seconds, share_of_plan
        from fct_scope_period__partition
        where scope_id = $1 and period_grain = 'month' and period_start_on = $2
        order by class_order""",
        center_id,
        month_start_on,
    )


def partition_filters(
    path: Path, center_id: str, filter_kind: str, month_start_on: date, only: str | None = None
) -> pl.DataFrame:
    """One row per filter of one kind (cabinet, tenant...), or only one, and class of one center (or ALL) and month."""
    return read_rows(
        path,
        """select filter_id, filter_name_zh, filter_name_en, class_id, class_order, name_zh, name_en,
            planned_card_seconds, beyond_plan_card_seconds, plan_card_seconds, share_of_plan
        from fct_filter_period__partition
        where center_id = $1 and filter_kind = $2 and period_grain = 'month' and period_start_on = $3
            and ($4 is null or filter_id = $4)
        order by filter_id in ('not_placed', 'unknown', 'none', 'several'), filter_id, class_order""",
        center_id,
        filter_kind,
        month_start_on,
        only,
    )


def partition_filter_days(
    path: Path, center_id: str, filter_kind: str, filter_id: str, first_day: date, day_after: date
) -> pl.DataFrame:
    """One row per local day and class of one filter: as `partition_days`, of its part of the plan."""
    return read_rows(
        path,
        """select period_start_on as local_day, class_id, class_order, class_group, name_zh, name_en,
            planned_card_seconds, beyond_plan_card_seconds, plan_card_seconds, share_of_plan
        from fct_filter_period__partition
        where center_id = $1 and filter_kind = $2 and filter_id = $3 and period_grain = 'day'
            and period_start_on >= $4 and period_start_on < $5
        order by period_start_on, class_order""",
        center_id,
        filter_kind,
        filter_id,
        first_day,
        day_after,
    )


def evidence_month(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per evidence class of one center and month, strongest first."""
    return read_rows(
        path,
        """select evidence_class, device_day_count, able_card_seconds, known_card_seconds, lit_card_seconds,
            lit_by_power_card_seconds, declared_lit_card_seconds
        from fct_center_month__evidence where center_id = $1 and month_start_on = $2
        order by evidence_class""",
        center_id,
        month_start_on,
    )


def center_weights(path: Path, center_id: str, model_id: str | None = None) -> pl.DataFrame:
    """One row per model of one center: what one card counts for, in GFLOPS, and why it is not credited."""
    return read_rows(
        path,
        """select weights.model_id, coalesce(models.display_name, weights.model_id) as display_name,
            weights.confidence, weights.marketed_gflops, weights.nominal_gflops, weights.attested_gflops,
            weights.credited_gflops, weights.attested_on, weights.not_credited_reason, models.inflation_ratio
        from fct_center_model__weight as weights
        left join dim_accelerator_model as models on models.model_id = weights.model_id
        where weights.center_id = $1 and ($2 is null or weights.model_id = $2) order by weights.model_id""",
        center_id,
        model_id,
    )


def rates(path: Path, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per registered rate of one scope (a center, vendor, model, province, tenant, ALL) and month."""
    return read_rows(
        path,
        """select rates.metric_id, metrics.name_zh, metrics.name_en, rates.basis, rates.lower, rates.upper,
            rates.observed, rates.withheld_reason, rates.coverage, rates.numerator_lower, rates.numerator_upper,
            rates.denominator, metrics.default_audience, metrics.formula_zh, metrics.formula_en
        from fct_scope_period__rate as rates
        inner join dim_metric as metrics on metrics.metric_id = rates.metric_id
        where rates.scope_id = $1 and rates.period_grain = 'month' and rates.period_start_on = $2
        order by rates.metric_id""",
        scope_id,
        month_start_on,
    )


def center_models(
    path: Path, center_id: str, first_day: date, day_after: date, model_id: str | None = None
) -> pl.DataFrame:
    """One row per model on the last day of [first_day, day_after) that has figures: planned and racked cards."""
    return read_rows(
        path,
        """select model_days.local_day, model_days.model_id,
            coalesce(models.display_name, model_days.model_id) as display_name, models.vendor, models.vendor_zh,
            model_days.weight_gflops, model_days.planned_card_count,
            model_days.racked_card_count_at_day_end_lower, model_days.racked_card_count_at_day_end_upper
        from fct_center_model_day__utilization as model_days
        left join dim_accelerator_model as models on models.model_id = model_days.model_id
        where model_days.center_id = $1 and model_days.local_day >= $2 and model_days.local_day < $3
        qualify model_days.local_day = max(model_days.local_day) over () and ($4 is null or model_days.model_id = $4)
        order by model_days.planned_card_count desc, model_days.model_id""",
        center_id,
        first_day,
        day_after,
        model_id,
    )


def readings(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per definition in common use: what it answers for one center and month, beside our interval."""
    return read_rows(
        path,
        """select center_id, month_start_on, reading_id, name_zh, name_en, how_zh, how_en, numerator_lower,
            numerator_upper, denominator, answer_lower, answer_upper, our_lower, our_upper, gap_lower
        from fct_center_month__reading where center_id = $1 and month_start_on = $2 order by reading_order""",
        center_id,
        month_start_on,
    )


def reading_gap(path: Path, center_id: str, month_start_on: date, reading_id: str) -> pl.DataFrame:
    """One row per cause of the gap between one such definition and ours; contributions add up to the gap."""
    return read_rows(
        path,
        """select center_id, month_start_on, reading_id, class_id, side, cause_zh, cause_en, amount_change, contribution
        from fct_center_month__reading_gap
        where center_id = $1 and month_start_on = $2 and reading_id = $3 order by class_order, side desc""",
        center_id,
        month_start_on,
        reading_id,
    )
