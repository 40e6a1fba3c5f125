"""Rows of the subsidy audit: delivery, conditions, settlement, local use, cost, claims and doubles of one center."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def settlements(path: Path, center_id: str) -> pl.DataFrame:
    """One row per subsidy of one center: earned against paid at both bounds, with what it is granted for."""
    return read_rows(
        path,
        """select settlements.*, schemes.scheme_name_zh, schemes.scheme_name_en
        from fct_programme__settlement as settlements
        left join (select distinct scheme_id, scheme_name_zh, scheme_name_en from dim_subsidy_rule) as schemes
            using (scheme_id)
        where settlements.center_id = $1 order by settlements.granted_cny_fen desc, settlements.programme_id""",
        center_id,
    )


def deliveries(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per model: promised, delivered at both bounds, measured at acceptance; in GFLOPS."""
    return read_rows(
        path,
        """select model_id, display_name, local_day, not_credited_reason, planned_card_count,
            delivered_card_count_lower, delivered_card_count_upper, promised_gflops, delivered_gflops_lower,
            delivered_gflops_upper, attested_measured_gflops
        from fct_programme_model__delivery where programme_id = $1
        order by promised_gflops desc nulls last, model_id""",
        programme_id,
    )


def capacity(path: Path, programme_id: str) -> pl.DataFrame:
    """One row: what a PFLOPS promised, delivered and lit cost the grant."""
    return read_rows(path, "select * from fct_programme__capacity where programme_id = $1", programme_id)


def milestones(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per condition, with its window's name and what it earns."""
    return read_rows(
        path, "select * from fct_milestone__earned where programme_id = $1 order by due_on, milestone_id", programme_id
    )


def undecided_cards(path: Path, programme_id: str) -> pl.DataFrame:
    """Cards with the most hours that would decide an undetermined condition, at most eight a condition."""
    return read_rows(
        path,
        """select cards.* from fct_milestone_device__undecided as cards
        inner join fct_milestone__earned as milestones using (milestone_id)
        where milestones.programme_id = $1
        qualify row_number() over (
            partition by milestone_id order by unknown_card_seconds desc, device_uid
        ) <= 8
        order by milestone_id, unknown_card_seconds desc, device_uid""",
        programme_id,
    )


def local_use(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per basis of the local-use share, the grant's own first."""
    return read_rows(
        path,
        """select basis, is_programme_basis, local_rate_lower, local_rate_upper from fct_programme__local_use
        where programme_id = $1 order by is_programme_basis desc, basis""",
        programme_id,
    )


def users(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per user under one subsidy, the largest first."""
    return read_rows(
        path,
        """select * from fct_programme_user__use where programme_id = $1
        order by card_seconds_upper desc, user_party_id""",
        programme_id,
    )


def use_by_province(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per province, with the use that came from it, and one (code 0) for use from no known place."""
    return read_rows(
        path,
        """select coalesce(provinces.province_code, used.province_code) as province_code, provinces.province_name_zh,
            provinces.province_name_en, provinces.province_abbr_zh, provinces.tile_row, provinces.tile_column,
            coalesce(used.user_count, 0) as user_count, coalesce(used.local_user_count, 0) as local_user_count,
            coalesce(used.gflops_seconds_lower, 0) as gflops_seconds_lower,
            coalesce(used.gflops_seconds_upper, 0) as gflops_seconds_upper, used.share_of_use_upper
        from dim_province as provinces
        full outer join (from fct_programme_province__use where programme_id = $1) as used
            on provinces.province_code = used.province_code
        order by 1""",
        programme_id,
    )


def costs(path: Path, center_id: str) -> pl.DataFrame:
    """One row per subsidy of one center and kind of hours: yuan per PFLOPS-hour at both bounds, beside the market."""
    return read_rows(
        path, "select * from fct_programme__cost where center_id = $1 order by programme_id, hours_kind", center_id
    )


def claims(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per claim under one subsidy."""
    return read_rows(
        path, "select * from fct_claim__verdict where programme_id = $1 order by claimed_on, claim_id", programme_id
    )


def claim_rules(path: Path, claim_id: str) -> pl.DataFrame:
    """One row per rule of one claim, in the order of its rule file."""
    return read_rows(path, "select * from fct_claim_rule__verdict where claim_id = $1 order by rule_no", claim_id)


def claim_evidence(path: Path, claim_id: str) -> pl.DataFrame:
    """Register rows by which one claim was judged."""
    return read_rows(
        path,
        """select rule_no, record_kind, row_key, file_name, source_line from fct_claim_rule__evidence
        where claim_id = $1 order by rule_no, record_kind, row_key""",
        claim_id,
    )


def doubles(path: Path, center_id: str) -> pl.DataFrame:
    """Pairs of claims that rest on the same thing, each pair once in a center, also those with another center."""
    return read_rows(
        path,
        """select * from fct_claim__double where center_id = $1
            and (claim_id > other_claim_id or other_center_id is distinct from center_id)
        order by item_kind, item_ref, claim_id""",
        center_id,
    )


def inspection(path: Path, center_id: str) -> pl.DataFrame:
    """One row: how many cards a site inspection must find."""
    return read_rows(path, "select * from fct_center__inspection_plan where center_id = $1", center_id)


def fines(path: Path) -> pl.DataFrame:
    """The fine for a false declaration, with its source."""
    return read_rows(path, "select * from dim_benchmark where benchmark_id = 'fine_false_declaration'")
