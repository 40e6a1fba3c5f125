"""Rows of cash, payback, break-even and reconciliation, of a center and of all side by side."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.core import largest_centers
from dashboards.queries.reading import read_rows


def cash_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: cash in and out in fen."""
    return read_rows(
        path,
        """select month_start_on, receipt_cny_fen, true_up_cny_fen, subsidy_cny_fen, capex_cny_fen, opex_cny_fen,
            tax_cny_fen, net_operating_cash_cny_fen
        from fct_center_month__cash where center_id = $1 order by month_start_on""",
        center_id,
    )


def reconciliation(path: Path, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per named cell of one center (or ALL) and month: card-milliseconds, share of able time, fen."""
    return read_rows(
        path,
        """select cell_id, card_order, money_order, card_status, money_status, name_zh, name_en, card_milliseconds,
            share_of_racked, amount_cny_fen, racked_card_milliseconds, total_cny_fen
        from fct_center_month__reconciliation
        where scope_id = $1 and month_start_on = $2 order by card_order, money_order""",
        scope_id,
        month_start_on,
    )


def card_time_of(
    path: Path, center_id: str, first_day: date, day_after: date, tenant: str | None, model_id: str | None
) -> pl.DataFrame:
    """One row per sold or not and lit status of one tenant, one model or both: card-milliseconds by what was paid."""
    return read_rows(
        path,
        """select is_sold, lit_status, sum(paid_card_milliseconds)::bigint as paid_card_milliseconds,
            sum(unpaid_card_milliseconds)::bigint as unpaid_card_milliseconds,
            sum(unbilled_card_milliseconds)::bigint as unbilled_card_milliseconds,
            sum(payment_unknown_card_milliseconds)::bigint as payment_unknown_card_milliseconds
        from fct_center_day__sold_lit_paid
        where center_id = $1 and local_day >= $2 and local_day < $3
            and ($4 is null or tenant_party_id = $4) and ($5 is null or model_id = $5)
        group by is_sold, lit_status order by is_sold desc, lit_status""",
        center_id,
        first_day,
        day_after,
        tenant,
        model_id,
    )


def payback(path: Path, center_id: str) -> pl.DataFrame:
    """One row per view, subsidy and flow basis of one center."""
    return read_rows(
        path,
        """select view, subsidy, flow_basis, capex_cny_fen, recovered_cny_fen, recovered_share,
            trailing_monthly_net_cash_cny_fen, elapsed_months, payback_months, payback_reason,
            payback_months_from_commissioning, commissioning_months, discounted_payback_months,
            discounted_payback_reason, npv_cny_fen, irr_rate, irr_reason, discount_rate
        from fct_center__payback where center_id = $1 order by view desc, subsidy desc, flow_basis""",
        center_id,
    )


def projected_cash(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """One row per flow basis and month: cumulative net cash, realised and then as each basis goes on."""
    return read_rows(
        path,
        """select flow_basis, month_start_on, cumulative_net_cash_cny_fen, is_projected
        from fct_center_month__projected_cash
        where center_id = $1 and view = $2 and subsidy = $3 order by flow_basis, month_start_on""",
        center_id,
        view,
        subsidy,
    )


def cash_band(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """One row per month ahead: cumulative net cash of a tenth, half and nine tenths of the random futures."""
    return read_rows(
        path,
        """select month_start_on, cumulative_net_cash_p10_cny_fen, cumulative_net_cash_p50_cny_fen,
            cumulative_net_cash_p90_cny_fen
        from fct_center_month__cash_band
        where center_id = $1 and view = $2 and subsidy = $3 order by month_start_on""",
        center_id,
        view,
        subsidy,
    )


def payback_band(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """At most one row: months until a tenth, half and nine tenths of the futures are paid back, and the seed."""
    return read_rows(
        path,
        """select payback_months_p10, payback_months_p50, payback_months_p90, payback_p10_reason, payback_p50_reason,
            payback_p90_reason, never_share_of_draws, collected_share, draw_count, seed, horizon_months
        from fct_center__payback_band where center_id = $1 and view = $2 and subsidy = $3""",
        center_id,
        view,
        subsidy,
    )


def break_even(path: Path, center_id: str, province: int | None = None) -> pl.DataFrame:
    """One row per center (one, and the largest of a province or of all) and threshold, with parts and today's share."""
    return read_rows(
        path,
        f"""select break_evens.*, dim_center.center_name_zh, dim_center.center_name_en
        from fct_center__break_even as break_evens
        inner join dim_center using (center_id)
        where center_id = $1 or center_id in {largest_centers("$2")}
        order by center_id, capital_charge_cny_fen, threshold""",
        center_id,
        province,
    )


def break_even_frontier(path: Path, center_id: str) -> pl.DataFrame:
    """One row per threshold and racked share of one center: the sold share at which the threshold is met."""
    return read_rows(
        path,
        """select threshold, racked_share_bp, sold_share_of_racked
        from fct_center__break_even_frontier where center_id = $1 order by threshold, racked_share_bp""",
        center_id,
    )


def price_and_sales(path: Path, center_id: str) -> pl.DataFrame:
    """One row per price and sold share of one center: net cash of a year in fen."""
    return read_rows(
        path,
        """select price_bp, sold_share_bp, price_cny_fen_per_card_hour, yearly_cash_cny_fen
        from fct_center__price_and_sales where center_id = $1 order by price_bp, sold_share_bp""",
        center_id,
    )


def portfolio(path: Path, view: str, subsidy: str, province: int | None = None) -> pl.DataFrame:
    """One row per center: money put in and back, payback with its band, return, and accounting break-even."""
    return read_rows(
        path,
        f"""select centers.center_id, centers.center_name_zh, centers.center_name_en, paybacks.capex_cny_fen,
            paybacks.recovered_cny_fen, paybacks.recovered_share, paybacks.payback_months, paybacks.payback_reason,
            paybacks.discounted_payback_months, paybacks.discounted_payback_reason, paybacks.npv_cny_fen,
            paybacks.irr_rate, paybacks.irr_reason, paybacks.trailing_monthly_net_cash_cny_fen,
            bands.payback_months_p10, bands.payback_months_p50, bands.payback_months_p90, bands.never_share_of_draws,
            bands.horizon_months, break_evens.break_even_share, break_evens.break_even_reason,
            break_evens.sold_share_of_plan, break_evens.is_above, break_evens.price_cny_fen_per_card_hour,
            break_evens.price_needed_cny_fen_per_card_hour
        from fct_center__payback as paybacks
        inner join dim_center as centers using (center_id)
        left join fct_center__payback_band as bands
            on paybacks.center_id = bands.center_id
            and paybacks.view = bands.view and paybacks.subsidy = bands.subsidy
        left join fct_center__break_even as break_evens
            on paybacks.center_id = break_evens.center_id and break_evens.threshold = 'accounting'
        where paybacks.view = $1 and paybacks.subsidy = $2 and paybacks.flow_basis = 'run_rate_t12m'
            and centers.center_id in {largest_centers("$3")}
        order by paybacks.capex_cny_fen desc, centers.center_id""",
        view,
        subsidy,
        province,
    )
