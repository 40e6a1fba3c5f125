"""A copy of a received workbook with the cells at fault marked and explained, and a sheet that lists them.

The file as received is only read. The copy holds values where the sender had formulas, and everything written into it
is text, so that nothing in it runs when somebody opens it.
"""

import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.reading import UnreadableFileError
from ingest.reasons import REASONS
from ingest.workbook.archive import refuse_unsafe
from ingest.workbook.template import ERRORS_SHEET

_AUTHOR = "Racklight"
_COLOR = "FFFF9C9C"
_MARK = PatternFill("solid", fgColor=_COLOR)
_MOST_COLUMNS = 200
_MOST_COMMENT = 2_000
_MOST_TEXT = 32_000
_HEADERS = (
    "表 Sheet",
    "单元格 Cell",
    "字段 Field",
    "代码 Code",
    "说明",
    "What is wrong",
    "值 Value",
    "所在行 Row as received",
)
_WIDTHS = (22, 12, 26, 24, 44, 44, 40, 80)


@dataclass(frozen=True)
class Fault:
    """One row of a sheet that was not accepted; without column names the row is meant, without a sheet the file.

    `row` counts from 1 as spreadsheets do.
    """

    sheet_name: str | None
    row: int | None
    column_names: tuple[str, ...]
    reason_code: str
    detail: str
    raw_text: str


def write_marked_copy(received: Path, faults: list[Fault], target: Path) -> int:
    """Write the copy to `target` and return how many cells are marked in it.

    Marks of an earlier copy that the sender worked in are taken off first.

    Raises:
        UnreadableFileError: the workbook is not safe to open, or damaged.
    """
    refuse_unsafe(received)
    try:
        with received.open("rb") as file, warnings.catch_warnings():
            # openpyxl warns of what it leaves out: pictures, extensions, and dates out of range.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, IndexError, OSError, ValueError, TypeError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{received.name}: not a readable workbook ({error}).") from error
    _take_marks_off(book)
    listed, words = [], defaultdict(list)
    headers = {name: _header(book[name]) for name in {fault.sheet_name for fault in faults} & set(book.sheetnames)}
    for fault in faults:
        cells = list(_cells(book, fault, headers.get(fault.sheet_name, {})))
        for cell in cells:
            cell.fill = _MARK
        if cells:
            words[cells[0].parent.title, cells[0].coordinate].append(_explanation(fault))
        listed.append((fault, cells))
    for (sheet_name, place), texts in words.items():
        comment = Comment("\n\n".join(texts)[:_MOST_COMMENT], _AUTHOR, height=160, width=420)
        book[sheet_name][place].comment = comment
    _write_list(book, listed)
    with target.open("wb") as file:
        book.save(file)
    return len({(cell.parent.title, cell.coordinate) for _, cells in listed for cell in cells})


def _take_marks_off(book: Workbook) -> None:
    if ERRORS_SHEET in book.sheetnames:
        del book[ERRORS_SHEET]
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if isinstance(cell, MergedCell):
                continue
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == _COLOR:
                cell.fill = PatternFill()


def _cells(book: Workbook, fault: Fault, header: dict[str, int]) -> Iterator[Cell]:
    """The cells that a fault is about: those under the named headers, else all of the row that hold something."""
    if fault.sheet_name not in book.sheetnames or fault.row is None:
        return
    sheet = book[fault.sheet_name]
    columns = [header[name] for name in fault.column_names if name in header] or [
        column for column in range(1, min(sheet.max_column, _MOST_COLUMNS) + 1) if _says(sheet, fault.row, column)
    ]
    for column in columns:
        cell = sheet.cell(fault.row, column)
        if not isinstance(cell, MergedCell):
            yield cell


def _says(sheet: Worksheet, row: int, column: int) -> bool:
    found = sheet._cells.get((row, column))
    return found is not None and found.value is not None


def _header(sheet: Worksheet) -> dict[str, int]:
    """Column numbers by header, from the first row that is not blank, as the reader takes it."""
    filled = {place: str(cell.value).strip() for place, cell in sheet._cells.items() if cell.value is not None}
    first = min((row for row, _ in filled), default=0)
    return {text: column for (row, column), text in filled.items() if row == first}


def _explanation(fault: Fault) -> str:
    reason = REASONS[fault.reason_code]
    return _printable(f"{fault.reason_code}\n{reason.zh}\n{reason.en}\n{fault.detail}")


def _write_list(book: Workbook, listed: list[tuple[Fault, list[Cell]]]) -> None:
    """Write one row per fault into a sheet of its own, first in the book, each with a way to its cell."""
    sheet = book.create_sheet(ERRORS_SHEET, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for column, (name, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True), start=1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    for row, (fault, cells) in enumerate(listed, start=2):
        reason = REASONS[fault.reason_code]
        place = cells[0].coordinate if cells else ("" if fault.row is None else str(fault.row))
        texts = (
            fault.sheet_name or "",
            place,
            ", ".join(fault.column_names),
            fault.reason_code,
            reason.zh,
            reason.en,
            fault.detail,
            fault.raw_text,
        )
        for column, text in enumerate(texts, start=1):
            _write_text(sheet.cell(row, column), text)
        if cells:
            title = cells[0].parent.title.replace("'", "''")
            sheet.cell(row, 2).hyperlink = f"#'{title}'!{cells[0].coordinate}"


def _write_text(cell: Cell, text: str) -> None:
    """Write text that stays text, also after somebody edits the cell."""
    cell.value = _printable(text)[:_MOST_TEXT]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _printable(text: str) -> str:
    """Text without the control characters that no workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
