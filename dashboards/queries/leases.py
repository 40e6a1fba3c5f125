"""Rows of the lease book."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows

_OF_TENANT_AND_VENDOR = """($2 is null or tenant_party_id = $2)
            and ($3 is null or tenant_party_id = $3 or lease_id in (
                select charges.lease_id from fct_charge__billed_usage as charges
                inner join dim_commitment as commitments on charges.commitment_id = commitments.commitment_id
                where charges.center_id = $1 and commitments.vendor_party_id = $3
            ))"""
"""Leases let to one tenant; leases let to one vendor, or billed under a promise of it."""


def lease_book(path: Path, center_id: str) -> pl.DataFrame:
    """One row of one center: concentration, what ends when, backlog by firmness; none without leases."""
    return read_rows(path, "select * from fct_center__lease_book where center_id = $1", center_id)


def lease_backlog(path: Path, center_id: str, tenant: str | None = None, vendor: str | None = None) -> pl.DataFrame:
    """One row per lease of one center that is in force or still to begin, the earliest end first."""
    return read_rows(
        path,
        f"""select lease_id, tenant_name_zh, tenant_name_en, lease_kind, purpose, firmness, starts_on, ends_on,
            as_of_on, remaining_days, is_ending_soon, last_month_billed_cny_fen, billed_price_cny_fen_per_card_hour,
            backlog_cny_fen, weighted_backlog_cny_fen, backlog_reason
        from fct_lease__backlog where center_id = $1 and {_OF_TENANT_AND_VENDOR}
        order by ends_on, lease_id""",
        center_id,
        tenant,
        vendor,
    )


def lease_movements(path: Path, center_id: str) -> pl.DataFrame:
    """One row per billed month of one center: opening, movements and closing in fen and card-seconds, and retention."""
    return read_rows(
        path,
        """select month_start_on, opening_billed_cny_fen, new_billed_cny_fen, renewed_billed_cny_fen,
            expanded_billed_cny_fen, reduced_billed_cny_fen, cancelled_billed_cny_fen, expired_billed_cny_fen,
            closing_billed_cny_fen, opening_sold_card_seconds, new_sold_card_seconds, renewed_sold_card_seconds,
            expanded_sold_card_seconds, reduced_sold_card_seconds, cancelled_sold_card_seconds,
            expired_sold_card_seconds, closing_sold_card_seconds, net_retention_rate, gross_retention_rate
        from fct_center_month__lease_movement where center_id = $1 order by month_start_on""",
        center_id,
    )


def tenants(path: Path, center_id: str, tenant: str | None = None) -> pl.DataFrame:
    """One row per tenant billed by one center in the last twelve billed months, the largest first."""
    return read_rows(
        path,
        """select tenant_party_id, tenant_name_zh, tenant_name_en, billed_rank, billed_net_cny_fen, billed_share,
            last_end_on, weakest_firmness_weight
        from fct_center_tenant__concentration
        where center_id = $1 and ($2 is null or tenant_party_id = $2) order by billed_rank""",
        center_id,
        tenant,
    )


def market_prices(path: Path, center_id: str, model_id: str | None = None) -> pl.DataFrame:
    """One row per model of one center: what its card-hours are billed at, and the market's price for the same hours."""
    return read_rows(
        path,
        """select model_id, model_name, lease_count, below_market_lease_count, billed_net_cny_fen,
            at_market_net_cny_fen, sold_card_seconds, billed_cny_fen_per_card_hour, market_cny_fen_per_card_hour,
            quotation_count, market_low_cny_fen_per_card_hour, market_high_cny_fen_per_card_hour, price_gap_rate,
            market_reason
        from fct_center_model__market_price where center_id = $1 and ($2 is null or model_id = $2)
        order by billed_net_cny_fen desc, model_id""",
        center_id,
        model_id,
    )


def deals(
    path: Path, center_id: str, tenant: str | None = None, vendor: str | None = None, model_id: str | None = None
) -> pl.DataFrame:
    """One row per lease of one center that outsiders pay for: price against the market's, return against the bank's."""
    return read_rows(
        path,
        f"""select lease_id, tenant_name_zh, tenant_name_en, lease_kind, model_name, card_count, term_months,
            billed_cny_fen_per_card_hour, market_cny_fen_per_card_hour, market_low_cny_fen_per_card_hour,
            market_high_cny_fen_per_card_hour, market_term_months, price_gap_rate, market_reason,
            billed_cny_fen_per_dense_pflops_year, monthly_rent_cny_fen, monthly_cost_cny_fen, gross_payback_months,
            irr_rate, irr_reason, bank_rate, is_below_bank_rate
        from fct_lease__deal where center_id = $1 and {_OF_TENANT_AND_VENDOR} and ($4 is null or model_id = $4)
        order by irr_rate nulls first, lease_id""",
        center_id,
        tenant,
        vendor,
        model_id,
    )
