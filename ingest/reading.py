"""What a reader gets and gives: the receiver's declaration in, rows accepted and rows set aside out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from ingest.telemetry.kept import KeptSamples
from ingest.telemetry.schema import SAMPLE_SCHEMA

QUARANTINE_SCHEMA: dict[str, pl.DataType] = {
    "source_line": pl.Int64(),
    "raw_text": pl.String(),
    "reason_code": pl.String(),
    "detail": pl.String(),
}
"""One row per line that was not accepted: where it stood, what it said, why (`ingest.reasons`), and which value."""

PLACE_SCHEMA: dict[str, pl.DataType] = {"sheet_name": pl.String(), "column_names": pl.String()}
"""Columns that quarantined rows may have besides: the sheet of a workbook, and the fields at fault, apart by a comma.

`source_line` is then the row in that sheet.
"""


@dataclass(frozen=True)
class Declaration:
    """What the receiver says about a file that the file itself does not say.

    Args:
        center_id: center the rows belong to, where they do not name one.
        time_zone: IANA zone of times written without an offset; without it such times are refused.
        observed_at: aware instant of a snapshot that carries no times, such as exposition text.
        received_at: aware instant at which the file was received; no event in it can be later.
        server_id: server that a controller's answer or a snapshot of cards speaks for, where it does not name one.
        cabinet_id: cabinet that a power meter feeds, where its file does not name one.

    Instants are kept in UTC, whatever offset they were written with.
    """

    center_id: str | None = None
    time_zone: str | None = None
    observed_at: datetime | None = None
    received_at: datetime | None = None
    server_id: str | None = None
    cabinet_id: str | None = None

    def __post_init__(self) -> None:
        for name in ("observed_at", "received_at"):
            instant = getattr(self, name)
            if instant is not None:
                object.__setattr__(self, name, instant.astimezone(UTC))


@dataclass(frozen=True)
class Reading:
    """What one file turned out to hold; `rows_in` equals accepted plus quarantined rows.

    `records` maps a record kind to a frame with that kind's lake schema; `samples` has `SAMPLE_SCHEMA`;
    `quarantined` has `QUARANTINE_SCHEMA` and may have `PLACE_SCHEMA`; `notices` counts what was understood and
    deliberately not kept, by a short English name. Samples that are too many for memory lie on disk.
    """

    format_name: str
    rows_in: int
    rows_accepted: int
    records: dict[str, pl.DataFrame] = field(default_factory=dict)
    samples: pl.DataFrame | KeptSamples = field(default_factory=lambda: pl.DataFrame(schema=SAMPLE_SCHEMA))
    quarantined: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=QUARANTINE_SCHEMA))
    notices: dict[str, int] = field(default_factory=dict)

    def device_uids(self) -> list[str]:
        """Every device that has a sample."""
        if isinstance(self.samples, KeptSamples):
            return self.samples.device_uids()
        return self.samples["device_uid"].unique().to_list()


class UnreadableFileError(ValueError):
    """The whole file is refused: `code` is a reason code, the message says what, where, and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def refuse_repeated_columns(headers: Iterable[str], shown_name: str) -> None:
    """Refuse a table in which two columns have one name, so that nobody has to guess which is meant.

    Raises:
        UnreadableFileError: two have; the first ten such names are told.
    """
    repeated = sorted(name for name, count in Counter(headers).items() if count > 1)
    if repeated:
        names = ", ".join(name[:60] for name in repeated[:10]) + (" and others" if len(repeated) > 10 else "")
        raise UnreadableFileError("DUPLICATE_COLUMN", f"{shown_name}: column {names} appears twice. Leave one.")


@dataclass(frozen=True)
class Reader:
    """One format: how its first bytes look, and how a file of it is read.

    `recognizes(head)` gets at most the first 64 KiB. `read(path, declaration, source_sha256)` may raise
    `UnreadableFileError`.
    """

    format_name: str
    recognizes: Callable[[bytes], bool]
    read: Callable[[Path, Declaration, str], Reading]
