"""Reads a workbook of registers: each sheet named after a record kind, by the same rules as a CSV file of that kind."""

from pathlib import Path

import polars as pl

from ingest.ledger.readers import read_inventory_workbook, recognizes_workbook
from ingest.reading import (
    PLACE_SCHEMA,
    QUARANTINE_SCHEMA,
    Declaration,
    Reader,
    Reading,
    UnreadableFileError,
    refuse_repeated_columns,
)
from ingest.records import RECORD_KINDS, RecordKind
from ingest.tabular import accept_rows
from ingest.workbook.archive import recognizes, refuse_unsafe
from ingest.workbook.cells import Cell, Sheet, sheets_of
from ingest.workbook.template import OWN_SHEETS
from ingest.workbook.words import NOTE

_HEAD_BYTES = 64 * 1024
_SET_ASIDE_SCHEMA = QUARANTINE_SCHEMA | PLACE_SCHEMA
_FAULT_SCHEMA = QUARANTINE_SCHEMA | {"column_names": PLACE_SCHEMA["column_names"]}
_Row = tuple[int, dict[int, Cell]]


def read_registers(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read all sheets named after record kinds; rows set aside name their sheet, their row there, and the columns.

    Raises:
        UnreadableFileError: the workbook is not safe to open or damaged, or a sheet lacks a required column or has a
            column twice.
    """
    refuse_unsafe(path)
    sheets = sheets_of(path)
    if not any(_is_register(sheet) for sheet in sheets):
        return _read_other(path, declaration, source_sha256)
    row_count, records, set_aside, notices = 0, {}, [], {}
    for sheet in sheets:
        kind = kind_of(sheet)
        if kind is None:
            if sheet.name not in OWN_SHEETS and sheet.rows:
                notices[f"sheet not used: {sheet.name}"] = len(sheet.rows)
            continue
        header, rows = header_and_rows(sheet)
        if not rows:
            continue
        _refuse_header(path, sheet, kind, header)
        accepted, bad = _read_sheet(sheet, kind, header, rows, declaration)
        row_count += len(rows)
        records[kind.name] = accepted.with_columns(source_sha256=pl.lit(source_sha256)).select(*kind.lake_schema)
        set_aside.append(bad)
        notices |= _unused(sheet, kind, header, rows)
    return Reading(
        format_name="xlsx:registers",
        rows_in=row_count,
        rows_accepted=sum(frame.height for frame in records.values()),
        records=records,
        quarantined=pl.concat([pl.DataFrame(schema=_SET_ASIDE_SCHEMA), *set_aside]),
        notices=notices,
    )


def kind_of(sheet: Sheet) -> RecordKind | None:
    """The record kind a sheet is named after."""
    return RECORD_KINDS.get(sheet.name.strip().lower())


def _is_register(sheet: Sheet) -> bool:
    """Whether a sheet has the name and a header of a kind: ledgers too have sheets called `servers`."""
    kind = kind_of(sheet)
    return kind is not None and not set(header_and_rows(sheet)[0].values()).isdisjoint(kind.headers)


def header_and_rows(sheet: Sheet) -> tuple[dict[int, str], list[_Row]]:
    """Names of fields by column number, from the first row that is not blank, and the rows of records below it."""
    if not sheet.rows:
        return {}, []
    _, first = sheet.rows[0]
    header = {column: text for column, cell in sorted(first.items()) if (text := cell.text())}
    return header, [(number, cells) for number, cells in sheet.rows[1:] if not _explains(cells)]


def _explains(cells: dict[int, Cell]) -> bool:
    return all((cell.text() or "").startswith(NOTE) for cell in cells.values())


def _read_other(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """A workbook may turn out to be a ledger once it is opened."""
    with path.open("rb") as file:
        is_ledger = recognizes_workbook(file.read(_HEAD_BYTES))
    if is_ledger:
        return read_inventory_workbook(path, declaration, source_sha256)
    raise UnreadableFileError(
        "UNKNOWN_FORMAT", f"{path.name}: no sheet is named after a kind of record; `racklight template` writes one."
    )


def _refuse_header(path: Path, sheet: Sheet, kind: RecordKind, header: dict[int, str]) -> None:
    names = list(header.values())
    refuse_repeated_columns(names, f"{path.name}, sheet {sheet.name}")
    if missing := sorted(kind.required_headers - {"center_id"} - set(names)):
        raise UnreadableFileError(
            "MISSING_COLUMN", f"{path.name}, sheet {sheet.name}: the first row lacks {', '.join(missing)}."
        )


def _read_sheet(
    sheet: Sheet, kind: RecordKind, header: dict[int, str], rows: list[_Row], declaration: Declaration
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows accepted, and rows set aside for what only a workbook can get wrong or for what a CSV file also can."""
    types = {field.name: field.type for field in kind.fields}
    used = {column: name for column, name in header.items() if name in types}
    merged = sheet.merged_rows()
    texts: list[tuple] = []
    broken: list[tuple] = []
    for number, cells in rows:
        raw = f"{sheet.name}!{number}: " + " | ".join(cells[at].text() or "" if at in cells else "" for at in header)
        fault = _fault(number, cells, used, types, merged)
        if fault is None:
            values = (cells[at].text(types[name]) if at in cells else None for at, name in used.items())
            texts.append((*values, number, raw))
        else:
            broken.append((number, raw, *fault))
    schema = dict.fromkeys(used.values(), pl.String) | {"source_line": pl.Int64, "raw_text": pl.String}
    frame = pl.DataFrame(texts, schema=schema, orient="row")
    if "center_id" in kind.headers and "center_id" not in frame.columns and declaration.center_id:
        frame = frame.with_columns(pl.lit(declaration.center_id).alias("center_id"))
    accepted, refused = accept_rows(kind, frame, declaration)
    spoiled = pl.DataFrame(broken, schema=_FAULT_SCHEMA, orient="row")
    bad = (
        pl.concat([spoiled, refused], how="diagonal")
        .sort("source_line")
        .with_columns(
            pl.lit(sheet.name).alias("sheet_name"),
            pl.format("{}: {}", pl.lit(sheet.name), pl.col("detail")).alias("detail"),
        )
    )
    return accepted, bad.select(*_SET_ASIDE_SCHEMA)


def _fault(
    number: int, cells: dict[int, Cell], used: dict[int, str], types: dict[str, str], merged: dict[int, str]
) -> tuple[str, str, str | None] | None:
    """Reason code, detail and column of what is wrong with the cells themselves, whatever they should mean."""
    if number in merged:
        return "MERGED_CELLS", merged[number], None
    for at, name in used.items():
        cell = cells.get(at)
        if cell is not None and cell.formula is not None:
            return "CELL_WITHOUT_VALUE", f"{name}={cell.formula}", name
        if cell is not None and cell.is_long_number and types[name] == "text":
            return "SERIAL_DAMAGED", f"{name}={cell.text()}", name
    return None


def _unused(sheet: Sheet, kind: RecordKind, header: dict[int, str], rows: list[_Row]) -> dict[str, int]:
    found = {f"column not used: {sheet.name}.{name}": len(rows) for name in header.values() if name not in kind.headers}
    if beside := sum(1 for _, cells in rows if cells.keys() - header.keys()):
        found[f"cells without a header not used: {sheet.name}"] = beside
    return found


WORKBOOK_READERS: tuple[Reader, ...] = (Reader("registers XLSX", recognizes, read_registers),)
