"""Rows of the lease book."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def lease_book(path: Path, center_id: str) -> pl.DataFrame:
    """One row of one center: concentration, what ends when, backlog by firmness; none without leases."""
    return read_rows(path, "select * from fct_center__lease_book where center_id = $1", center_id)


def lease_backlog(path: Path, center_id: str) -> pl.DataFrame:
    """One row per lease of one center that is in force or still to begin, the earliest end first."""
    return read_rows(
        path,
        """select lease_id, tenant_name_zh, tenant_name_en, lease_kind, purpose, firmness, starts_on, ends_on, as_of_on,
            remaining_days, last_month_billed_cny_fen, billed_price_cny_fen_per_card_hour, backlog_cny_fen,
            weighted_backlog_cny_fen, backlog_reason
        from fct_lease__backlog where center_id = $1 order by ends_on, lease_id""",
        center_id,
    )


def lease_movements(path: Path, center_id: str) -> pl.DataFrame:
    """One row per billed month of one center: opening, movements and closing in fen, and retention."""
    return read_rows(
        path,
        """select month_start_on, opening_billed_cny_fen, new_billed_cny_fen, renewed_billed_cny_fen,
            expanded_billed_cny_fen, reduced_billed_cny_fen, cancelled_billed_cny_fen, expired_billed_cny_fen,
            closing_billed_cny_fen, net_retention_rate, gross_retention_rate
        from fct_center_month__lease_movement where center_id = $1 order by month_start_on""",
        center_id,
    )


def tenants(path: Path, center_id: str) -> pl.DataFrame:
    """One row per tenant billed by one center in the last twelve billed months, the largest first."""
    return read_rows(
        path,
        """select tenant_party_id, tenant_name_zh, tenant_name_en, billed_rank, billed_net_cny_fen, billed_share,
            last_end_on, weakest_firmness_weight
        from fct_center_tenant__concentration where center_id = $1 order by billed_rank""",
        center_id,
    )
