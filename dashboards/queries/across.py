"""One registered rate across provinces, vendors, models, tenants or centers."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def metrics(path: Path, kind: str) -> pl.DataFrame:
    """One row per registered rate that is published by month for a kind of subject."""
    return read_rows(
        path,
        """select metric_id, name_zh, name_en from dim_metric
        where metric_id in (
            select metric_id from fct_scope_period__rate where scope_kind = $1 and period_grain = 'month'
        )
        order by metric_id""",
        kind,
    )


def rates(
    path: Path,
    kind: str,
    metric_id: str,
    month_start_on: date,
    only: str | None = None,
    province: int | None = None,
) -> pl.DataFrame:
    """One row per subject of a kind that had a part in the month: its interval, coverage and basis, highest first.

    `only` is one subject; `province` keeps of centers those that lie in it.
    """
    return read_rows(
        path,
        """with subjects as (
            select 'center' as scope_kind, center_id as scope_id, center_name_zh as name_zh, center_name_en as name_en
            from dim_center
            union all
            select 'province', province_code, province_name_zh, province_name_en from dim_province
            union all
            select 'model', model_id, display_name, display_name from dim_accelerator_model
            union all
            select distinct 'vendor', vendor, vendor_zh, vendor from dim_accelerator_model
            union all
            select 'tenant', party_id, party_name_zh, party_name_en from dim_party
        )

        select rates.scope_id, coalesce(subjects.name_zh, rates.scope_id) as name_zh,
            coalesce(subjects.name_en, rates.scope_id) as name_en, rates.metric_id, rates.basis, rates.lower,
            rates.upper, rates.coverage, rates.withheld_reason, rates.numerator_lower, rates.numerator_upper,
            rates.denominator, metrics.formula_zh, metrics.formula_en, metrics.unit
        from fct_scope_period__rate as rates
        inner join dim_metric as metrics on metrics.metric_id = rates.metric_id
        left join subjects on subjects.scope_kind = rates.scope_kind and subjects.scope_id = rates.scope_id
        where rates.scope_kind = $1 and rates.metric_id = $2 and rates.period_grain = 'month'
            and rates.period_start_on = $3 and rates.lower is not null
            and ($4 is null or rates.scope_id = $4)
            and (
                $5 is null or rates.scope_kind <> 'center'
                or rates.scope_id in (select center_id from dim_center where province_code = $5)
            )
        order by rates.lower desc, rates.upper desc, rates.scope_id""",
        kind,
        metric_id,
        month_start_on,
        only,
        province,
    )


def months(path: Path, kind: str, metric_id: str, scope_id: str) -> pl.DataFrame:
    """One row per month of one subject: the interval of one rate, and its coverage."""
    return read_rows(
        path,
        """select period_start_on, lower, upper, coverage, withheld_reason from fct_scope_period__rate
        where scope_kind = $1 and metric_id = $2 and scope_id = $3 and period_grain = 'month' and lower is not null
        order by period_start_on""",
        kind,
        metric_id,
        scope_id,
    )


def of_subject(path: Path, kind: str, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per rate of one subject and month, with coverage and basis."""
    return read_rows(
        path,
        """select metric_id, basis, lower, upper, observed, withheld_reason, coverage, numerator_lower, numerator_upper,
            denominator
        from fct_scope_period__rate
        where scope_kind = $1 and scope_id = $2 and period_grain = 'month' and period_start_on = $3
        order by metric_id""",
        kind,
        scope_id,
        month_start_on,
    )
