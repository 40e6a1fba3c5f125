"""Where a sheet's header is, whose words it uses, and which of the lines below it are rows."""

import re
from dataclasses import dataclass
from itertools import accumulate

from ingest.ledger.cells import Line, Sheet
from ingest.ledger.words import Dialect, normal_label, words
from ingest.reading import UnreadableFileError

_LAST_HEADER_LINE = 30
_STATED_ON = re.compile(r"(?:统计截止|截止日期|统计日期|截至)[^\d]{0,4}(\d{4}[-./年]\d{1,2}[-./月]\d{1,2})")


@dataclass(frozen=True)
class Header:
    """A header of one row or two: `positions` maps a field to its column, `stated_on` is the date of the title rows."""

    dialect: Dialect
    positions: dict[str, int]
    line_count: int
    first_line: int
    stated_on: str | None


def find_header(lines: list[Line], shown_name: str = "") -> Header | None:
    """The first one or two lines that hold all the labels some dialect is recognized by, or None.

    Where several dialects fit, the one with the most such labels does.

    Raises:
        UnreadableFileError: two columns mean the same.
    """
    for index in range(min(len(lines), _LAST_HEADER_LINE)):
        for line_count in (1, 2):
            labels = _labels(lines[index : index + line_count])
            fitting = [
                dialect
                for dialect in words().dialects.values()
                if dialect.recognized_by <= {dialect.fields.get(label) for label in labels}
            ]
            if fitting:
                return _header(
                    max(fitting, key=lambda dialect: len(dialect.recognized_by)),
                    labels,
                    lines,
                    shown_name,
                    (index, line_count),
                )
    return None


def _header(dialect: Dialect, labels: list[str], lines: list[Line], shown_name: str, place: tuple[int, int]) -> Header:
    index, line_count = place
    fields = [dialect.fields.get(label) for label in labels]
    _refuse_repeats(fields, labels, shown_name)
    positions = {field: column for column, field in enumerate(fields) if field}
    return Header(dialect, positions, line_count, index, _stated_on(lines[:index]))


def _labels(lines: list[Line]) -> list[str]:
    if not lines:
        return []
    top = [normal_label(cell) for cell in lines[0].cells]
    if len(lines) == 1:
        return top
    bottom = [normal_label(cell) for cell in lines[1].cells]
    width = max(len(top), len(bottom))
    top += [""] * (width - len(top))
    bottom += [""] * (width - len(bottom))
    groups = list(accumulate(top, lambda left, label: label or left))
    return [
        label if below in ("", label) else f"{group}/{below}"
        for label, below, group in zip(top, bottom, groups, strict=True)
    ]


def _refuse_repeats(fields: list[str | None], labels: list[str], shown_name: str) -> None:
    repeated = {field for field in fields if field and fields.count(field) > 1}
    if repeated:
        columns = ", ".join(label for label, field in zip(labels, fields, strict=True) if field in repeated)
        raise UnreadableFileError("DUPLICATE_COLUMN", f"{shown_name}: columns {columns} mean the same. Leave one.")


def _stated_on(lines: list[Line]) -> str | None:
    for line in lines:
        for cell in line.cells:
            if found := _STATED_ON.search(cell or ""):
                return found.group(1)
    return None


def body_rows(sheet: Sheet, header: Header) -> tuple[list[Line], dict[str, int]]:
    """Lines that are rows, and how many below the header are none: subtotals, notes, repeated headers."""
    header_cells = sheet.lines[header.first_line].cells
    rows, left_out = [], {"subtotal row left out": 0, "note row left out": 0, "repeated header left out": 0}
    for line in sheet.lines[header.first_line + header.line_count :]:
        if any(normal_label(cell).rstrip(":") in words().subtotals for cell in line.cells):
            left_out["subtotal row left out"] += 1
        elif line.cells == header_cells:
            left_out["repeated header left out"] += 1
        elif len({cell for cell in line.cells if cell}) == 1 and not _cell(line, header, "server_serial"):
            left_out["note row left out"] += 1
        else:
            rows.append(line)
    return rows, {name: count for name, count in left_out.items() if count}


def _cell(line: Line, header: Header, field: str) -> str | None:
    place = header.positions[field]
    return line.cells[place] if place < len(line.cells) else None
