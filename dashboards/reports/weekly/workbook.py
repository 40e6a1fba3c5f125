"""The report as a workbook: every row behind it, numbers as numbers, texts as texts that nothing runs as a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter

from dashboards.reports.cells import harmless
from dashboards.reports.weekly.blocks import Document
from dashboards.reports.weekly.facts import Rows, WeekFacts
from dashboards.translations import Words


def workbook(facts: WeekFacts, document: Document, say: Words) -> bytes:
    """The bytes of the workbook, stamped with the as-of instead of the clock."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True},
    )
    as_of = facts.build["as_of_at"].astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": f"{document.title} {document.scope}", "created": as_of})
    styles = {
        "head": book.add_format({"bold": True, "font_color": "#0B4F7D", "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _summary(book.add_worksheet(say("weekly.sheet.summary")), document, styles)
    for key, rows in (
        ("figures", facts.figures),
        ("changes", [{"kind": "tenant"} | row for row in facts.by_tenant]
         + [{"kind": "cause"} | row for row in facts.by_cause]),
        ("idle", facts.mismatches),
        ("cards", facts.out_of_service),
        ("coverage", facts.places_by_day),
        ("leases", facts.leases),
        ("sellable", facts.sellable),
        ("energy", facts.bills),
        ("actions", facts.actions),
    ):  # fmt: skip
        _sheet(book.add_worksheet(say(f"weekly.sheet.{key}")), rows, styles)
    book.close()
    return target.getvalue()


def _summary(sheet: xlsxwriter.worksheet.Worksheet, document: Document, styles: dict) -> None:
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 110)
    lines = [(document.title, document.scope), ("", document.head), *(("", stamp) for stamp in document.stamps)]
    lines += [(card.label, f"{card.value} ({'; '.join(card.notes)})") for card in document.cards]
    lines += [("", line) for line in document.trust]
    lines += [(section.question, section.answer) for section in document.sections]
    lines += [(document.methods_title if number == 0 else "", line) for number, line in enumerate(document.methods)]
    for place, (left, right) in enumerate(lines):
        sheet.write_string(place, 0, harmless(left), styles["head"])
        sheet.write_string(place, 1, harmless(right), styles["words"])


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, rows: Rows, styles: dict) -> None:
    if not rows:
        return
    names = list(rows[0])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(names) - 1)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, styles["head"])
        longest = max([len(name), *(len(str(row.get(name) or "")) for row in rows[:200])])
        sheet.set_column(column, column, min(longest + 2, 60))
        for place, row in enumerate(rows, start=1):
            _write(sheet, place, column, row.get(name), styles)


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: int, column: int, value: object, styles: dict) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(place, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(place, column, float(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(place, column, value.astimezone(UTC).replace(tzinfo=None), styles["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(place, column, value, styles["day"])
    else:
        sheet.write_string(place, column, harmless(str(value)))
