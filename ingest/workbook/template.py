"""Writes the workbook that senders of registers fill in: a sheet per kind of record, made from the schemas.

The first row of a sheet names the fields as CSV files do; the second explains them in both languages. Columns of text
have the text format, so that a spreadsheet keeps long serials and leading zeros. The same code writes the same bytes.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ingest.records import RECORD_KINDS, Field, RecordKind
from ingest.workbook.words import choice_zh, explanation, grain_zh, is_must, title_zh

TEMPLATE_KINDS = (
    "parties",
    "party_links",
    "party_payments",
    "centers",
    "capacity_plans",
    "cabinets",
    "servers",
    "slots",
    "device_events",
    "device_aliases",
    "leases",
    "lease_devices",
    "lease_terms",
    "metered_usage",
    "contracts",
    "cash_movements",
    "invoice_lines",
    "receipt_allocations",
    "credit_notes",
    "capex_lines",
    "capital_contributions",
    "opex_lines",
    "tariffs",
    "utility_bills",
    "power_terms",
    "market_prices",
    "attestations",
    "offtake_commitments",
    "offtake_periods",
    "offtake_amendments",
    "offtake_settlements",
    "subsidy_programmes",
    "subsidy_milestones",
    "subsidy_payments",
    "subsidy_claims",
    "subsidy_claim_items",
    "subsidy_assessments",
    "party_sizes",
    "server_links",
    "sale_terms",
    "center_sites",
)
"""Kinds that a person keeps; the others come from machines."""

GUIDE_SHEET, CHOICES_SHEET, ERRORS_SHEET = "说明 Guide", "取值 Choices", "错误 Errors"
OWN_SHEETS = frozenset({GUIDE_SHEET, CHOICES_SHEET, ERRORS_SHEET})
"""Sheets that hold no records: the first two are of the template, the last of a copy with its errors marked."""

_FIRST_ROW, _LAST_ROW = 2, 20_000
"""Rows, counted from 0, that have drop-downs and checks; what stands further down is read all the same."""

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NUMBER_FORMATS = {"integer": "0", "date": "yyyy-mm-dd", "money_cny": "0.00", "quantity": "0.000", "number": "General"}
_SCALES = {"money_cny": 100, "quantity": 1000}
_GUIDE = (
    ("每张表登记一类记录。不用的表可以留空或删除。", "One sheet per kind of record. Leave a sheet empty or delete it."),
    (
        "第一行是字段名，请勿修改；以 ※ 开头的行是说明，读取时跳过。",
        "The first row names the fields: leave it as it is. The row that begins with ※ explains them and is skipped.",
    ),
    ("深色表头为必填。", "Fields with a dark header are required."),
    (
        "编号和序列号按文本填写：电子表格的数字只有 15 位，更长的已经损坏，不予接收。",
        "Enter ids and serials as text: a spreadsheet's number has 15 digits, and longer ones arrive damaged.",
    ),
    (
        "日期如 2026-03-31；时间如 2026-03-31T08:00:00+08:00；金额以元为单位。",
        "Dates like 2026-03-31, times like 2026-03-31T08:00:00+08:00, money in yuan.",
    ),
    (
        "请勿合并单元格、加密或使用宏。",
        "Merge no cells, set no password, use no macros.",
    ),
    (
        "更正：以相同的主键再写一行，并提高 revision。",
        "To correct a row, write it again under the same key with a higher revision.",
    ),
)


def write_template(path: Path, rows: Mapping[str, Iterable[Mapping[str, object]]] | None = None) -> None:
    """Write the workbook; what stands at `path` is replaced.

    Without `rows` it is empty and has all sheets; else it has the sheets named there, filled with values by field
    name: numbers and dates as such, money in fen, a quantity in thousandths.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Racklight registers", "author": "Racklight", "created": _MADE_AT})
        kinds = [RECORD_KINDS[name] for name in TEMPLATE_KINDS if rows is None or name in rows]
        _write_guide(book, kinds)
        for kind in kinds:
            _write_kind(book, kind, list((rows or {}).get(kind.name, ())))
        _write_choices(book, kinds)


def _write_guide(book: xlsxwriter.Workbook, kinds: list[RecordKind]) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    plain, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 70)
    sheet.write_row(0, 0, ("Racklight", "填写说明", "How to fill in"), bold)
    for row, (zh, en) in enumerate(_GUIDE, start=1):
        sheet.write_row(row, 1, (zh, en), plain)
    first = len(_GUIDE) + 2
    sheet.write_row(first, 0, ("表 Sheet", "每行是什么", "What a row is"), bold)
    for row, kind in enumerate(kinds, start=first + 1):
        sheet.write_url(row, 0, f"internal:'{kind.name}'!A1", string=kind.name)
        sheet.write_row(row, 1, (f"{title_zh(kind)}：{grain_zh(kind)}。", f"{kind.grain.capitalize()}."), plain)


def _write_kind(book: xlsxwriter.Workbook, kind: RecordKind, rows: list[Mapping[str, object]]) -> None:
    sheet = book.add_worksheet(kind.name)
    header = {"bold": True, "border": 1}
    must = book.add_format(header | {"bg_color": "#1F4E79", "font_color": "#FFFFFF"})
    may = book.add_format(header | {"bg_color": "#DDEBF7"})
    note = book.add_format({"text_wrap": True, "valign": "top", "italic": True, "font_size": 9, "bg_color": "#F2F2F2"})
    lacking = book.add_format({"bg_color": "#FFE699"})
    last_name = xl_col_to_name(len(kind.fields) - 1)
    for column, field in enumerate(kind.fields):
        cells = book.add_format({"num_format": _NUMBER_FORMATS.get(field.type, "@")})
        sheet.set_column(column, column, 30 if field.type == "instant" else 24, cells)
        sheet.write_string(0, column, field.name, must if is_must(field) else may)
        sheet.write_string(1, column, explanation(kind, field), note)
        for row, values in enumerate(rows, start=_FIRST_ROW):
            _write_value(sheet, row, column, field, values.get(field.name), cells)
        _check(sheet, column, kind, field)
        if is_must(field):
            name = xl_col_to_name(column)
            row = _FIRST_ROW + 1
            formula = f"=AND(COUNTA($A{row}:${last_name}{row})>0,ISBLANK({name}{row}))"
            sheet.conditional_format(
                _FIRST_ROW, column, _LAST_ROW, column, {"type": "formula", "criteria": formula, "format": lacking}
            )
    sheet.set_row(1, 110)
    sheet.freeze_panes(2, 1)


def _write_value(sheet: Worksheet, row: int, column: int, field: Field, value: object, cells: Format) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, cells)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "true" if value else "false", cells)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value / _SCALES.get(field.type, 1), cells)
    else:
        sheet.write_string(row, column, str(value), cells)


def _check(sheet: Worksheet, column: int, kind: RecordKind, field: Field) -> None:
    """Give a column its drop-down or its bounds, so that a wrong value is told where it is typed."""
    rule: dict = {"error_title": field.name, "error_message": "请按第二行的说明填写。 See the explanation in row 2."}
    if field.choices:
        rule |= {"validate": "list", "source": f"={_list_name(kind, field)}"}
    elif field.type == "boolean":
        rule |= {"validate": "list", "source": ["true", "false"]}
    elif field.type == "date":
        rule |= {"validate": "date", "criteria": ">=", "value": datetime(1900, 1, 1, tzinfo=UTC).replace(tzinfo=None)}
    elif field.type in ("integer", "number", "money_cny", "quantity"):
        rule |= {"validate": "integer" if field.type == "integer" else "decimal"} | _bounds(field)
    else:
        return
    sheet.data_validation(_FIRST_ROW, column, _LAST_ROW, column, rule)


def _bounds(field: Field) -> dict:
    low = -1e14 if field.minimum is None else field.minimum
    high = 1e14 if field.maximum is None else field.maximum
    return {"criteria": "between", "minimum": low, "maximum": high}


def _list_name(kind: RecordKind, field: Field) -> str:
    return f"choices_{kind.name}_{field.name}"


def _write_choices(book: xlsxwriter.Workbook, kinds: list[RecordKind]) -> None:
    """Write every choice with its meaning; names point to the lists, since a rule may hold only 255 characters."""
    sheet = book.add_worksheet(CHOICES_SHEET)
    bold: Format = book.add_format({"bold": True})
    sheet.set_column(0, 3, 26)
    sheet.write_row(0, 0, ("表 sheet", "字段 field", "取值 choice", "含义 meaning"), bold)
    row = 1
    for kind in kinds:
        for field in kind.fields:
            if not field.choices:
                continue
            book.define_name(_list_name(kind, field), f"='{CHOICES_SHEET}'!$C${row + 1}:$C${row + len(field.choices)}")
            for choice in field.choices:
                sheet.write_row(row, 0, (kind.name, field.name, choice, choice_zh(choice)))
                row += 1
    sheet.freeze_panes(1, 0)
