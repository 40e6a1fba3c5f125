"""A weekly report in the forms and languages asked for, and what each file is called."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.reports.weekly.document import compose
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.translations import Words

FORMATS = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class ReportFile:
    """One file of a report."""

    name: str
    media_type: str
    content: bytes


def report_files(facts: WeekFacts, languages: tuple[str, ...], formats: tuple[str, ...]) -> Iterator[ReportFile]:
    """Every form in every language; the same facts give the same bytes."""
    for language in languages:
        say = Words(language)
        document = compose(facts, say)
        for form in formats:
            name = f"weekly-{facts.scope_id}-{facts.week_label}-{language}.{form}"
            yield ReportFile(name, FORMATS[form], _content(form, facts, document, say))


def _content(form: str, facts: WeekFacts, document: object, say: Words) -> bytes:
    if form == "pdf":
        from dashboards.reports.weekly.pdf import pdf

        return pdf(document, facts.build["as_of_at"])
    if form == "html":
        from dashboards.reports.weekly.html import html

        return html(document)
    from dashboards.reports.weekly.workbook import workbook

    return workbook(facts, document, say)
