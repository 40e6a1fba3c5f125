"""Job logs: one line per job with its start, its length and the cards it held.

Header: `timestamp,duration,num_gpus,gpu_time,cluster`; `duration` and `gpu_time` are elapsed seconds, and
`gpu_time` is `duration` x `num_gpus`. The log does not say whether `timestamp` is submission or start; it is
taken as the start. Booking a job to the days it ran on is not done here but in SQL.
"""

import hashlib
from pathlib import Path

import polars as pl

from ingest.occupancy.clock_times import past_rules, time_rules, with_instants
from ingest.occupancy.lines import first_cells, read_lines, split_cells
from ingest.occupancy.verdicts import (
    Rule,
    as_count,
    as_reading,
    count_rules,
    declared_center,
    judge,
    quote,
    set_repeats_aside,
    shape_rules,
)
from ingest.reading import Declaration, Reader, Reading
from ingest.records.occupancy import OCCUPANCY_JOBS

FORMAT_NAME = "job log CSV"
COLUMNS = ("timestamp", "duration", "num_gpus", "gpu_time", "cluster")

_NUMBER = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?$"
_LONGEST_JOB_SECONDS = 10 * 366 * 86_400
_WRITTEN_TO_SECONDS = 0.01
"""Logs write seconds to two decimals at the most, so the total may miss the product by this much per card."""


def recognizes(head: bytes) -> bool:
    """Whether the first line names exactly the five columns, in any order."""
    return sorted(first_cells(head)) == sorted(COLUMNS)


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a job log into `occupancy_jobs`, one row per job.

    A job ends its duration, rounded half up to whole seconds, after its start: elapsed time, so a change of
    clocks on the way does not lengthen it. A job whose duration rounds to zero is set aside. `job_id` is a hash
    of the line's values as written, so that another declared zone corrects a job instead of adding one. Lines
    equal in every value are one job: the log has no id that could tell two such jobs apart.
    """
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    columns = first_cells(lines["raw_text"][0].encode())
    rows = split_cells(lines.slice(1), columns)
    timed = with_instants(rows, "timestamp", declaration)
    jobs = timed.with_columns(
        _job_ids(timed),
        pl.col("cluster").alias("queue"),
        pl.col("instant").alias("started_at"),
        (pl.col("instant") + pl.duration(seconds=_whole_seconds())).alias("ended_at"),
        as_count("num_gpus").alias("card_count"),
        pl.col("is_ambiguous").alias("is_start_ambiguous"),
    )
    judged = judge(jobs, _rules(columns, declaration))
    distinct = set_repeats_aside(judged, key=["job_id"], content=["job_id"])
    return as_reading(FORMAT_NAME, OCCUPANCY_JOBS, distinct, center_id, source_sha256)


def _rules(columns: tuple[str, ...], declaration: Declaration) -> list[Rule]:
    seconds, total_seconds = _number("duration"), _number("gpu_time")
    miss_seconds = (total_seconds - seconds * _number("num_gpus")).abs()
    return [
        *shape_rules(columns, required=("timestamp", "duration", "num_gpus", "gpu_time")),
        *time_rules("timestamp", declaration),
        Rule("NOT_A_NUMBER", _number("duration").is_null(), quote("duration")),
        Rule("NOT_A_NUMBER", _number("gpu_time").is_null(), quote("gpu_time")),
        Rule("END_NOT_AFTER_START", seconds < 0.5, quote("duration")),
        Rule("OUT_OF_RANGE", seconds > _LONGEST_JOB_SECONDS, quote("duration")),
        *past_rules("ended_at", "duration", declaration),
        *count_rules("num_gpus", minimum=1),
        Rule(
            "PARTS_DO_NOT_SUM",
            miss_seconds > _WRITTEN_TO_SECONDS * _number("num_gpus"),
            pl.format("gpu_time {} is not duration {} x num_gpus {}", "gpu_time", "duration", "num_gpus"),
        ),
    ]


def _number(column: str) -> pl.Expr:
    return pl.when(pl.col(column).str.contains(_NUMBER)).then(pl.col(column).cast(pl.Float64, strict=False))


def _whole_seconds() -> pl.Expr:
    seconds = _number("duration")
    return pl.when(seconds.is_between(0, _LONGEST_JOB_SECONDS)).then((seconds + 0.5).floor()).cast(pl.Int64)


def _job_ids(rows: pl.DataFrame) -> pl.Series:
    """First 32 hex digits of SHA-256 over the values, numbers in one spelling: 66 equals 66.0."""
    content = rows.select(
        pl.concat_str(
            pl.col("timestamp").str.replace("T", " ", literal=True),
            _number("duration").cast(pl.String),
            as_count("num_gpus").cast(pl.String),
            pl.col("cluster").fill_null(""),
            separator="\n",
        ).fill_null(pl.col("raw_text"))
    ).to_series()
    return pl.Series("job_id", [hashlib.sha256(text.encode()).hexdigest()[:32] for text in content], dtype=pl.String())


JOB_LOG_READER = Reader(FORMAT_NAME, recognizes, read)
