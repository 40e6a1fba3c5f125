"""Rows of findings, their rules, scores and what each rule could judge."""

from pathlib import Path

import polars as pl

from dashboards.queries.core import largest_centers
from dashboards.queries.reading import read_rows

NO_ONE_CENTER = "unknown"
"""Stands for the center of a finding that concerns none in particular."""


def findings(path: Path, center_id: str | None = None) -> pl.DataFrame:
    """One row per finding with the words of its rule, gravest and surest first.

    Of one center and of no one center, or of all.
    """
    return read_rows(
        path,
        f"""select findings.*, findings.period_end_on - 1 as last_day_on,
            rules.name_zh, rules.name_en, rules.pattern_zh, rules.pattern_en,
            rules.false_positives_zh, rules.false_positives_en, rules.counter_check_zh, rules.counter_check_en,
            centers.center_name_zh, centers.center_name_en
        from fct_finding as findings
        inner join dim_finding_rule as rules on findings.rule_id = rules.rule_id
        left join dim_center as centers on findings.center_id = centers.center_id
        where $1 is null or findings.center_id in ($1, '{NO_ONE_CENTER}')
        order by case findings.severity when 'serious' then 0 when 'watch' then 1 else 2 end,
            findings.verdict, findings.confidence desc, findings.finding_id""",
        center_id,
    )


def rules(path: Path) -> pl.DataFrame:
    """One row per rule."""
    return read_rows(path, "select * from dim_finding_rule order by rule_id")


def judged(path: Path, province: int | None = None) -> pl.DataFrame:
    """One row per center and rule: found, undetermined, nothing found, or no input."""
    return read_rows(
        path,
        f"""select judged.center_id, centers.center_name_zh, centers.center_name_en, judged.rule_id, rules.name_zh,
            rules.name_en, judged.state, judged.holding_count, judged.serious_count, judged.undetermined_count
        from fct_center_rule__judged as judged
        inner join dim_finding_rule as rules on judged.rule_id = rules.rule_id
        inner join dim_center as centers on judged.center_id = centers.center_id
        where judged.center_id in {largest_centers("$1")}
        order by judged.center_id, judged.rule_id""",
        province,
    )


def evidence(path: Path, finding_id: str) -> pl.DataFrame:
    """Files and lines one finding rests on: one row per kind of record, record and file."""
    return read_rows(
        path,
        """select record_kind, record_id, first_day_on, last_day_on, original_name, source_sha256,
            first_line, last_line, row_count
        from fct_finding__evidence where finding_id = $1
        order by record_kind, record_id, first_day_on, original_name, first_line""",
        finding_id,
    )


def scores(path: Path, center_id: str) -> pl.DataFrame:
    """One row per subject of a center with findings that hold, highest score first; the center as a whole leads."""
    return read_rows(
        path,
        """select subject_kind, subject_id, finding_count, serious_finding_count, family_count, power_confidence,
            identity_confidence, money_confidence, time_confidence, score
        from fct_subject__score where center_id = $1
        order by subject_kind = 'all_of_center' desc, score desc, subject_id""",
        center_id,
    )
