"""What kind of archive a workbook is, told from its first bytes, and whether it may be opened at all."""

import re
import zipfile
import zlib
from pathlib import Path

from openpyxl.utils import range_boundaries

from ingest.reading import UnreadableFileError
from ingest.records import RECORD_KINDS

ZIP_MAGIC = b"PK\x03\x04"
COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins XLS files and all Office files with a password."""

_HEAD_BYTES = 64 * 1024
_PART_BYTES = 1024 * 1024
_LARGEST_EXPANDED_BYTES = 128 * 1024 * 1024
_HARMLESS_BYTES = 8 * 1024 * 1024
_LARGEST_RATIO = 200
_MOST_PARTS = 5_000
_MOST_SPANNED_CELLS = 1_000_000
_CONTENT_TYPES, _BOOK = "[Content_Types].xml", "xl/workbook.xml"
_SHEET_NAME = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?name=[\"']([^\"']+)[\"']")
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def recognizes(head: bytes) -> bool:
    """Whether a file is a workbook with a sheet named after a record kind, or one that must be refused.

    Refused are those with a password or macros. Of a large workbook whose list of sheets comes later the first bytes
    do not tell; it is taken, and given on if it turns out to be a ledger.
    """
    if head.startswith(COMPOUND_MAGIC):
        return True
    if not head.startswith(ZIP_MAGIC):
        return False
    parts = _parts_of_head(head)
    if not any(name.startswith("xl/") for name in parts):
        return False
    if _has_macros(set(parts), parts.get(_CONTENT_TYPES, b"")):
        return True
    book = parts.get(_BOOK, b"")
    names = {name.decode(errors="replace").strip().lower() for name in _SHEET_NAME.findall(book)}
    is_cut_off = len(head) >= _HEAD_BYTES and not book.rstrip().endswith(b"workbook>")
    return is_cut_off or not names.isdisjoint(RECORD_KINDS)


def _parts_of_head(head: bytes) -> dict[str, bytes]:
    """Names of the parts that begin in the first bytes of an archive, with what can be expanded of the two lists."""
    parts, position = {}, 0
    while (position := head.find(ZIP_MAGIC, position)) != -1 and position + 30 <= len(head):
        method, size = (
            int.from_bytes(head[position + at : position + at + n], "little") for at, n in ((8, 2), (18, 4))
        )
        lengths = (int.from_bytes(head[position + at : position + at + 2], "little") for at in (26, 28))
        name_length, extra_length = lengths
        name = head[position + 30 : position + 30 + name_length].decode(errors="replace")
        start = position + 30 + name_length + extra_length
        parts[name] = _expanded(head[start:], method, size) if name in (_CONTENT_TYPES, _BOOK) else b""
        position += 4
    return parts


def _expanded(content: bytes, method: int, size: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content[:size]
    try:
        return zlib.decompressobj(-15).decompress(content, _PART_BYTES)
    except zlib.error:
        return b""


def _has_macros(names: set[str], content_types: bytes) -> bool:
    is_named = any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names)
    return is_named or b"macroenabled" in content_types.lower()


def refuse_unsafe(path: Path) -> None:
    """Refuse what must not be opened: passwords, macros, archives that expand without measure, XML with entities.

    Sizes are taken from the archive's own list before anything is expanded; more than is listed is never read.

    Raises:
        UnreadableFileError: with the reason, and what to do.
    """
    with path.open("rb") as file:
        if file.read(8) == COMPOUND_MAGIC:
            raise _compound_error(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_by_list(archive, path.name)
            _refuse_by_content(archive, path.name)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a whole workbook ({error}).") from error


def _compound_error(path: Path) -> UnreadableFileError:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return UnreadableFileError("ENCRYPTED_FILE", f"{path.name}: has a password. Save it without one.")
    return UnreadableFileError("UNKNOWN_FORMAT", f"{path.name}: no XLSX workbook. Save an old XLS file as XLSX.")


def _refuse_by_list(archive: zipfile.ZipFile, name: str) -> None:
    items = archive.infolist()
    expanded, packed = sum(item.file_size for item in items), sum(item.compress_size for item in items)
    if any(item.flag_bits & 1 for item in items):
        raise UnreadableFileError("ENCRYPTED_FILE", f"{name}: has a password. Save it without one.")
    if len(items) > _MOST_PARTS or expanded > _LARGEST_EXPANDED_BYTES:
        raise UnreadableFileError(
            "EXPANDS_TOO_FAR",
            f"{name}: {len(items):,} parts that expand to {expanded:,} bytes; a workbook may have 128 MiB. Split it.",
        )
    if expanded > _HARMLESS_BYTES and expanded > _LARGEST_RATIO * max(packed, 1):
        raise UnreadableFileError(
            "EXPANDS_TOO_FAR", f"{name}: {packed:,} bytes would expand to {expanded:,}: no workbook a person filled in."
        )
    if _has_macros(set(archive.namelist()), b""):
        raise UnreadableFileError("MACROS_IN_WORKBOOK", f"{name}: holds macros. Save it as XLSX without them.")


def _refuse_by_content(archive: zipfile.ZipFile, name: str) -> None:
    spanned = 0
    for part in archive.namelist():
        if not part.lower().endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        if part == _CONTENT_TYPES and _has_macros(set(), content):
            raise UnreadableFileError("MACROS_IN_WORKBOOK", f"{name}: holds macros. Save it as XLSX without them.")
        if any(mark in content for mark in _ENTITIES):
            raise UnreadableFileError("FORBIDDEN_XML", f"{name}: {part} declares entities, which no workbook does.")
        if part.startswith("xl/worksheets/"):
            spanned += sum(_cell_count(found) for found in _SPAN.finditer(content))
    if spanned > _MOST_SPANNED_CELLS:
        raise UnreadableFileError(
            "EXPANDS_TOO_FAR", f"{name}: merged cells and links span {spanned:,} cells. Unmerge them."
        )


def _cell_count(found: re.Match[bytes]) -> int:
    low_column, low_row, high_column, high_row = range_boundaries(found.group(1).decode())
    return (high_column - low_column + 1) * (high_row - low_row + 1)
