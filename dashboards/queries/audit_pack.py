"""Rows of an audit pack that no page reads: exceptions, evidence, restatements, files, and serials to inspect."""

from pathlib import Path

import polars as pl

from dashboards.queries import restatements
from dashboards.queries.reading import read


def programme_ids(path: Path) -> list[str]:
    """Every subsidy that the published file knows."""
    found = read(path, "select programme_id from fct_programme__settlement order by programme_id", {})
    return found["programme_id"].to_list()


def accounts(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per account within which earned money is set against paid money."""
    return read(
        path,
        "select * from fct_programme_account__settlement where programme_id = $programme_id order by account_id",
        {"programme_id": programme_id},
    )


def claim_rules(path: Path, programme_id: str) -> pl.DataFrame:
    """One row per claim and rule it was judged by."""
    return read(
        path,
        """select rules.* from fct_claim_rule__verdict as rules
        inner join fct_claim__verdict as claims on rules.claim_id = claims.claim_id
        where claims.programme_id = $programme_id order by rules.claim_id, rules.rule_no""",
        {"programme_id": programme_id},
    )


def padding(path: Path, center_id: str) -> pl.DataFrame:
    """What the padding test says of the center as a whole, one row per basis."""
    return read(
        path,
        """select center_id, basis, window_end_on, is_over, valid_days_before, valid_days_after, lit_rate_before_least,
            lit_rate_before_most, lit_rate_after_least, lit_rate_after_most, break_on_least, break_on_most,
            attributable_share_of_drop_least, attributable_share_of_drop_most, verdict, withheld_reason, rule_version
        from fct_center_vendor__padding where center_id = $center_id and vendor_party_id = 'ALL' order by basis""",
        {"center_id": center_id},
    )


def use_around_window(path: Path, center_id: str) -> pl.DataFrame:
    """One row per basis and day of the weeks around the end of the acceptance window."""
    return read(
        path,
        "select * from fct_center_day__padding where center_id = $center_id order by basis, local_day",
        {"center_id": center_id},
    )


def headline_rates(path: Path, center_id: str, metric_ids: tuple[str, ...]) -> pl.DataFrame:
    """The figures of the last month whose last day has data."""
    return read(
        path,
        """select figures.* from fct_figure as figures cross join dim_build
        where center_id = $center_id and period_grain = 'month' and metric_id in (select unnest($metric_ids))
            and period_end - 1 <= data_through_on
        qualify period_start = max(period_start) over ()
        order by metric_id, basis""",
        {"center_id": center_id, "metric_ids": list(metric_ids)},
    )


def explained_figures(path: Path, center_id: str) -> list[str]:
    """Figures of the same month whose parts all have rows behind them: the ones a drill-down can be drawn from."""
    found = read(
        path,
        """select figure_id from fct_figure cross join dim_build
        where center_id = $center_id and period_grain = 'month' and lower is not null
            and period_end - 1 <= data_through_on
            and metric_id in (select metric_id from dim_figure_measure where scope = 'center'
                group by metric_id having count(distinct part) = 3)
        qualify period_start = max(period_start) over ()
        order by figure_id""",
        {"center_id": center_id},
    )
    return found["figure_id"].to_list()


def months(path: Path, center_id: str) -> pl.DataFrame:
    """Racked and lit by month with their coverage: which months are undetermined shows in the gap of the bounds."""
    return read(
        path,
        """select figure_id, metric_id, basis, period_start, period_end, lower, upper, coverage, withheld_reason, unit,
            definition_version
        from fct_figure where center_id = $center_id and period_grain = 'month'
            and metric_id in ('racked_device_avg', 'lit_of_racked', 'coverage_of_racked')
        order by metric_id, period_start""",
        {"center_id": center_id},
    )


def serials(path: Path, center_id: str) -> pl.DataFrame:
    """Cards installed on the last day with data: the lot from which an inspection draws."""
    return read(
        path,
        """select parts.center_id, parts.device_uid, parts.model_id, parts.local_day
        from fct_device_day__parts as parts inner join dim_build on parts.local_day = dim_build.data_through_on
        where parts.center_id = $center_id and parts.installed_seconds > 0
        order by parts.model_id, parts.device_uid""",
        {"center_id": center_id},
    )


def exceptions(path: Path, programme_id: str, center_id: str) -> pl.DataFrame:
    """One row per thing that does not count as it stands: excluded, quarantined, set aside, or excused, and why.

    Quarantined rows are counted by reason, excused time by day; `approved_by` is empty because no register says who
    approved: what is excused is excused by the policy of the version named.
    """
    return read(
        path,
        """with found as (
            select 'excluded' as exception, 'accelerator_model' as subject_kind, model_id as subject,
                not_credited_reason as reason_code, local_day as first_day_on, local_day as last_day_on,
                planned_card_count as amount, 'cards' as unit, null as source_sha256, null as source_line
            from fct_programme_model__delivery
            where programme_id = $programme_id and not_credited_reason is not null
            union all
            select eligibility, 'user', user_party_id, relation, first_used_on, null, card_seconds_upper,
                'card_seconds', null, null
            from fct_programme_user__use where programme_id = $programme_id and eligibility <> 'eligible'
            union all
            select 'quarantined', 'rows', center_id, reason_code, cast(first_recorded_at as date),
                cast(last_recorded_at as date), row_count, 'rows', null, null
            from fct_reason__quarantine where center_id in ($center_id, '')
            union all
            select 'refused', 'file', original_name, refusal_code, cast(recorded_at as date),
                cast(recorded_at as date), byte_count, 'bytes', source_sha256, null
            from fct_file__intake where refusal_code is not null and coalesce(center_id, '') in ($center_id, '')
            union all
            select standing, record_kind, row_key, reason_code, coalesce(utc_day, cast(recorded_at as date)),
                coalesce(utc_day, cast(recorded_at as date)), row_count, 'rows', source_sha256, source_line
            from fct_row__set_aside where center_id in ($center_id, '')
            union all
            select 'excused', 'center_day', center_id, 'repair_or_maintenance_within_policy', local_day, local_day,
                racked_excused_card_seconds, 'card_seconds', null, null
            from fct_center_day__utilization where center_id = $center_id and racked_excused_card_seconds > 0
            union all
            select case when is_excused then 'excused' else 'not_excused' end, 'card', device_uid, condition, since_on,
                as_of_on, age_days, 'days', null, null
            from fct_device__out_of_service where center_id = $center_id
        )
        select exception, subject_kind, subject, reason_code, first_day_on, last_day_on, amount, unit,
            cast(null as varchar) as approved_by, source_sha256, source_line
        from found order by exception, subject_kind, subject, reason_code, first_day_on, source_sha256, source_line""",
        {"programme_id": programme_id, "center_id": center_id},
    )


def evidence(path: Path, programme_id: str, center_id: str) -> pl.DataFrame:
    """One row per line of a register that the claims were judged by, or that speaks of the center."""
    return read(
        path,
        """select record_kind, row_key, source_sha256, original_name, source_line, claim_id, rule_no from (
            select evidence.record_kind, evidence.row_key, evidence.source_sha256, evidence.file_name as original_name,
                evidence.source_line, evidence.claim_id, evidence.rule_no
            from fct_claim_rule__evidence as evidence
            inner join fct_claim__verdict as claims on evidence.claim_id = claims.claim_id
            where claims.programme_id = $programme_id
            union all
            select record_kind, record_id, source_sha256, original_name, source_line, null, null
            from fct_register_row__evidence where center_id = $center_id
        ) order by record_kind, row_key, source_sha256, source_line, claim_id, rule_no""",
        {"programme_id": programme_id, "center_id": center_id},
    )


def raw_files(path: Path, center_id: str) -> pl.DataFrame:
    """Every file received of the center and of no center alone, with its sha256 and what became of its rows.

    What other centers sent is no matter of this subsidy's authority; the register's hash over all inputs covers it.
    """
    return read(
        path,
        """select source_sha256, original_name, format_name, center_id, refusal_code, byte_count, rows_in,
            rows_accepted, rows_quarantined, recorded_at
        from fct_file__intake where center_id is null or center_id = $center_id order by source_sha256""",
        {"center_id": center_id},
    )


def findings(path: Path, center_id: str) -> pl.DataFrame:
    """Questions that the rules of quality ask of the center."""
    return read(
        path, "select * from fct_finding where center_id = $center_id order by finding_id", {"center_id": center_id}
    )


def restated(path: Path, center_id: str) -> pl.DataFrame:
    """Every restated figure of the center up to this publication: old and new value, causes, when."""
    if not restatements.is_kept(path):
        return pl.DataFrame(schema={"figure_id": pl.String})
    return read(
        Path(path).with_name(restatements.FILE_NAME),
        """select log.*, earlier.as_of_at as from_as_of_at, later.as_of_at as to_as_of_at,
            later.recorded_at as restated_at, later.code_version as restated_by_code_version,
            later.definition_hash as to_definition_hash
        from fct_figure__restatement as log
        inner join dim_publication as earlier on log.from_publication_no = earlier.publication_no
        inner join dim_publication as later on log.to_publication_no = later.publication_no
        where log.center_id = $center_id and log.to_publication_no <= (
            select publication_no from dim_publication where version = $version)
        order by log.to_publication_no, log.from_publication_no, log.figure_id, log.measure""",
        {"center_id": center_id, "version": Path(path).stem.removeprefix("marts-")},
    )


def compared_count(path: Path) -> int:
    """How many pairs of publications up to this one were compared for the restatement log."""
    return restatements.pairs(path, 0).height if restatements.is_kept(path) else 0
