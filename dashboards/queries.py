"""The only SQL of the dashboards: one function per published mart, each a short read-only connection.

Every function takes the path of one published file and returns a Polars frame; nothing here knows a screen.
Rates, thresholds and sums belong to the marts; what is done here is choosing rows and joining names.
"""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Version:
    """One published version that is kept: an immutable file, and the instant it is as of (UTC, whole seconds)."""

    path: Path
    name: str
    as_of_at: datetime


def published_path(as_of_at: datetime | None = None) -> Path | None:
    """The file that the symlink of the published marts points at, or None where nothing has been published.

    With an as-of the kept version with the latest as-of not after it, or None: never another one instead.
    """
    if as_of_at is not None:
        return next((version.path for version in published_versions() if version.as_of_at <= as_of_at), None)
    link = _published_folder() / "marts.duckdb"
    return link.resolve() if link.exists() else None


def published_versions() -> list[Version]:
    """Versions that are kept, the latest as-of first; of several with one as-of the one published last stands first."""
    found = []
    for path in _published_folder().glob("marts-*.duckdb"):
        name = path.stem.removeprefix("marts-")
        as_of_at = datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        found.append((as_of_at, path.stat().st_mtime_ns, Version(path.resolve(), name, as_of_at)))
    return [version for _, _, version in sorted(found, key=lambda item: item[:2], reverse=True)]


def _published_folder() -> Path:
    return Path(os.environ.get("RACKLIGHT_DATA_DIR") or REPOSITORY / "data") / "published" / "all"


def _read(path: Path | str, sql: str, *parameters: object) -> pl.DataFrame:
    with duckdb.connect(str(path), read_only=True) as connection:
        # Without this a missing extension costs an attempt to reach the network.
        connection.execute("set autoinstall_known_extensions = false; set TimeZone = 'UTC'")
        return connection.execute(sql, list(parameters)).pl()


def read(path: Path | str, sql: str, parameters: dict[str, object]) -> pl.DataFrame:
    """Result of one query with named parameters on a short read-only connection, for the modules that hold more SQL."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set autoinstall_known_extensions = false; set TimeZone = 'UTC'")
        return connection.execute(sql, parameters).pl()


def build(path: Path) -> pl.DataFrame:
    """One row: as_of_at (UTC), code_version, input_hash, data_through_on."""
    return _read(path, "select as_of_at, code_version, input_hash, data_through_on from dim_build")


def provinces(path: Path) -> pl.DataFrame:
    """One row per province with its place in the tile grid."""
    return _read(
        path,
        """select province_code, province_name_zh, province_name_en, province_abbr_zh, tile_row, tile_column
        from dim_province order by province_code""",
    )


def centers(path: Path) -> pl.DataFrame:
    """One row per center."""
    return _read(
        path,
        """select center_id, center_name_zh, center_name_en, province_code, province_name_zh, province_name_en,
            city_zh, city_en, center_level, time_zone, opened_on, acceptance_start_on, acceptance_end_on
        from dim_center order by center_id""",
    )


def months(path: Path) -> pl.DataFrame:
    """One row per month with figures, latest first; is_complete says whether data reach its last day."""
    return _read(
        path,
        """select months.month_start_on, months.month_end_on,
            months.month_end_on - 1 <= dim_build.data_through_on as is_complete
        from fct_portfolio_month__utilization as months cross join dim_build
        order by months.month_start_on desc""",
    )


def metrics(path: Path) -> pl.DataFrame:
    """One row per metric of the registry."""
    return _read(
        path,
        """select metric_id, basis, name_zh, name_en, unit, numerator_zh, numerator_en, denominator_zh,
            denominator_en, formula_zh, formula_en, definition_version, default_audience, subject
        from dim_metric order by subject, metric_id""",
    )


def benchmarks(path: Path) -> pl.DataFrame:
    """One row per reference value: low, high, unit, basis, source in both languages, as_of."""
    return _read(
        path,
        """select benchmark_id, name_zh, name_en, low, high, unit, basis, source_zh, source_en, as_of
        from dim_benchmark order by basis, benchmark_id""",
    )


def figures(
    path: Path, metric: str | None = None, center: str | None = None, period: str | None = None
) -> pl.DataFrame:
    """Registered figures, narrowed by metric id, center id ('ALL' = portfolio) and period.

    A period is a month ("2026-09"), a day ("2026-09-30") or a grain ("month", "day", "as_of").
    """
    return _read(
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


def center_months(path: Path, month_start_on: date) -> pl.DataFrame:
    """One row per center: place, and racked and lit in one month; a center without figures keeps its row."""
    return _read(
        path,
        """select dim_center.center_id, dim_center.center_name_zh, dim_center.center_name_en,
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
        order by dim_center.center_id""",
        month_start_on,
    )


def center_month_series(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: seconds of the ladder, rates, coverage."""
    return _read(
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
    return _read(
        path,
        """select local_day, lit_rate_of_racked_lower, lit_rate_of_racked_upper, coverage_of_racked,
            lit_rate_of_racked_withheld_reason
        from fct_center_day__utilization where center_id = $1 order by local_day""",
        center_id,
    )


def partition_days(path: Path, center_id: str, first_day: date, day_after: date) -> pl.DataFrame:
    """One row per local day and class of one center: seconds of the plan in it, and of cards beyond the plan."""
    return _read(
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
    return _read(
        path,
        """select class_id, class_order, class_group, name_zh, name_en, planned_card_seconds,
            beyond_plan_card_seconds, plan_card_seconds, share_of_plan
        from fct_scope_period__partition
        where scope_id = $1 and period_grain = 'month' and period_start_on = $2
        order by class_order""",
        center_id,
        month_start_on,
    )


def evidence_month(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per evidence class of one center and month, strongest first."""
    return _read(
        path,
        """select evidence_class, device_day_count, able_card_seconds, known_card_seconds, lit_card_seconds,
            lit_by_power_card_seconds, declared_lit_card_seconds
        from fct_center_month__evidence where center_id = $1 and month_start_on = $2
        order by evidence_class""",
        center_id,
        month_start_on,
    )


def center_weights(path: Path, center_id: str) -> pl.DataFrame:
    """One row per model of one center: what one card counts for, in GFLOPS, and why it is not credited."""
    return _read(
        path,
        """select weights.model_id, coalesce(models.display_name, weights.model_id) as display_name,
            weights.confidence, weights.marketed_gflops, weights.nominal_gflops, weights.attested_gflops,
            weights.credited_gflops, weights.attested_on, weights.not_credited_reason
        from fct_center_model__weight as weights
        left join dim_accelerator_model as models on models.model_id = weights.model_id
        where weights.center_id = $1 order by weights.model_id""",
        center_id,
    )


def rates(path: Path, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per registered rate of one scope (a center, vendor, model, province, tenant, ALL) and month."""
    return _read(
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


def center_models(path: Path, center_id: str, first_day: date, day_after: date) -> pl.DataFrame:
    """One row per model on the last day of [first_day, day_after) that has figures: planned and racked cards."""
    return _read(
        path,
        """select model_days.local_day, model_days.model_id,
            coalesce(models.display_name, model_days.model_id) as display_name, models.vendor, models.vendor_zh,
            model_days.weight_gflops, model_days.planned_card_count,
            model_days.racked_card_count_at_day_end_lower, model_days.racked_card_count_at_day_end_upper
        from fct_center_model_day__utilization as model_days
        left join dim_accelerator_model as models on models.model_id = model_days.model_id
        where model_days.center_id = $1 and model_days.local_day >= $2 and model_days.local_day < $3
        qualify model_days.local_day = max(model_days.local_day) over ()
        order by model_days.planned_card_count desc, model_days.model_id""",
        center_id,
        first_day,
        day_after,
    )


def data_quality_days(path: Path, center_id: str) -> pl.DataFrame:
    """One row per local day of one center: coverage, card and sample counts."""
    return _read(
        path,
        """select local_day, coverage, expected_card_seconds, known_card_seconds, silent_card_count,
            reporting_card_count, sample_count, duplicate_sample_count, conflicting_sample_count,
            unreadable_sample_count
        from fct_center_day__data_quality where center_id = $1 order by local_day""",
        center_id,
    )


def files(path: Path) -> pl.DataFrame:
    """One row per file taken in, latest first: rows in, accepted, quarantined, or why it was refused."""
    return _read(
        path,
        """select source_sha256, original_name, format_name, center_id, recorded_at, rows_in, rows_accepted,
            rows_quarantined, refusal_code
        from fct_file__intake order by recorded_at desc, original_name, source_sha256""",
    )


def set_aside_reasons(path: Path) -> pl.DataFrame:
    """One row per center, kind, reason and standing of what only other files could judge."""
    return _read(
        path,
        """select center_id, record_kind, reason_code, standing, row_count, file_count
        from fct_reason__set_aside order by reason_code, center_id, record_kind, standing""",
    )


def set_aside_rows(path: Path) -> pl.DataFrame:
    """The rows behind `set_aside_reasons`, each with its file and line and those of the row it collides with."""
    return _read(
        path,
        """select reason_code, standing, center_id, record_kind, row_key, row_count, detail, original_name, source_line,
            other_original_name, other_source_line, source_sha256
        from fct_row__set_aside order by reason_code, original_name, source_line nulls last, row_key, source_sha256""",
    )


def quarantine_reasons(path: Path) -> pl.DataFrame:
    """One row per center and reason: how many rows are set aside, from how many files."""
    return _read(
        path,
        """select center_id, reason_code, row_count, file_count, last_recorded_at
        from fct_reason__quarantine order by row_count desc, reason_code, center_id nulls last""",
    )


def cash_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: cash in and out in fen."""
    return _read(
        path,
        """select month_start_on, receipt_cny_fen, true_up_cny_fen, subsidy_cny_fen, capex_cny_fen, opex_cny_fen,
            tax_cny_fen, net_operating_cash_cny_fen
        from fct_center_month__cash where center_id = $1 order by month_start_on""",
        center_id,
    )


def reconciliation(path: Path, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per named cell of one center (or ALL) and month: card-milliseconds, share of able time, fen."""
    return _read(
        path,
        """select cell_id, card_order, money_order, card_status, money_status, name_zh, name_en, card_milliseconds,
            share_of_racked, amount_cny_fen, racked_card_milliseconds, total_cny_fen
        from fct_center_month__reconciliation
        where scope_id = $1 and month_start_on = $2 order by card_order, money_order""",
        scope_id,
        month_start_on,
    )


def readings(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per definition in common use: what it answers for one center and month, beside our interval."""
    return _read(
        path,
        """select center_id, month_start_on, reading_id, name_zh, name_en, how_zh, how_en, numerator_lower,
            numerator_upper, denominator, answer_lower, answer_upper, our_lower, our_upper, gap_lower
        from fct_center_month__reading where center_id = $1 and month_start_on = $2 order by reading_order""",
        center_id,
        month_start_on,
    )


def reading_gap(path: Path, center_id: str, month_start_on: date, reading_id: str) -> pl.DataFrame:
    """One row per cause of the gap between one such definition and ours; contributions add up to the gap."""
    return _read(
        path,
        """select center_id, month_start_on, reading_id, class_id, side, cause_zh, cause_en, amount_change, contribution
        from fct_center_month__reading_gap
        where center_id = $1 and month_start_on = $2 and reading_id = $3 order by class_order, side desc""",
        center_id,
        month_start_on,
        reading_id,
    )


def payback(path: Path, center_id: str) -> pl.DataFrame:
    """One row per view, subsidy and flow basis of one center."""
    return _read(
        path,
        """select view, subsidy, flow_basis, capex_cny_fen, recovered_cny_fen, recovered_share,
            trailing_monthly_net_cash_cny_fen, elapsed_months, payback_months, payback_reason,
            discounted_payback_months, discounted_payback_reason, npv_cny_fen, irr_rate, irr_reason, discount_rate
        from fct_center__payback where center_id = $1 order by view desc, subsidy desc, flow_basis""",
        center_id,
    )


def subsidy_programmes(path: Path, center_id: str) -> pl.DataFrame:
    """One row per subsidy granted to one center: what was granted, paid and taken back."""
    return _read(
        path,
        """select programme_id, subsidy_kind, authority_party_id, authority_name_zh, authority_name_en,
            granted_cny_fen, paid_cny_fen, clawed_back_cny_fen, net_paid_rate_of_granted
        from fct_programme__subsidy where center_id = $1 order by programme_id""",
        center_id,
    )


def subsidy_milestones(path: Path, center_id: str) -> pl.DataFrame:
    """One row per condition of one center's subsidies."""
    return _read(
        path,
        """select milestone_id, metric, comparison, threshold_milli, threshold_unit, measure_window, measured_from,
            measured_to, sustained_months, due_on, is_due, declared_state
        from fct_milestone__subsidy where center_id = $1 order by programme_id, due_on, milestone_id""",
        center_id,
    )


def projected_cash(path: Path, center_id: str, view: str, flow_basis: str) -> pl.DataFrame:
    """One row per subsidy variant and month: cumulative net cash, realised and then at the run-rate."""
    return _read(
        path,
        """select subsidy, month_start_on, cumulative_net_cash_cny_fen, is_projected
        from fct_center_month__projected_cash
        where center_id = $1 and view = $2 and flow_basis = $3 order by subsidy, month_start_on""",
        center_id,
        view,
        flow_basis,
    )


def break_even(path: Path) -> pl.DataFrame:
    """One row per center and threshold, from cash to full cost, with the parts and today's share."""
    return _read(
        path,
        """select break_evens.*, dim_center.center_name_zh, dim_center.center_name_en
        from fct_center__break_even as break_evens
        inner join dim_center using (center_id)
        order by center_id, capital_charge_cny_fen, threshold""",
    )


def break_even_frontier(path: Path, center_id: str) -> pl.DataFrame:
    """One row per threshold and racked share of one center: the sold share at which the threshold is met."""
    return _read(
        path,
        """select threshold, racked_share_bp, sold_share_of_racked
        from fct_center__break_even_frontier where center_id = $1 order by threshold, racked_share_bp""",
        center_id,
    )


def price_and_sales(path: Path, center_id: str) -> pl.DataFrame:
    """One row per price and sold share of one center: net cash of a year in fen."""
    return _read(
        path,
        """select price_bp, sold_share_bp, price_cny_fen_per_card_hour, yearly_cash_cny_fen
        from fct_center__price_and_sales where center_id = $1 order by price_bp, sold_share_bp""",
        center_id,
    )


def lease_book(path: Path, center_id: str) -> pl.DataFrame:
    """One row of one center: concentration, what ends when, backlog by firmness; none without leases."""
    return _read(path, "select * from fct_center__lease_book where center_id = $1", center_id)


def lease_backlog(path: Path, center_id: str) -> pl.DataFrame:
    """One row per lease of one center that is in force or still to begin, the earliest end first."""
    return _read(
        path,
        """select lease_id, tenant_name_zh, tenant_name_en, lease_kind, purpose, firmness, starts_on, ends_on, as_of_on,
            remaining_days, last_month_billed_cny_fen, billed_price_cny_fen_per_card_hour, backlog_cny_fen,
            weighted_backlog_cny_fen, backlog_reason
        from fct_lease__backlog where center_id = $1 order by ends_on, lease_id""",
        center_id,
    )


def lease_movements(path: Path, center_id: str) -> pl.DataFrame:
    """One row per billed month of one center: opening, movements and closing in fen, and retention."""
    return _read(
        path,
        """select month_start_on, opening_billed_cny_fen, new_billed_cny_fen, renewed_billed_cny_fen,
            expanded_billed_cny_fen, reduced_billed_cny_fen, cancelled_billed_cny_fen, expired_billed_cny_fen,
            closing_billed_cny_fen, net_retention_rate, gross_retention_rate
        from fct_center_month__lease_movement where center_id = $1 order by month_start_on""",
        center_id,
    )


def tenants(path: Path, center_id: str) -> pl.DataFrame:
    """One row per tenant billed by one center in the last twelve billed months, the largest first."""
    return _read(
        path,
        """select tenant_party_id, tenant_name_zh, tenant_name_en, billed_rank, billed_net_cny_fen, billed_share,
            last_end_on, weakest_firmness_weight
        from fct_center_tenant__concentration where center_id = $1 order by billed_rank""",
        center_id,
    )


def stress_scenarios(path: Path, center_id: str) -> pl.DataFrame:
    """One row per scenario of one center: payback, cash of two years, what is lost."""
    return _read(
        path,
        """select scenario, lease_count, monthly_cny_fen, first_exit_month, cash_24_months_cny_fen,
            lost_to_horizon_cny_fen, payback_months, payback_reason
        from fct_center_scenario__stress where center_id = $1 order by scenario""",
        center_id,
    )


def stress_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per scenario and month ahead of one center: cumulative net cash less capex, in fen."""
    return _read(
        path,
        """select scenario, month_ahead, month_index, balance_cny_fen
        from fct_center_scenario_month__stress where center_id = $1 order by scenario, month_ahead""",
        center_id,
    )


def sensitivity(path: Path, center_id: str) -> pl.DataFrame:
    """One row per driver and change of one center: payback then, and as it is."""
    return _read(
        path,
        """select driver, change, change_ratio, payback_months, payback_reason, base_payback_months,
            base_payback_reason, difference_months
        from fct_center_driver__sensitivity where center_id = $1 order by driver, change""",
        center_id,
    )


def expectations(path: Path) -> pl.DataFrame:
    """One row per record kind and expectation of the gate, what is not met first."""
    return _read(
        path,
        """select record_kind, column_names, expectation, severity, is_met, unexpected_count, element_count
        from fct_kind__expectations order by is_met, record_kind, expectation_no""",
    )


def commitments(path: Path) -> pl.DataFrame:
    """One row per offtake commitment, with the vendor's names."""
    return _read(
        path,
        """select commitment_id, center_id, vendor_party_id, vendor_name_zh, vendor_name_en, unit, measured_on,
            signed_on, first_day_on, last_day_on, outstanding_cny_fen, tail_withheld_cny_fen, net_claim_cny_fen,
            state, rule_version
        from dim_commitment order by commitment_id""",
    )


def commitment_periods(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per period of one commitment; quantities in thousandths of the commitment's unit, money in fen."""
    return _read(
        path,
        """select period_no, period_start_on, period_end_on, period_end_on - 1 as last_day_on, due_on, cure_ends_on,
            is_closed,
            committed_quantity_milli, relieved_quantity_milli, gross_quantity_milli, related_quantity_milli,
            unrelated_quantity_milli,
            related_counted_quantity_milli, related_not_counted_quantity_milli,
            eligible_quantity_milli, credit_used_quantity_milli, shortfall_quantity_milli, floor_price_cny_fen,
            true_up_due_cny_fen, paid_cny_fen, outstanding_cny_fen, cumulative_compliance_rate,
            rolling_compliance_rate, state_at_as_of
        from fct_commitment_period__offtake where commitment_id = $1 order by period_no""",
        commitment_id,
    )


def commitment_states(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per unbroken run of days in one state: state, first_day_on, day_after_last_on."""
    return _read(
        path,
        """with days as (
            select local_day, state, state is distinct from lag(state) over (order by local_day) as is_change
            from fct_commitment_day__offtake_state where commitment_id = $1
        ),

        runs as (select local_day, state, sum(is_change::integer) over (order by local_day) as run_no from days)

        select state, min(local_day) as first_day_on, max(local_day) + 1 as day_after_last_on
        from runs group by run_no, state order by run_no""",
        commitment_id,
    )


def charges(path: Path, center_id: str, first_month_on: date, end_on: date) -> pl.DataFrame:
    """One row per invoice line and charge category of one center, whose service began from the first month on."""
    return _read(
        path,
        """select invoice_line_id, charge_category, invoice_id, center_id, province_code, payer_party_id, payer_name,
            operator_party_id, operator_name, lease_id, lease_kind, commitment_id, service_from_epoch_seconds,
            service_to_epoch_seconds, billing_from_epoch_seconds, billing_to_epoch_seconds, consumed_unit,
            consumed_quantity_milli, billed_fen
        from fct_charge__billed_usage
        where center_id = $1 and service_from >= $2 and service_from < $3
        order by service_from, invoice_line_id, charge_category desc""",
        center_id,
        first_month_on,
        end_on,
    )


def energy_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day and way of measuring: energy of the known time, and how much of the time is known."""
    return _read(
        path,
        """select local_day, meter_scope, energy_wh, known_seconds, expected_seconds, known_rate_of_expected
        from fct_center_day__energy
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day, meter_scope""",
        center_id,
        first_on,
        end_on,
    )


def energy_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month with any energy: of cards, machines and the whole center, and PUE where known."""
    return _read(
        path,
        """select month_start_on, device_energy_wh, device_known_seconds, device_expected_seconds,
            machine_meter_scope, machine_energy_wh, machine_known_rate_of_expected, facility_meter_scope,
            facility_energy_wh, facility_known_rate_of_expected, bill_with_tax_fen, bill_without_tax_fen,
            bill_sharp_wh, bill_peak_wh, bill_flat_wh, bill_valley_wh, bill_deep_valley_wh,
            bill_cny_per_lit_card_hour_lower, bill_cny_per_lit_card_hour_upper,
            pue, pue_upper, pue_withheld_reason, is_facility_below_machines
        from fct_center_month__energy
        where center_id = $1 and coalesce(device_energy_wh, machine_energy_wh, facility_energy_wh) is not null
        order by month_start_on""",
        center_id,
    )


def token_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day and tenant with requests: tokens between the least and the most that is said of them."""
    return _read(
        path,
        """select local_day, tenant_name, request_count, conflicting_request_count, repeated_line_count,
            token_count_lower, token_count_upper
        from fct_center_day__tokens
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day, tenant_name""",
        center_id,
        first_on,
        end_on,
    )


def allocation_days(path: Path, center_id: str, first_on: date, end_on: date) -> pl.DataFrame:
    """One row per day on which the cluster was seen: card-seconds that pods held, and that leases handed over."""
    return _read(
        path,
        """select local_day, day_seconds, seen_seconds, seen_rate_of_day, pod_count, pod_allocated_card_seconds,
            lease_allocated_card_seconds, racked_card_seconds_upper
        from fct_center_day__allocation
        where center_id = $1 and local_day >= $2 and local_day < $3
        order by local_day""",
        center_id,
        first_on,
        end_on,
    )
