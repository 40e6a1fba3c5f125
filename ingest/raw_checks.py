"""Files of the raw store that are no longer as they were received: gone, or with other bytes.

A file is hashed again only where its size or its time says that somebody touched it, so that a build does not read the
whole store; `is_thorough` reads all of it.
"""

from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from ingest.raw_store import place_of, sha256_of

FILE_FAULT_SCHEMA: dict[str, pl.DataType] = {"source_sha256": pl.String(), "fault": pl.String()}
"""One row per file at fault; `fault` is `missing` or `changed`."""

_CLOCKS_APART = timedelta(minutes=10)


def file_faults(files: pl.DataFrame, raw_store: Path, is_thorough: bool = False) -> pl.DataFrame:
    """Which of the received files are at fault, as `FILE_FAULT_SCHEMA`; needs sha256, bytes, time and refusal code.

    A file restored from a backup has another time and the same bytes: it is as it was.
    """
    rows = []
    kept = files.filter(pl.col("refusal_code").is_null()).sort("source_sha256")
    for sha256, byte_count, recorded_at in kept.select("source_sha256", "byte_count", "recorded_at").rows():
        place = place_of(sha256, raw_store)
        if not place.exists():
            rows.append((sha256, "missing"))
        elif (is_thorough or _is_touched(place, byte_count, recorded_at)) and sha256_of(place) != sha256:
            rows.append((sha256, "changed"))
    return pl.DataFrame(rows, schema=FILE_FAULT_SCHEMA, orient="row")


def _is_touched(place: Path, byte_count: int, recorded_at: datetime) -> bool:
    facts = place.stat()
    changed_at = datetime.fromtimestamp(max(facts.st_mtime, facts.st_ctime), recorded_at.tzinfo)
    return facts.st_size != byte_count or changed_at > recorded_at + _CLOCKS_APART
