"""Canonical records from JSON lines: one flat object per line, its keys the fields of one kind of record.

The values keep the text they were written with, so that 0.10 yuan is ten fen and no binary fraction comes between.
"""

from pathlib import Path

import polars as pl

from ingest import json_text
from ingest.occupancy.lines import complete_lines, read_lines
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError
from ingest.records import RecordKind
from ingest.tabular import accept_rows, kind_of_header


def recognizes(head: bytes) -> bool:
    """Whether the first line is a flat object with the required fields of a kind of record."""
    return _kind_of_lines(complete_lines(head)[:1]) is not None


def _kind_of_lines(lines: list[str]) -> RecordKind | None:
    try:
        cells = _cells(lines[0]) if lines else None
    except ValueError:
        return None
    return kind_of_header(list(cells)) if cells else None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a file into the kind of record that its first line fits; other keys are counted and left out.

    Raises:
        UnreadableFileError: the file is empty or not UTF-8, or its first line fits no kind.
    """
    lines = read_lines(path)
    kind = _kind_of_lines(lines["raw_text"].to_list()[:1])
    if kind is None:
        raise UnreadableFileError("MISSING_COLUMN", f"{path.name}: the first line fits no kind of record.")
    rows, broken, extra = [], [], {}
    for number, text in lines.select("source_line", "raw_text").iter_rows():
        try:
            cells = _cells(text)
        except ValueError as error:
            broken.append((number, text, "MALFORMED_LINE", str(error)))
            continue
        for name in set(cells) - set(kind.headers):
            extra[name] = extra.get(name, 0) + 1
        rows.append([*(cells.get(name) for name in kind.headers), number, text])
    schema = dict.fromkeys(kind.headers, pl.String()) | {"source_line": pl.Int64(), "raw_text": pl.String()}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame = frame.with_columns(pl.col(kind.headers).str.strip_chars().replace("", None))
    if "center_id" in kind.headers and declaration.center_id:
        frame = frame.with_columns(pl.col("center_id").fill_null(declaration.center_id))
    accepted, set_aside = accept_rows(kind, frame, declaration)
    unread = pl.DataFrame(broken, schema=QUARANTINE_SCHEMA, orient="row")
    return Reading(
        format_name=f"jsonl:{kind.name}",
        rows_in=lines.height,
        rows_accepted=accepted.height,
        records={kind.name: accepted.with_columns(source_sha256=pl.lit(source_sha256)).select(*kind.lake_schema)},
        quarantined=pl.concat([unread, set_aside], how="diagonal").sort("source_line"),
        notices={f"column not used: {name}": count for name, count in sorted(extra.items())},
    )


def _cells(line: str) -> dict[str, str | None]:
    """One line's values as they were written; raises ValueError for anything but a flat object."""
    entry = json_text.parse(line, parse_int=str, parse_float=str, object_pairs_hook=_pairs)
    if not isinstance(entry, dict):
        raise ValueError("no JSON object")
    return {name: _text(name, value) for name, value in entry.items()}


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _text(name: str, value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(value)
    raise ValueError(f"{name} is no single value")


RECORD_JSONL = Reader("record JSON lines", recognizes, read)
