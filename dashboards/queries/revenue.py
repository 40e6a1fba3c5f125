"""Rows of revenue: by mode, what is left of what was billed, and the price a lease implies."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def mode_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month, mode and recognition of one center: amounts in fen, without tax unless the name says so."""
    return read_rows(
        path,
        """select month_start_on, billing_mode, recognition, account_count, invoiced_net_cny_fen, credit_net_cny_fen,
            billed_net_cny_fen, billed_tax_cny_fen, collected_net_cny_fen, passed_on_net_cny_fen,
            recognised_net_cny_fen, contract_net_cny_fen, contract_withheld_reason, not_billed_net_cny_fen
        from fct_center_month_mode__revenue where center_id = $1
        order by month_start_on, billing_mode, recognition""",
        center_id,
    )


def quality_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: billed, collected and quality-adjusted, and what lies between them."""
    return read_rows(
        path,
        """select month_start_on, invoiced_net_cny_fen, credit_net_cny_fen, billed_net_cny_fen, collected_net_cny_fen,
            outstanding_net_cny_fen, purchased_net_cny_fen, related_billed_net_cny_fen,
            related_above_cap_net_cny_fen, quality_adjusted_net_cny_fen, quality_basis,
            quality_adjusted_rate_of_billed, collected_rate_of_billed, last_billed_month_on, is_billed
        from fct_center_month__revenue_quality where center_id = $1 order by month_start_on""",
        center_id,
    )


def lease_month(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per account of one center in one month: what the contract charges and what was billed."""
    return read_rows(
        path,
        """select revenue.account_id, revenue.lease_id, parties.party_name_zh as payer_name_zh,
            parties.party_name_en as payer_name_en, revenue.billing_mode, revenue.recognition, revenue.in_force_days,
            revenue.month_days, revenue.card_hour_milli, revenue.token_million_milli, revenue.minimum_milli,
            revenue.overage_milli, revenue.contract_net_cny_fen, revenue.contract_withheld_reason,
            revenue.billed_net_cny_fen, revenue.credit_net_cny_fen, revenue.collected_net_cny_fen,
            revenue.recognised_net_cny_fen, revenue.not_billed_net_cny_fen
        from fct_lease_month__revenue as revenue
        left join dim_party as parties on revenue.payer_party_id = parties.party_id
        where revenue.center_id = $1 and revenue.month_start_on = $2
        order by revenue.billed_net_cny_fen desc, revenue.account_id""",
        center_id,
        month_start_on,
    )


def prices_by_lease(path: Path, center_id: str) -> pl.DataFrame:
    """One row per lease billed in the last twelve billed months: what a card-hour and a PFLOPS-year of it brought."""
    return read_rows(
        path,
        """select lease_id, first_month_on, end_on, net_cny_per_card_hour, gross_cny_per_card_hour,
            gross_cny_per_dense_pflops_year, gross_cny_per_marketed_pflops_year
        from fct_lease__implied_price where center_id = $1 and net_cny_per_card_hour is not null
        order by net_cny_per_card_hour desc, lease_id""",
        center_id,
    )
