"""The formats this package reads, in order of trial."""

from pathlib import Path

from ingest.ledger.cells import WORKBOOK_MAGIC, head_lines, read_csv, read_workbook, workbook_words
from ingest.ledger.headers import find_header
from ingest.ledger.netbox_api import NETBOX_READER
from ingest.ledger.sheets import read_sheets
from ingest.ledger.words import normal_label, words
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError


def recognizes_workbook(head: bytes) -> bool:
    """Whether a workbook's text holds labels of a ledger's header; of a large one, whose text comes late, any will do.

    Other kinds of workbooks must therefore be tried before this one.
    """
    if not head.startswith(WORKBOOK_MAGIC):
        return False
    has_strings, text = workbook_words(head)
    flat = normal_label(text)
    dialects = words().dialects.values()
    found = any(
        all(
            any(_own_word(label) in flat for label, name in dialect.fields.items() if name == field) for field in needed
        )
        for dialect in dialects
        if (needed := dialect.recognized_by)
    )
    return found or (not has_strings and b"xl/" in head and len(head) >= 64 * 1024)


def _own_word(label: str) -> str:
    """The label as one cell holds it: of a header of two rows the upper one."""
    return f">{label.split('/')[0]}<"


def recognizes_csv(head: bytes) -> bool:
    """Whether one of the first lines is the header of an inventory."""
    try:
        return find_header(head_lines(head)) is not None
    except UnreadableFileError:
        return True


def read_inventory_workbook(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read all ledger sheets of a workbook; see `read_sheets`."""
    return read_sheets(read_workbook(path), "XLSX", path, declaration, source_sha256)


def read_inventory_csv(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a ledger, a NetBox table or an openDCIM export saved as CSV; see `read_sheets`."""
    return read_sheets(read_csv(path), "CSV", path, declaration, source_sha256)


LEDGER_READERS: tuple[Reader, ...] = (
    NETBOX_READER,
    Reader("inventory CSV", recognizes_csv, read_inventory_csv),
    Reader("inventory XLSX", recognizes_workbook, read_inventory_workbook),
)
