"""The SQL of evidence: a figure, the rows that add up to each of its parts, and the lines of files behind a row.

Like `dashboards.queries`: paths in, frames out, no screen. Sums are taken here only to hold them against the part that
the warehouse published.
"""

from datetime import timedelta
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read

EVIDENCE_TABLES = {
    "device_day": "fct_device_day__parts",
    "plan_line_day": "fct_plan_line_day__parts",
    "model_day": "fct_center_model_day__parts",
    "center_day": "fct_center_day__place_parts",
    "paid_day": "fct_center_tenant_day__paid_parts",
    "cash_month": "fct_center_month__cash",
    "offtake_period": "fct_commitment_period__offtake",
    "money_entry": "fct_figure_entry__money",
    "meter_day": "fct_center_meter_day__pue_parts",
    "dark_day": "fct_center_model_day__dark_parts",
    "outlook_month": "fct_center_month__cash_band",
    "subsidy_account": "fct_programme_account__settlement",
    "subsidy_local": "fct_programme__local_use",
    "subsidy_hours": "fct_programme__cost",
}
"""Kind of evidence -> the mart whose rows add up."""

_KEYS = {
    "device_day": "center_id, device_uid as subject_id, local_day as first_day_on, local_day as last_day_on",
    "plan_line_day": "center_id, plan_line_id as subject_id, local_day as first_day_on, local_day as last_day_on",
    "model_day": "center_id, model_id as subject_id, local_day as first_day_on, local_day as last_day_on",
    "center_day": "center_id, center_id as subject_id, local_day as first_day_on, local_day as last_day_on",
    "paid_day": "center_id, tenant_party_id as subject_id, local_day as first_day_on, local_day as last_day_on",
    "cash_month": "center_id, center_id as subject_id, month_start_on as first_day_on, month_end_on - 1 as last_day_on",
    "offtake_period": (
        "center_id, commitment_id as subject_id, period_start_on as first_day_on, period_end_on - 1 as last_day_on"
    ),
    "money_entry": "center_id, entry as subject_id, first_day_on, last_day_on",
    "meter_day": "center_id, meter_scope as subject_id, local_day as first_day_on, local_day as last_day_on",
    "dark_day": "center_id, model_id as subject_id, local_day as first_day_on, local_day as last_day_on",
    "outlook_month": (
        "center_id, 'outlook' as subject_id, month_start_on as first_day_on, month_start_on as last_day_on"
    ),
} | dict.fromkeys(
    ("subsidy_account", "subsidy_local", "subsidy_hours"),
    "center_id, programme_id as subject_id, valid_from as first_day_on, covered_to as last_day_on",
)

_WEIGHTS = {"card": "", "none": ""} | {
    weight: f"cast({column} as decimal(38, 0)) * "
    for weight, column in (("pflops", "weight_gflops"), ("credited", "credited_gflops"))
}

_DAYS = "($center_id is null or center_id = $center_id) and local_day >= $start and local_day < $end"
# A portfolio counts the time of a card that two centers claim once.
_ONCE = f"{_DAYS} and ($center_id is not null or not is_duplicate)"
_CONDITIONS = {
    ("model_day", "all"): _ONCE,
    ("model_day", "last"): f"{_ONCE} and local_day = ({{last_day}})",
    ("paid_day", "all"): _ONCE,
    ("center_day", "last"): f"{_DAYS} and local_day = ({{last_day}})",
    ("device_day", "all"): _DAYS,
    ("plan_line_day", "all"): _DAYS,
    ("device_day", "last"): f"{_DAYS} and local_day = ({{last_day}})",
    ("plan_line_day", "last"): f"{_DAYS} and local_day = ({{last_day}})",
    ("cash_month", "all"): "center_id = $center_id and is_complete and month_start_on < $end",
    ("cash_month", "mean_of_last_12"): (
        "center_id = $center_id and is_complete and month_start_on < $end "
        "qualify row_number() over (order by month_start_on desc) <= 12"
    ),
    ("money_entry", "all"): "figure_id = $figure_id",
    ("meter_day", "all"): _DAYS,
    ("dark_day", "all"): _DAYS,
    ("outlook_month", "last"): (
        "center_id = $center_id and view = 'project' and subsidy = 'without' "
        "qualify row_number() over (order by month_start_on desc) = 1"
    ),
    ("offtake_period", "all"): "commitment_id = $commitment_id and is_closed",
    ("offtake_period", "rolling"): (
        "commitment_id = $commitment_id and is_closed "
        "qualify row_number() over (order by period_start_on desc, period_no desc) <= rolling_period_count"
    ),
    ("subsidy_account", "all"): "programme_id = $programme_id",
    ("subsidy_local", "own_basis"): "programme_id = $programme_id and is_programme_basis",
} | {
    ("subsidy_hours", kind): f"programme_id = $programme_id and hours_kind = '{kind}'"
    for kind in ("delivered", "lit", "organic", "local")
}
_LAST_DAY = """select max(local_day) from fct_center_day__utilization
    where ($center_id is null or center_id = $center_id) and local_day >= $start and local_day < $end"""


def figure(path: Path | str, figure_id: str, center_id: str | None = None) -> pl.DataFrame:
    """The row of one figure, or none; looked for among those of a center where one is named, which is quicker."""
    among, named = ("", {}) if center_id is None else (" and center_id = $center_id", {"center_id": center_id})
    query = f"select * from fct_figure where figure_id = $figure_id{among}"
    return read(path, query, {"figure_id": figure_id} | named)


def measures(path: Path | str, metric_id: str, scope: str) -> pl.DataFrame:
    """What sums up to the parts of a metric: part, evidence, measure, weight, factor, day_rule."""
    return read(
        path,
        """select part, evidence, measure, weight, factor, day_rule from dim_figure_measure
        where metric_id = $metric_id and scope = $scope order by part, factor desc, measure""",
        {"metric_id": metric_id, "scope": scope},
    )


def part_rows(path: Path | str, figure_row: dict, measure_rows: list[dict], limit: int | None = None) -> pl.DataFrame:
    """Rows that add to one part: center, subject, days, `amount`; beside each, the sum and the count of all of them.

    All measures of a part stand in one mart and follow one rule. Rows are ordered by amount, largest first.
    """
    kind, day_rule = measure_rows[0]["evidence"], measure_rows[0]["day_rule"]
    amount = " + ".join(
        f'{int(row["factor"])} * {_WEIGHTS[row["weight"]]}"{_column(path, kind, row["measure"])}"'
        for row in measure_rows
    )
    condition = _CONDITIONS[kind, day_rule].format(last_day=_LAST_DAY)
    values = {
        "figure_id": figure_row["figure_id"],
        "center_id": figure_row["center_id"],
        "start": figure_row["period_start"],
        "end": figure_row["period_end"],
        "commitment_id": (figure_row["basis"] or "").removeprefix("commitment:"),
        "programme_id": (figure_row["basis"] or "").removeprefix("programme:"),
    }
    sql = f"""
        with chosen as (
            select {_KEYS[kind]}, cast({amount} as decimal(38, 0)) as amount
            from {EVIDENCE_TABLES[kind]} where {condition}
        )
        select *, sum(amount) over () as total, count(*) over () as row_count
        from chosen where amount <> 0
        order by abs(amount) desc, first_day_on, subject_id {f"limit {int(limit)}" if limit else ""}"""
    return read(path, sql, {name: value for name, value in values.items() if f"${name}" in sql})


def device_day(path: Path | str, center_id: str, device_uid: str, local_day: object) -> pl.DataFrame:
    """Seconds of one card and day: able, lit, idle, unknown, sold."""
    return read(
        path,
        """select able_seconds, proven_able_seconds, lit_seconds, idle_seconds, unknown_seconds, sold_seconds
        from fct_device_day__parts where center_id = $center_id and device_uid = $device_uid and local_day = $day""",
        {"center_id": center_id, "device_uid": device_uid, "day": local_day},
    )


def source_lines(path: Path | str, kind: str, row: dict) -> pl.DataFrame:
    """Files and lines behind one row of `part_rows`: record_kind, original_name, source_sha256, first_line, last_line.

    `row_count` is how many lines of the span speak of the subject; others stand between them.
    """
    values = {name: row[name] for name in ("center_id", "subject_id", "first_day_on", "last_day_on")}
    if kind == "plan_line_day":
        sql = """select 'capacity_plans' as record_kind, files.original_name, parts.source_sha256,
                parts.source_line as first_line, parts.source_line as last_line, 1 as row_count
            from fct_plan_line_day__parts as parts
            left join fct_file__intake as files on parts.source_sha256 = files.source_sha256
            where parts.center_id = $center_id and parts.plan_line_id = $subject_id
                and parts.local_day between $first_day_on and $last_day_on"""
        return read(path, sql, values)
    if kind in ("model_day", "dark_day"):
        return _lines_of_model_day(path, values)
    if kind == "meter_day":
        sql = """select record_kind, original_name, source_sha256, first_line, last_line, row_count
            from fct_center_meter_day__evidence
            where center_id = $center_id and meter_scope = $subject_id
                and local_day between $first_day_on and $last_day_on
            order by record_kind, original_name"""
        return read(path, sql, values)
    if kind in ("center_day", "paid_day"):
        return files_of_center(path, row["center_id"], row["first_day_on"], row["last_day_on"] + timedelta(days=1))
    register = """select record_kind, original_name, source_sha256, min(source_line) as first_line,
            max(source_line) as last_line, count(*) as row_count
        from fct_register_row__evidence
        where center_id = $center_id and subject_id = $subject_id and first_day_on <= $last_day_on
            and (last_day_on is null or last_day_on >= $first_day_on)
        group by all"""
    if kind == "device_day":
        register = f"""select record_kind, original_name, source_sha256, first_line, last_line, row_count
            from fct_device_day__evidence
            where center_id = $center_id and device_uid = $subject_id
                and local_day between $first_day_on and $last_day_on
            union all {register}"""
    return read(path, f"select * from ({register}) order by record_kind, original_name, first_line", values)


def _lines_of_model_day(path: Path | str, values: dict) -> pl.DataFrame:
    """Files and lines of all cards of a model on a day, and of the plan lines of that model."""
    return read(
        path,
        """with cards as (
            select device_uid from fct_device_day__parts
            where center_id = $center_id and model_id = $subject_id and local_day = $first_day_on
        ), lines as (
            select record_kind, original_name, source_sha256, first_line, last_line, row_count
            from fct_device_day__evidence
            where center_id = $center_id and local_day = $first_day_on and device_uid in (from cards)
            union all
            select record_kind, original_name, source_sha256, source_line, source_line, 1
            from fct_register_row__evidence
            where center_id = $center_id and first_day_on <= $last_day_on
                and (last_day_on is null or last_day_on >= $first_day_on)
                and (subject_id in (from cards) or record_kind = 'capacity_plans')
        )
        select record_kind, original_name, source_sha256, min(first_line) as first_line, max(last_line) as last_line,
            sum(row_count) as row_count
        from lines group by all order by record_kind, original_name""",
        values,
    )


def files_of_center(path: Path | str, center_id: str | None, start: object, end: object) -> pl.DataFrame:
    """Files that speak of a center's register rows in a period: what is left for a figure without rows of its own."""
    return read(
        path,
        """select record_kind, original_name, source_sha256, min(source_line) as first_line,
            max(source_line) as last_line, count(distinct source_line) as row_count
        from fct_register_row__evidence
        where ($center_id is null or center_id = $center_id) and first_day_on < $end
            and (last_day_on is null or last_day_on >= $start)
        group by all order by record_kind, original_name""",
        {"center_id": center_id, "start": start, "end": end},
    )


def _column(path: Path | str, kind: str, name: str) -> str:
    """A measure that the mart really has; a name from a table never becomes SQL unseen."""
    found = read(
        path,
        "select column_name from information_schema.columns where table_name = $t and column_name = $c",
        {"t": EVIDENCE_TABLES[kind], "c": name},
    )
    if found.is_empty():
        raise KeyError(f"{EVIDENCE_TABLES[kind]} has no column {name}")
    return name
