"""Which reader a file is for, decided by its first bytes and never by its name; and its reading."""

import re
import traceback
from pathlib import Path

import polars as pl

from ingest.json_lines import RECORD_JSONL
from ingest.ledger.readers import LEDGER_READERS
from ingest.occupancy.readers import OCCUPANCY_READERS
from ingest.power.readers import LOOSE_POWER_READERS, POWER_READERS
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError
from ingest.scheduling.readers import SCHEDULING_READERS
from ingest.tabular import RECORD_CSV
from ingest.telemetry.readers import TELEMETRY_READERS
from ingest.usage.readers import USAGE_READERS
from ingest.workbook.archive import ZIP_MAGIC, refuse_unsafe
from ingest.workbook.readers import WORKBOOK_READERS

READERS: tuple[Reader, ...] = (
    *USAGE_READERS,
    *TELEMETRY_READERS,
    *POWER_READERS,
    *OCCUPANCY_READERS,
    *SCHEDULING_READERS,
    *WORKBOOK_READERS,
    *LEDGER_READERS,
    RECORD_JSONL,
    RECORD_CSV,
    *LOOSE_POWER_READERS,
)
"""In order of trial: the formats with the most peculiar first bytes come first."""

_HEAD_BYTES = 64 * 1024

_PIECE_BYTES = 1 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OWN_EXPORT = b'"stage","original_name","source_sha256"'
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SCRAPED = re.compile(rb"(?m)^([a-zA-Z_:][\w:]{0,120})(?:\{[^\n]*\})? +[-+\d.eE]+(?: \d+)?\r?$")

LARGEST_LINE_BYTES = 256 * 1024 * 1024
"""A whole answer of an API may be one line; a longer one is no file of any exporter."""

LARGEST_PARQUET_CELLS = 400_000_000
"""A small Parquet file can expand without bound; more cells than this are no day of any center."""


def _refuse_bomb(path: Path, shown_name: str) -> None:
    """Refuse a Parquet file by what its end says of rows and columns, before anything is expanded."""
    try:
        width = len(pl.read_parquet_schema(path))
        row_count = pl.scan_parquet(path).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{shown_name}: no whole Parquet file: {error}") from error
    if width * row_count > LARGEST_PARQUET_CELLS:
        raise UnreadableFileError(
            "EXPANDS_TOO_FAR", f"{shown_name}: {row_count:,} rows of {width:,} columns are too many. Send it in parts."
        )


def _refuse_endless_line(path: Path, shown_name: str) -> None:
    """Refuse a large file of which one line is longer than any record, read in pieces of bounded size."""
    if path.stat().st_size <= LARGEST_LINE_BYTES:
        return
    length = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            first, *rest = piece.split(b"\n")
            longest = max(length + len(first), max(map(len, rest), default=0))
            length = len(rest[-1]) if rest else length + len(first)
            if longest > LARGEST_LINE_BYTES:
                raise UnreadableFileError(
                    "LINE_TOO_LONG", f"{shown_name}: a line is longer than {LARGEST_LINE_BYTES:,} bytes."
                )


def _say_what_it_is(path: Path, head: bytes, shown_name: str) -> None:
    """Refuse what nobody recognizes with a better reason than that, where its bytes give one."""
    if head.startswith(ZIP_MAGIC):
        refuse_unsafe(path)
        if b"xl/" in head:
            raise UnreadableFileError(
                "UNKNOWN_FORMAT",
                f"{shown_name}: a workbook in which no sheet has the name of a register and no header has the columns"
                " of an asset ledger (serial, card model, card count, status). Keep registers in the workbook that"
                " `racklight template` writes; data/README.md lists what its columns may be called.",
            )
    if head.lstrip().startswith(b"<") and any(mark in head for mark in (b"<!DOCTYPE", b"<!ENTITY")):
        raise UnreadableFileError("FORBIDDEN_XML", f"{shown_name}: XML with entities is not read.")
    if head.startswith(_UTF16_MARKS) or _is_text_in_another_encoding(head):
        raise UnreadableFileError("NOT_UTF8", f"{shown_name}: text that is not UTF-8. Save the file as UTF-8.")
    if _OWN_EXPORT in head[:200]:
        raise UnreadableFileError(
            "UNKNOWN_FORMAT",
            f"{shown_name}: an export of rows set aside. Mend them in the file they came from, and send that again.",
        )
    if sample := _SCRAPED.search(head):
        raise UnreadableFileError(
            "UNKNOWN_FORMAT",
            f"{shown_name}: text of an exporter none of whose metrics is used, such as {sample[1].decode()}."
            " data/README.md lists the exporters.",
        )


def _is_text_in_another_encoding(head: bytes) -> bool:
    """Whether bytes are text for the greater part, without control characters, and yet not UTF-8."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # A last character that is cut off by the end of the head is no sign of anything.
        is_cut_off = len(head) == _HEAD_BYTES and error.start >= len(head) - 3
    else:
        return False
    plain = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in head)
    control = sum(byte < 32 and byte not in b"\t\r\n" for byte in head)
    return not is_cut_off and control == 0 and plain * 2 >= len(head)


def reader_of(path: Path, shown_name: str) -> Reader:
    """The first reader that recognizes a file.

    Raises:
        UnreadableFileError: the file is empty or nobody recognizes it.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise UnreadableFileError("EMPTY_FILE", f"{shown_name}: the file is empty. Send it again.")
    if head.startswith(b"PAR1"):
        _refuse_bomb(path, shown_name)
    elif not head.startswith(ZIP_MAGIC):
        _refuse_endless_line(path, shown_name)
    _refuse_lone_returns(head, shown_name)
    for reader in READERS:
        if reader.recognizes(head):
            return reader
    _say_what_it_is(path, head, shown_name)
    raise UnreadableFileError(
        "UNKNOWN_FORMAT",
        f"{shown_name}: no known format begins like {_beginning(head)!r}. data/README.md lists formats and headers.",
    )


def _refuse_lone_returns(head: bytes, shown_name: str) -> None:
    """Refuse a table whose lines end with a carriage return alone: to every reader it is one line."""
    is_table = not head.lstrip().startswith((b"{", b"["))
    if is_table and b"\n" not in head and head.rstrip(b"\r").count(b"\r") and not _CONTROL.search(head):
        raise UnreadableFileError(
            "LINE_TOO_LONG",
            f"{shown_name}: its lines end with a carriage return alone, as on old Macs. Save it with the line ends of"
            " Windows or Unix.",
        )


def _beginning(head: bytes) -> str:
    """The first line as a person would see it; of a document over many lines, more than its first bracket."""
    text = head[:480].decode(errors="replace").strip()
    first_line = text.split("\n", 1)[0].strip()
    return (" ".join(text.split()) if len(first_line) < 3 else first_line)[:120]


def read_file(path: Path, shown_name: str, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a file with the reader that recognizes it.

    A file that a reader was not made for holds up no other file: it is refused, kept, and can be read again by a
    better one. A disk or a memory that is full is no fault of a file.

    Raises:
        UnreadableFileError: the whole file is refused.
    """
    reader = reader_of(path, shown_name)
    try:
        return reader.read(path, declaration, source_sha256)
    except (UnreadableFileError, OSError, MemoryError):
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(where.filename).name} line {where.lineno}: {error}"
        raise UnreadableFileError(
            "READER_FAILED",
            f"{shown_name}: the reader of {reader.format_name} met what it does not know ({what[:200]}). The file is"
            " kept: report this, and `racklight quarantine retry` after the reader is mended.",
        ) from error
