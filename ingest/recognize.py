"""Which reader a file is for, decided by its first bytes and never by its name."""

from pathlib import Path

import polars as pl

from ingest.json_lines import RECORD_JSONL
from ingest.ledger.readers import LEDGER_READERS
from ingest.occupancy.readers import OCCUPANCY_READERS
from ingest.power.readers import LOOSE_POWER_READERS, POWER_READERS
from ingest.reading import Reader, UnreadableFileError
from ingest.scheduling.readers import SCHEDULING_READERS
from ingest.tabular import RECORD_CSV
from ingest.telemetry.readers import TELEMETRY_READERS
from ingest.usage.readers import USAGE_READERS
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
            "DAMAGED_FILE", f"{shown_name}: {row_count:,} rows of {width:,} columns are too many. Send it in parts."
        )


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
    for reader in READERS:
        if reader.recognizes(head):
            return reader
    first_line = head.split(b"\n", 1)[0][:120].decode(errors="replace").strip()
    raise UnreadableFileError(
        "UNKNOWN_FORMAT",
        f"{shown_name}: no known format begins like {first_line!r}. data/README.md lists the formats and headers.",
    )
