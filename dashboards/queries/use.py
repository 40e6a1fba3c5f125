"""Rows of whose use lit card time was, of the padding test, and of money that came back."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def organic_days(path: Path, center_id: str) -> pl.DataFrame:
    """One row per local day and class of use of one center."""
    return read_rows(
        path,
        """select local_day, use_class, class_order, card_seconds, gflops_seconds, able_card_seconds, share_of_able
        from fct_center_day_class__organic_use where center_id = $1 order by class_order, local_day""",
        center_id,
    )


def organic_month(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per class of use of one center and month."""
    return read_rows(
        path,
        """select use_class, class_order, card_seconds, soft_related_card_seconds, suspect_taken_out_card_seconds,
            judged_lit_card_seconds, gflops_seconds, share_of_lit, basis
        from fct_center_month_class__organic_use
        where center_id = $1 and month_start_on = $2 order by class_order""",
        center_id,
        month_start_on,
    )


def padding_days(path: Path, center_id: str, basis: str) -> pl.DataFrame:
    """One row per local day around the end of one center's acceptance window."""
    return read_rows(
        path,
        """select days.local_day, days.window_end_on, days.is_valid, days.lit_rate_lower, days.lit_rate_upper,
            days.vendor_lit_rate_lower, dim_center.acceptance_start_on
        from fct_center_day__padding as days
        inner join dim_center using (center_id)
        where center_id = $1 and basis = $2 order by local_day""",
        center_id,
        basis,
    )


def padding(path: Path, center_id: str) -> pl.DataFrame:
    """One row per basis and vendor of one center, the row of all vendors together first."""
    return read_rows(
        path,
        """select vendor_party_id, basis, vendor_name_zh, vendor_name_en, window_end_on, valid_days_before,
            valid_days_after, drop_of_lit_rate_least, drop_of_lit_rate_most, relative_drop_least, relative_drop_most,
            lit_rate_before_least, lit_rate_before_most, lit_rate_after_least, lit_rate_after_most, p_value_least,
            p_value_most, break_on_least, break_on_most, attributable_share_of_drop_least,
            attributable_share_of_drop_most, has_effect_least, has_effect_most, is_significant_least,
            is_significant_most, is_in_time_least, is_in_time_most, is_attributable_least, is_attributable_most,
            is_not_explained_least, is_not_explained_most, is_fault_explained, is_maintenance_explained,
            is_contract_end_explained, is_peer_alike, is_elsewhere_alike, peer_relative_drop_least, verdict_least,
            verdict_most, verdict, withheld_reason, rule_version
        from fct_center_vendor__padding where center_id = $1
        order by basis, vendor_party_id <> 'ALL', vendor_party_id""",
        center_id,
    )


def bought_revenue(path: Path, center_id: str, vendor: str | None = None, tenant: str | None = None) -> pl.DataFrame:
    """One row per vendor and consumer of one center, those with visible payments or a known relation first."""
    return read_rows(
        path,
        """select vendor_name_zh, vendor_name_en, consumer_name_zh, consumer_name_en, consumer_registered_on, relation,
            visibility, paid_cny_fen, goods_delivered_cny_fen, received_cny_fen, purchased_cny_fen,
            paid_per_purchased_ratio, purchased_share_of_received
        from fct_party_pair__bought_revenue
        where center_id = $1 and ($2 is null or vendor_party_id = $2) and ($3 is null or consumer_party_id = $3)
        order by visibility = 'not_visible', relation = 'none_known', received_cny_fen desc, consumer_party_id""",
        center_id,
        vendor,
        tenant,
    )


def revenue_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: revenue, what was bought of it, and of whose payers nothing is known."""
    return read_rows(
        path,
        """select month_start_on, revenue_cny_fen, visible_clean_cny_fen, not_visible_revenue_cny_fen,
            purchased_cny_fen, quality_adjusted_cny_fen
        from fct_center_month__bought_revenue where center_id = $1 order by month_start_on""",
        center_id,
    )


def round_trips(path: Path, center_id: str) -> pl.DataFrame:
    """One row per circle of payments that runs through one center."""
    return read_rows(
        path,
        """select parties_zh, parties_en, first_paid_on, last_paid_on, smallest_amount_cny_fen, largest_amount_cny_fen,
            visibility, cycle_id
        from fct_cycle__round_trip where center_id = $1 order by first_paid_on, cycle_id""",
        center_id,
    )
