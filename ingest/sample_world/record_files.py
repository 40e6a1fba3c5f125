"""Writes canonical records as CSV exactly as the readers document them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl

from ingest.records import RECORD_KINDS, Field

OFFSET = "+08:00"
"""Mainland China has one zone and no daylight saving time."""


def instant(moment: datetime) -> str:
    """Local wall clock as ISO text with its offset."""
    return moment.isoformat(timespec="seconds") + OFFSET


def write_records(
    folder: Path, kind_name: str, rows: pl.DataFrame | Iterable[Mapping[str, object]], name: str | None = None
) -> Path:
    """Write rows of one kind below `folder`; returns the path.

    Columns are the kind's field names; money comes as integer fen, a quantity as integer thousandths, an instant as
    local wall clock. Fields that are not given stay empty.
    """
    kind = RECORD_KINDS[kind_name]
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), infer_schema_length=None)
    if unknown := sorted(set(frame.columns) - set(kind.headers)):
        raise ValueError(f"{kind_name} has no field {', '.join(unknown)}")
    missing = [pl.lit(None, dtype=pl.String).alias(header) for header in kind.headers if header not in frame.columns]
    texts = [_as_text(field).alias(field.name) for field in kind.fields]
    path = folder / f"{name or kind_name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.with_columns(missing).select(texts).write_csv(path)
    return path


def _as_text(field: Field) -> pl.Expr:
    value = pl.col(field.name)
    if field.type == "money_cny":
        return _decimal(value, 100, 2)
    if field.type == "quantity":
        return _decimal(value, 1000, 3)
    if field.type == "instant":
        return value.cast(pl.Datetime("us"), strict=False).dt.strftime(f"%Y-%m-%dT%H:%M:%S{OFFSET}")
    return value


def _decimal(value: pl.Expr, scale: int, decimals: int) -> pl.Expr:
    whole = value.cast(pl.Int64)
    return pl.format("{}.{}", whole // scale, (whole % scale).cast(pl.String).str.pad_start(decimals, "0"))
