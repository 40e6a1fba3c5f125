"""Gives a workbook back to its sender: a marked copy of what was received, beside the raw store and never in it."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.paths import DataDir
from ingest.quarantine import find_file
from ingest.raw_store import place_of
from ingest.reading import UnreadableFileError
from ingest.state.store import FileEntry, StateStore
from ingest.workbook.archive import ZIP_MAGIC
from ingest.workbook.marked_copy import Fault, write_marked_copy

_REPORTS = "marked-workbooks"


@dataclass(frozen=True)
class ErrorReport:
    """A marked copy: where it lies, how many rows it is about, and how many cells are marked in it."""

    path: Path
    fault_count: int
    marked_cell_count: int


def is_workbook(data_dir: DataDir, source_sha256: str) -> bool:
    """Whether a file that was received is an archive as workbooks are."""
    with place_of(source_sha256, data_dir.raw_store).open("rb") as file:
        return file.read(len(ZIP_MAGIC)) == ZIP_MAGIC


def write_error_report(data_dir: DataDir, file: str, target: Path | None = None) -> ErrorReport:
    """Write a copy of a workbook with what is wrong in it, to `target` or below the folder of reports.

    The copy's own name comes from the sha256 and not from the sender.

    Raises:
        LookupError: no file, or more than one, goes by that name or sha256; or nothing is wrong with it.
        UnreadableFileError: it is no workbook, or none that can be opened safely.
    """
    store = StateStore(data_dir)
    entry = find_file(store, file)
    sha256 = entry.source_sha256
    if not is_workbook(data_dir, sha256):
        raise UnreadableFileError(
            "UNKNOWN_FORMAT", f"{entry.original_name} is no workbook: `racklight quarantine export` lists its lines."
        )
    faults = _faults(store, entry)
    if not faults:
        raise LookupError(f"Nothing of {entry.original_name} was set aside.")
    folder = data_dir.reports / _REPORTS
    path = target or folder / f"{sha256[:16]}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        marked = write_marked_copy(place_of(sha256, data_dir.raw_store), faults, path)
    except UnreadableFileError as error:
        raise UnreadableFileError(error.code, str(error).replace(sha256, entry.original_name)) from error
    return ErrorReport(path, len(faults), marked)


def _faults(store: StateStore, entry: FileEntry) -> list[Fault]:
    if entry.refusal_code is not None:
        return [Fault(None, None, (), entry.refusal_code, entry.refusal_message or "", "")]
    rows = store.quarantine().filter(pl.col("source_sha256") == entry.source_sha256)
    return [
        Fault(
            row["sheet_name"] or _sheet_in(row["raw_text"], row["source_line"]),
            row["source_line"],
            tuple((row["column_names"] or "").split(", ")) if row["column_names"] else (),
            row["reason_code"],
            row["detail"],
            row["raw_text"],
        )
        for row in rows.to_dicts()
    ]


def _sheet_in(raw_text: str, row: int) -> str | None:
    """The sheet that the text of a ledger's row begins with, as in `servers!12: ...`."""
    name, mark, _ = raw_text.partition(f"!{row}: ")
    return name if mark else None
