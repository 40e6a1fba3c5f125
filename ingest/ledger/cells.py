"""From a workbook or a CSV file to sheets of text cells, each line with its true number.

Cells become text: a date as `2025-03-18`, a number without needless decimals. A number of more than 15 digits becomes
scientific notation, since a workbook has already lost its last digits. The value of merged cells belongs to all of
them; CSV has no merged cells, so there a value stands in the first cell only.
"""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ingest.reading import UnreadableFileError

WORKBOOK_MAGIC = b"PK\x03\x04"
_LARGEST_EXPANDED_BYTES = 256 * 1024 * 1024
_MOST_MERGED_CELLS = 1_000_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})")
_PART_BYTES = 4 * 1024 * 1024
_MOST_COLUMNS = 200
_EXACT_NUMBER = 10**15


@dataclass(frozen=True)
class Line:
    """One row of cells: its number in the file or sheet (from 1), its cells, its text as received.

    `shared` are the places (from 0) of cells that are merged with another row's, `failed` those of formulas that failed
    or never ran, which stand as their text.
    """

    number: int
    cells: tuple[str | None, ...]
    raw_text: str
    is_hidden: bool = False
    shared: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """Lines that are not blank; `serial_zero` is the day that Excel's day number 0 stands for."""

    name: str
    lines: list[Line] = field(default_factory=list)
    serial_zero: date = date(1899, 12, 30)


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of an XLSX workbook, hidden rows and hidden sheets included.

    Raises:
        UnreadableFileError: the file is no workbook, or would expand beyond 256 MiB.
    """
    try:
        _refuse_bomb(path)
        workbook = _load(path, data_only=True)
        formulas = _load(path, data_only=False) if _has_formulas(path) else None
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, OSError, ValueError, TypeError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a readable workbook ({error}).") from error
    zero = date(1904, 1, 1) if workbook.epoch == CALENDAR_MAC_1904 else date(1899, 12, 30)
    return [_sheet(worksheet, formulas and formulas[worksheet.title], zero) for worksheet in workbook.worksheets]


def _load(path: Path, data_only: bool) -> openpyxl.Workbook:
    with path.open("rb") as file:
        return openpyxl.load_workbook(file, data_only=data_only)


def _has_formulas(path: Path) -> bool:
    """Whether some cell is a formula: then the workbook is opened a second time, for what it was to work out."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(b"<f>" in part or b"<f " in part or b"<f/>" in part for part in map(archive.read, sheets))


def _refuse_bomb(path: Path) -> None:
    """Refuse what would fill the memory before it does: a huge archive, or few bytes that merge millions of cells."""
    with zipfile.ZipFile(path) as archive:
        expanded = sum(item.file_size for item in archive.infolist())
        if expanded > _LARGEST_EXPANDED_BYTES:
            raise UnreadableFileError(
                "EXPANDS_TOO_FAR", f"{path.name}: expands to {expanded:,} bytes; a ledger may have 256 MiB. Split it."
            )
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        merged = sum(_cell_count(found) for name in parts for found in _MERGED.finditer(archive.read(name)))
    if merged > _MOST_MERGED_CELLS:
        raise UnreadableFileError(
            "EXPANDS_TOO_FAR",
            f"{path.name}: {merged:,} merged cells; a ledger may have {_MOST_MERGED_CELLS:,}. Unmerge them.",
        )


def _cell_count(found: re.Match[bytes]) -> int:
    low_column, low_row, high_column, high_row = range_boundaries(found.group(1).decode())
    return (high_column - low_column + 1) * (high_row - low_row + 1)


def _sheet(
    worksheet: openpyxl.worksheet.worksheet.Worksheet,
    formulas: openpyxl.worksheet.worksheet.Worksheet | None,
    zero: date,
) -> Sheet:
    # The cells that exist, not the rectangle around them: one stray cell far below would make a million empty rows.
    values = {
        (row, column): text
        for (row, column), cell in worksheet._cells.items()
        if column <= _MOST_COLUMNS and (text := _text(cell.value)) is not None
    }
    failed = {place for place, cell in worksheet._cells.items() if cell.data_type == "e"}
    for place, cell in formulas._cells.items() if formulas else ():
        if cell.data_type == "f" and place[1] <= _MOST_COLUMNS and place not in values:
            values[place] = str(getattr(cell.value, "text", cell.value))
            failed.add(place)
    own_rows = {row for row, _ in values}
    shared: set[tuple[int, int]] = set()
    for merged in worksheet.merged_cells.ranges:
        value = values.get((merged.min_row, merged.min_col))
        if value is None:
            continue
        for row in range(merged.min_row, min(merged.max_row, worksheet.max_row) + 1):
            for column in range(merged.min_col, min(merged.max_col, _MOST_COLUMNS) + 1):
                values[row, column] = value
                if merged.max_row > merged.min_row:
                    shared.add((row, column))
    width = max((column for _, column in values), default=0)
    lines = []
    for row in sorted(own_rows):
        cells = tuple(values.get((row, column)) for column in range(1, width + 1))
        hidden = bool(worksheet.row_dimensions[row].hidden) if row in worksheet.row_dimensions else False
        raw = f"{worksheet.title}!{row}: " + " | ".join(cell or "" for cell in cells)
        lines.append(Line(row, cells, raw, hidden, _places(row, width, shared), _places(row, width, failed)))
    return Sheet(worksheet.title, lines, zero)


def _places(row: int, width: int, found: set[tuple[int, int]]) -> frozenset[int]:
    """Places (from 0) in one row of those cells that were found."""
    return frozenset(column - 1 for column in range(1, width + 1) if (row, column) in found)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= _EXACT_NUMBER:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else str(value)
    return str(value).strip() or None


def read_csv(path: Path) -> list[Sheet]:
    """A CSV file as one sheet; UTF-8, or GB18030 as Chinese spreadsheets save it.

    Raises:
        UnreadableFileError: the file is neither, or no CSV to its end.
    """
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableFileError("NOT_UTF8", f"{path.name}: neither UTF-8 nor GB18030. Save the file as UTF-8.")
    try:
        return [Sheet("", csv_lines(text))]
    except csv.Error as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: {error}.") from error


def csv_lines(text: str) -> list[Line]:
    """Lines of CSV text that are not blank; a quoted cell may run over several lines of the file."""
    physical = list(io.StringIO(text, newline=""))
    reader = csv.reader(physical)
    lines, end = [], 0
    for cells in reader:
        start, end = end + 1, reader.line_num
        trimmed = tuple(cell.strip() or None for cell in cells)
        if any(trimmed):
            lines.append(Line(start, trimmed, "".join(physical[start - 1 : end]).rstrip("\r\n")))
    return lines


def head_lines(head: bytes) -> list[Line]:
    """Lines of the first bytes of a CSV file, without a last one that may be cut off; none where it is no text."""
    whole, newline, rest = head.rpartition(b"\n")
    complete = whole if newline and rest else head
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return csv_lines(complete.decode(encoding))
        except (UnicodeDecodeError, csv.Error):
            continue
    return []


def workbook_words(head: bytes) -> tuple[bool, str]:
    """Whether the shared strings of a workbook lie in its first bytes, and all text that does.

    A workbook is an archive; each part is expanded to 4 MiB at most.
    """
    texts, has_strings, position = [], False, 0
    while (position := head.find(WORKBOOK_MAGIC, position)) != -1 and position + 30 <= len(head):
        method = int.from_bytes(head[position + 8 : position + 10], "little")
        name_length = int.from_bytes(head[position + 26 : position + 28], "little")
        extra_length = int.from_bytes(head[position + 28 : position + 30], "little")
        start = position + 30 + name_length + extra_length
        name = head[position + 30 : position + 30 + name_length]
        if name.startswith(b"xl/") and name.endswith(b".xml") and method == zipfile.ZIP_DEFLATED:
            try:
                texts.append(zlib.decompressobj(-15).decompress(head[start:], _PART_BYTES))
            except zlib.error:
                texts.append(b"")
            has_strings = has_strings or name == b"xl/sharedStrings.xml"
        position += 4
    return has_strings, b"\n".join(texts).decode(errors="ignore")
