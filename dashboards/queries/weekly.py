"""Rows of the weekly report: one function per question, for one center or for all (ALL)."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows

ALL = "ALL"


def weeks(path: Path, scope_id: str = ALL) -> pl.DataFrame:
    """One row per ISO week of a center (or ALL) that is over, the latest first: Monday, Sunday, the Monday after."""
    return read_rows(
        path,
        """select week_start_on, week_end_on, cast(week_end_on - interval 1 day as date) as week_last_on
        from fct_scope_week__ladder
        where scope_id = $1 and is_over order by week_start_on desc""",
        scope_id,
    )


def ladder(path: Path, scope_id: str, week_start_on: date) -> pl.DataFrame:
    """One row: steps from planned to productive, the week before, coverage and evidence."""
    return read_rows(
        path,
        "select * from fct_scope_week__ladder where scope_id = $1 and week_start_on = $2",
        scope_id,
        week_start_on,
    )


def figures(path: Path, scope_id: str, week_start_on: date) -> pl.DataFrame:
    """Registered figures of the week with their names."""
    return read_rows(
        path,
        """select figures.*, metrics.name_zh, metrics.name_en, metrics.formula_zh, metrics.formula_en
        from fct_figure as figures inner join dim_metric as metrics using (metric_id)
        where figures.period_grain = 'week' and figures.period_start = $2
            and coalesce(figures.center_id, 'ALL') = $1
        order by figures.metric_id""",
        scope_id,
        week_start_on,
    )


def lit_change(path: Path, scope_id: str, week_start_on: date, kind: str) -> pl.DataFrame:
    """One row per tenant or cause, the largest change first, whichever its sign."""
    return read_rows(
        path,
        """select subject_id, name_zh, name_en, lit_status, compared_day_count, lit_gflops_seconds_change,
            scope_lit_gflops_seconds_change
        from fct_scope_week__lit_change where scope_id = $1 and week_start_on = $2 and kind = $3
        order by abs(lit_gflops_seconds_change) desc, subject_id""",
        scope_id,
        week_start_on,
        kind,
    )


def sold_lit(path: Path, scope_id: str, week_start_on: date) -> pl.DataFrame:
    """One row per sold or not and lit status: card-seconds and share of the able time."""
    return read_rows(
        path,
        """select is_sold, lit_status, card_seconds, share_of_able from fct_scope_week__sold_lit
        where scope_id = $1 and week_start_on = $2 order by is_sold desc, lit_status""",
        scope_id,
        week_start_on,
    )


def mismatches(path: Path, scope_id: str, week_start_on: date, limit: int) -> pl.DataFrame:
    """Servers with sold cards idle or unsold cards busy, the largest first."""
    return read_rows(
        path,
        """select center_id, server_id, place_id, tenant_name_zh, tenant_name_en, tenant_party_id, card_count,
            sold_card_seconds, sold_idle_card_seconds, unsold_lit_card_seconds, idle_share_of_sold
        from fct_server_week__mismatch where ($1 = 'ALL' or center_id = $1) and week_start_on = $2
        order by greatest(sold_idle_card_seconds, unsold_lit_card_seconds) desc, center_id, server_id, tenant_party_id
        limit $3""",
        scope_id,
        week_start_on,
        limit,
    )


def places_by_day(path: Path, scope_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per place and day: how much is known and how much is down; places are cabinets, or centers for ALL."""
    if scope_id == ALL:
        return read_rows(
            path,
            """select quality.center_id as place_id, quality.local_day, quality.coverage as known_rate_of_able,
                quality.expected_card_seconds as able_card_seconds, days.fault_card_seconds as down_card_seconds
            from fct_center_day__data_quality as quality
            inner join fct_center_day__utilization as days using (center_id, local_day)
            where quality.local_day >= $1 and quality.local_day < $2 order by place_id, local_day""",
            first_on,
            end_on,
        )
    return read_rows(
        path,
        """select place_id, local_day, known_rate_of_able, able_card_seconds, down_card_seconds
        from fct_cabinet_day__state where center_id = $1 and local_day >= $2 and local_day < $3
        order by place_id, local_day""",
        scope_id,
        first_on,
        end_on,
    )


def place_coverage(path: Path, scope_id: str, week_start_on: date) -> pl.DataFrame:
    """One row per cabinet, or per center for ALL, the least known first."""
    if scope_id == ALL:
        return read_rows(
            path,
            """select scope_id as place_id, coverage_of_racked as known_rate_of_able from fct_scope_week__ladder
            where scope_id <> 'ALL' and week_start_on = $1 order by coverage_of_racked nulls last, scope_id""",
            week_start_on,
        )
    return read_rows(
        path,
        """select place_id, known_rate_of_able from fct_cabinet_week__coverage
        where center_id = $1 and week_start_on = $2 order by known_rate_of_able nulls last, place_id""",
        scope_id,
        week_start_on,
    )


def out_of_service(path: Path, scope_id: str) -> pl.DataFrame:
    """Cards in repair, in fault, under maintenance or silent as of the build, the longest first."""
    return read_rows(
        path,
        """select center_id, device_uid, model_id, place_id, server_id, condition, since_on, age_days, is_excused
        from fct_device__out_of_service where $1 = 'ALL' or center_id = $1
        order by age_days desc, center_id, server_id, device_uid""",
        scope_id,
    )


def leases(path: Path, scope_id: str) -> pl.DataFrame:
    """Leases in force or still to begin as of the build, the earliest end first."""
    return read_rows(
        path,
        """select lease_id, center_id, tenant_name_zh, tenant_name_en, firmness, starts_on, ends_on, as_of_on,
            remaining_days, last_month_billed_cny_fen
        from fct_lease__backlog where $1 = 'ALL' or center_id = $1 order by ends_on, lease_id""",
        scope_id,
    )


def sellable(path: Path, scope_id: str) -> pl.DataFrame:
    """Able cards without a lease by center and model, the most PFLOPS first."""
    return read_rows(
        path,
        """select center_id, model_id, display_name, as_of_on, unsold_cards, unsold_pflops
        from fct_center_model__sellable where ($1 = 'ALL' or center_id = $1) and unsold_card_seconds > 0
        order by unsold_pflops desc nulls last, center_id, model_id""",
        scope_id,
    )


def energy(path: Path, scope_id: str, week_start_on: date) -> pl.DataFrame:
    """One row per way of measuring: energy of the known time, this week and before."""
    return read_rows(
        path,
        """select meter_scope, energy_wh, energy_wh_before, known_rate_of_expected from fct_scope_week__energy
        where scope_id = $1 and week_start_on = $2 order by meter_scope""",
        scope_id,
        week_start_on,
    )


def bills(path: Path, scope_id: str, before_on: date, limit: int) -> pl.DataFrame:
    """Billed months that began before a day, the latest first, of ALL only the latest one.

    Energy by tariff period, amount, PUE, and cost per lit card-hour.
    """
    return read_rows(
        path,
        """select center_id, month_start_on, bill_with_tax_fen, bill_sharp_wh, bill_peak_wh, bill_flat_wh,
            bill_valley_wh, bill_deep_valley_wh, bill_cny_per_lit_card_hour_lower, bill_cny_per_lit_card_hour_upper,
            pue, pue_withheld_reason
        from fct_center_month__energy
        where ($1 = 'ALL' or center_id = $1) and month_start_on < $2 and bill_with_tax_fen is not null
        qualify $1 <> 'ALL' or month_start_on = max(month_start_on) over ()
        order by month_start_on desc, center_id limit $3""",
        scope_id,
        before_on,
        limit,
    )


def actions(path: Path, scope_id: str) -> pl.DataFrame:
    """Open actions, the largest amount first, then the oldest."""
    return read_rows(
        path,
        """select action_kind, center_id, subject_id, subject_zh, subject_en, owner_role, opened_on, due_on, as_of_on,
            age_days, quantity, value_at_stake_cny_fen, value_basis
        from fct_action__open where $1 = 'ALL' or center_id = $1
        order by value_at_stake_cny_fen desc nulls last, age_days desc, action_kind, center_id, subject_id""",
        scope_id,
    )


def center_names(path: Path) -> pl.DataFrame:
    """Names of all centers."""
    return read_rows(path, "select center_id, center_name_zh, center_name_en from dim_center order by center_id")
