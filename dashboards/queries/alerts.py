"""What the thresholds of people are held against: one query per kind of alert, over the published file.

Each gives center_id, subject_id, observed and detail of the rows that are beyond the threshold.
"""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read, read_rows

_LAST_WEEK = "week_start_on = (select max(week_start_on) from fct_scope_week__ladder where is_over)"

QUERIES = {
    # a claim counts the lower bound, so that what is unknown does not keep an alert away
    "lit_below": f"""select scope_id as center_id, scope_id as subject_id, lit_rate_of_racked_lower as observed,
            cast(week_start_on as varchar) as detail
        from fct_scope_week__ladder
        where scope_id <> 'ALL' and {_LAST_WEEK} and lit_rate_of_racked_lower < $threshold""",
    "coverage_below": f"""select scope_id as center_id, scope_id as subject_id, coverage_of_racked as observed,
            cast(week_start_on as varchar) as detail
        from fct_scope_week__ladder
        where scope_id <> 'ALL' and {_LAST_WEEK} and coverage_of_racked < $threshold""",
    "commitment_at_risk": """select center_id, commitment_id as subject_id,
            cast(outstanding_cny_fen as double) as observed, state as detail
        from dim_commitment
        where state in ('at_risk', 'shortfall_open', 'in_breach', 'in_breach_uncured', 'lapsed')""",
    "lease_cliff": """select center_id, lease_id as subject_id, cast(remaining_days as double) as observed,
            cast(ends_on as varchar) as detail
        from fct_lease__backlog where remaining_days <= $threshold""",
    "feed_silent": """select center_id, center_id as subject_id,
            cast(max(local_day) - max(case when known_card_seconds > 0 then local_day end) as double) as observed,
            coalesce(
                cast(max(case when known_card_seconds > 0 then local_day end) as varchar), 'never'
            ) as detail
        from fct_center_day__data_quality where expected_card_seconds > 0
        group by center_id
        having coalesce(
            max(local_day) - max(case when known_card_seconds > 0 then local_day end) >= $threshold, true
        )""",
    "cannot_compute": """select coalesce(center_id, 'ALL') as center_id, metric_id as subject_id,
            cast(null as double) as observed, coalesce(max(withheld_reason), '') as detail
        from fct_figure
        where period_grain = 'as_of' and lower is null and upper is null
        group by coalesce(center_id, 'ALL'), metric_id""",
    # one that cannot be decided at both bounds asks nobody to act
    "finding_opened": """select center_id, finding_id as subject_id, cast(null as double) as observed,
            rule_id || ' ' || severity as detail
        from fct_finding where verdict = 'holds'""",
}
NEEDS = {"finding_opened": ("fct_finding", {"center_id", "finding_id", "rule_id", "severity", "verdict"})}


def beyond(path: Path, kind: str, threshold: float | None, center_id: str | None) -> pl.DataFrame | None:
    """Rows beyond a threshold of one kind, of one center or of all; None where the file cannot say.

    Columns: center_id, subject_id, observed, detail.
    """
    if kind in NEEDS:
        mart, needed = NEEDS[kind]
        columns = read_rows(path, "select column_name from information_schema.columns where table_name = $1", mart)
        if not needed <= set(columns["column_name"]):
            return None
    wanted: dict[str, object] = {"center": center_id}
    if "$threshold" in QUERIES[kind]:
        wanted["threshold"] = threshold
    return read(
        path,
        f"""select * from ({QUERIES[kind]}) as beyond
        where $center is null or center_id = $center order by center_id, subject_id""",
        wanted,
    )


def center_names(path: Path) -> pl.DataFrame:
    """One row per center: what it is called in either language."""
    return read_rows(path, "select center_id, center_name_zh, center_name_en from dim_center")
