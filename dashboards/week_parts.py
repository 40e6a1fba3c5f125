"""What the page of the week has beside the report itself: names of weeks, rows of tables, files to take along."""

from dashboards import cached, formatting, queries
from dashboards.reports.weekly.blocks import Table
from dashboards.reports.weekly.facts import Provenance, WeekFacts
from dashboards.reports.weekly.forms import report_files
from dashboards.translations import Words


def week_name(week: dict, say: Words) -> str:
    """An ISO week with its first and last day, each with its weekday."""
    return say(
        "this_week.week_name",
        week=f"{week['week_start_on']:%G-W%V}",
        first=formatting.weekday_day(week["week_start_on"], say.language),
        last=formatting.weekday_day(week["week_last_on"], say.language),
    )


def rows(table: Table) -> list[dict[str, str]]:
    """Rows of ready texts under their headers, safe as Markdown."""
    return [dict(zip(table.headers, map(formatting.as_markdown_text, row), strict=True)) for row in table.rows]


def provenance(source: cached.Published) -> Provenance:
    """What the register beside the published file says of it and of what it restated."""
    log = queries.restatements
    if not log.is_kept(source.path):
        return Provenance()
    stamp = log.stamp(source.path)
    entries = cached.read(source, log.publication, stamp).to_dicts()
    if not entries:
        return Provenance()
    entry = entries[0]
    restated = cached.read(source, log.restated_by, stamp).to_dicts() if entry.pop("is_compared") else None
    return Provenance(**entry, restatements=restated)


def content(facts: WeekFacts, language: str, form: str) -> bytes:
    """The report as one file."""
    return next(report_files(facts, (language,), (form,))).content


def file_name(facts: WeekFacts, language: str, form: str) -> str:
    """What that file is called."""
    return f"weekly-{facts.scope_id}-{facts.week_label}-{language}.{form}"
