"""Card-hour intervals of meters without ids of their own become metered usage under an id made of what they name."""

import hashlib
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import first_cells
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError
from ingest.records.leases import METERED_USAGE
from ingest.records.usage_intervals import USAGE_INTERVALS
from ingest.tabular import accept_rows, cells_of_csv

FORMAT_NAME = "usage intervals CSV"

_LONGEST_DAYS = 31
_IDENTITY = ("center_id", "consumer_party_id", "lease_id", "unit")


def recognizes(head: bytes) -> bool:
    """Whether the first line names an interval of use and no id of a meter row."""
    columns = set(first_cells(head))
    return columns >= USAGE_INTERVALS.required_headers - {"center_id"} and "usage_id" not in columns


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read intervals into `metered_usage`, one row per interval.

    The id is a hash of the center, the consumer, the lease, both instants and the unit, so that an interval sent again
    is the same row, and one sent again with another quantity a conflict unless its revision is higher. `used_on` is the
    last day, in the declared zone, that the interval holds.

    Raises:
        UnreadableFileError: no zone is declared, or the file is not UTF-8, is damaged or has a column twice.
    """
    if declaration.time_zone is None:
        message = f"{path.name}: declare the zone that says which local day an interval is of, such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message)
    headers, cells, broken, line_count = cells_of_csv(path)
    if "center_id" not in headers and declaration.center_id:
        cells = cells.with_columns(pl.lit(declaration.center_id).alias("center_id"))
    accepted, set_aside = accept_rows(USAGE_INTERVALS, cells, declaration)
    raw = cells.select("source_line", "raw_text")
    is_long = pl.col("interval_end") - pl.col("interval_start") > pl.duration(days=_LONGEST_DAYS, hours=1)
    long = (
        accepted.filter(is_long)
        .join(raw, on="source_line")
        .select(
            "source_line",
            "raw_text",
            pl.lit("OUT_OF_RANGE").alias("reason_code"),
            pl.lit(f"an interval of more than {_LONGEST_DAYS} days").alias("detail"),
            pl.lit("interval_start, interval_end").alias("column_names"),
        )
    )
    extra = [header for header in headers if header not in USAGE_INTERVALS.headers]
    usage = _as_metered_usage(accepted.filter(~is_long), declaration.time_zone, source_sha256)
    return Reading(
        format_name=FORMAT_NAME,
        rows_in=line_count,
        rows_accepted=usage.height,
        records={METERED_USAGE.name: usage},
        quarantined=pl.concat([broken, set_aside, long], how="diagonal").sort("source_line"),
        notices={f"column not used: {header}": line_count for header in extra},
    )


def _as_metered_usage(intervals: pl.DataFrame, time_zone: str, source_sha256: str) -> pl.DataFrame:
    """Records of accepted intervals."""
    last_instant = pl.col("interval_end").dt.offset_by("-1us")
    content = intervals.select(
        pl.concat_str(
            *(pl.format("{}={}", pl.lit(name), pl.col(name).fill_null("")) for name in _IDENTITY),
            pl.col("interval_start").dt.epoch("us"),
            pl.col("interval_end").dt.epoch("us"),
            separator="\n",
        )
    ).to_series()
    ids = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in content]
    return intervals.with_columns(
        pl.Series("usage_id", ids, dtype=pl.String()),
        last_instant.dt.convert_time_zone(time_zone).dt.date().alias("used_on"),
        pl.lit(source_sha256).alias("source_sha256"),
    ).select(*METERED_USAGE.lake_schema)


INTERVALS_READER = Reader(FORMAT_NAME, recognizes, read)
