"""From a workbook's sheets to rows of text cells with their true row numbers, without losing a digit or a formula.

openpyxl's parser is used below its worksheet, since only there a number is told from a text, a formula from a value,
and a row keeps its own number; fastexcel, which is faster, shows a serial that lost its digits as if it were whole.
"""

import math
import warnings
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from ingest.reading import UnreadableFileError

_MOST_COLUMNS = 200
_EXACT_NUMBER = 10**15
"""A workbook's numbers are binary with 15 decimal digits that hold; longer ones were rounded when they were typed."""


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty; `formula` is the text of a formula without a value: it failed or never ran."""

    value: object
    formula: str | None = None

    @property
    def is_long_number(self) -> bool:
        """Whether the cell is a number whose last digits are lost."""
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return is_number and abs(self.value) >= _EXACT_NUMBER

    def text(self, field_type: str | None = None) -> str | None:
        """The cell as a CSV file would hold it; a date without a time only where the field is no instant."""
        value = self.formula if self.formula is not None else self.value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, datetime):
            is_day = field_type != "instant" and value.time() == datetime.min.time()
            return value.date().isoformat() if is_day else value.isoformat()
        if isinstance(value, date):
            return f"{value.isoformat()}T00:00:00" if field_type == "instant" else value.isoformat()
        if isinstance(value, int | float):
            return _number_text(value)
        return str(value).strip() or None


@dataclass(frozen=True)
class Sheet:
    """Rows that are not blank: number and cells by column, both from 1; merged ranges: first and last row, name."""

    name: str
    rows: list[tuple[int, dict[int, Cell]]]
    merged: list[tuple[int, int, str]]

    def merged_rows(self) -> dict[int, str]:
        """Rows with merged cells, each with the range."""
        numbers, found = [number for number, _ in self.rows], {}
        end = 0
        for first, last, name in sorted(self.merged):
            for number in numbers[bisect_left(numbers, max(first, end + 1)) : bisect_right(numbers, last)]:
                found[number] = name
            end = max(end, last)
        return found


def sheets_of(path: Path) -> list[Sheet]:
    """All sheets of a workbook that has been found safe, hidden ones and hidden rows included.

    Raises:
        UnreadableFileError: a part is damaged.
    """
    broken = (zipfile.BadZipFile, zlib.error, ParseError, KeyError, IndexError, OSError, ValueError, TypeError)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # openpyxl warns of what it leaves out: checks, styles, and dates out of range, which arrive as errors.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            return [_sheet(sheet) for sheet in book.worksheets]
    except (*broken, AttributeError, OverflowError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a readable workbook ({error}).") from error


class _Parser(WorkSheetParser):
    """Adds to each cell the text of its formula."""

    def parse_cell(self, element: Element) -> dict:
        cell = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        cell["formula"] = None if formula is None else f"={formula.text or ''}"
        return cell


def _sheet(sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet) -> Sheet:
    book = sheet.parent
    source: BinaryIO
    rows: dict[int, dict[int, Cell]] = {}
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, cells in parser.parse():
            for cell in cells:
                found = _cell(cell)
                if found is not None and cell["column"] <= _MOST_COLUMNS:
                    rows.setdefault(cell["row"], {})[cell["column"]] = found
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
    merged = [
        (found.min_row, found.max_row, found.coord)
        for found in ranges
        if found.size["rows"] * found.size["columns"] > 1
    ]
    return Sheet(sheet.title, sorted(rows.items()), merged)


def _cell(cell: dict) -> Cell | None:
    value, formula, kind = cell["value"], cell["formula"], cell["data_type"]
    if kind == "e":
        return Cell(None, formula or str(value))
    # A formula whose answer is an empty text has run; one without an answer has not.
    if value is None and formula is not None and kind != "str":
        return Cell(None, formula)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return Cell(value)


def _number_text(number: float) -> str:
    """A number in plain decimals with the 15 digits that hold, `12` for 12.0; longer ones and others in short form."""
    if isinstance(number, float) and not math.isfinite(number):
        return str(number)
    if abs(number) >= _EXACT_NUMBER:
        return f"{number:.14E}"
    text = f"{Decimal(f'{number:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
