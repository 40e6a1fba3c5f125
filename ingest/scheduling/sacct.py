"""Slurm accounting: the output of `sacct -P` (parsable, any delimiter), one row per job or step.

Each run of a job is a job of its own: its id is `JobIDRaw@Start`, with the start as written, so a requeue adds a run
and a later reading of the same run replaces it. Left out and counted in the notices: steps (they repeat their job's
cards), jobs that have not started, run without cards, or are still running. A running job has no end to keep; it
comes in with the first output that is taken after its end. Cells with bytes that are no UTF-8 are read with a mark in
their place and counted; where such a cell is needed, the row is set aside.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl

from ingest.occupancy.clock_times import past_rules, time_rules, with_instants
from ingest.occupancy.verdicts import Rule, as_reading, declared_center, hidden_rules, judge, quote, set_repeats_aside
from ingest.reading import Declaration, Reader, Reading
from ingest.records.occupancy import OCCUPANCY_JOBS
from ingest.scheduling.gres import card_counts
from ingest.scheduling.sacct_rows import REPLACED, read_rows, split_header

FORMAT_NAME = "sacct"
COLUMNS = ("JobIDRaw", "JobID", "State", "Start", "End", "AllocTRES", "Partition", "Account")
_NEEDED = ("Start", "End", "AllocTRES")

_JOB_ID = r"^\d+(_(\d+|\[.*\])|\+\d+)?(\.[A-Za-z0-9_+]+)?$"
_NO_TIME = ("Unknown", "None")
_OPEN_STATES = ("RUNNING", "SUSPENDED", "COMPLETING", "CONFIGURING", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING")

STEPS = "job steps"
NOT_STARTED = "jobs that have not started"
RUNNING = "running jobs, to be read again when they have ended"
NO_CARDS = "jobs without cards"
SLICES_ONLY = "jobs that hold slices of cards only"
NO_LENGTH = "jobs that ended in the second of their start"
REPLACED_CELLS = "cells with bytes that are not UTF-8"


def recognizes(head: bytes) -> bool:
    """Whether the first line is a header of `sacct -P` that names a job id and a state."""
    first_line = head.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    return split_header(first_line) is not None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read `sacct` output into `occupancy_jobs`, one row per run of a job that held whole cards and has ended.

    Times are local to the cluster: without a declared zone each job is set aside. Of an end that autumn repeats the
    earlier instant is taken. A job's queue is `Partition/Account`. Where the output lacks a column that tells when or
    how many cards, each of its jobs is set aside.

    Raises:
        UnreadableFileError: the first line is no header of `sacct -P`, or no center is declared.
    """
    center_id = declared_center(declaration, path)
    rows, lacking, replaced_count = read_rows(path, COLUMNS)
    shaped = judge(_with_cards(rows), _shape_rules())
    sorted_out = shaped.with_columns(_left_out(lacking).alias("left_out"))
    left_out = sorted_out.filter(pl.col("left_out").is_not_null())
    jobs = _with_times(sorted_out.filter(pl.col("left_out").is_null()), declaration)
    judged = judge(jobs, _job_rules(lacking, declaration))
    content = ["job_id", "started_at", "ended_at", "card_count", "queue"]
    distinct = set_repeats_aside(judged, key=["job_id"], content=content)
    reading = as_reading(FORMAT_NAME, OCCUPANCY_JOBS, distinct, center_id, source_sha256)
    notices = Counter(left_out["left_out"].to_list())
    for names in shaped.filter(pl.col("other_gres").is_not_null(), ~_is_step())["other_gres"]:
        notices.update(f"jobs with gres that is no card: {name}" for name in names.split(","))
    if replaced_count:
        notices[REPLACED_CELLS] = replaced_count
    return replace(
        reading,
        rows_in=reading.rows_in + left_out.height,
        rows_accepted=reading.rows_accepted + left_out.height,
        notices=dict(notices),
    )


def _with_cards(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `id`, `card_count`, `slices`, `has_bad_count` and `other_gres`."""
    counted = rows.join(
        card_counts(rows["AllocTRES"]), left_on="AllocTRES", right_on="tres", how="left", maintain_order="left"
    )
    return counted.with_columns(
        pl.coalesce("JobIDRaw", "JobID").alias("id"),
        pl.col("cards").fill_null(0).alias("card_count"),
        pl.col("slices").fill_null(0),
        pl.col("has_bad_count").fill_null(False),
        pl.col("State").str.extract(r"^([A-Z_]+)").alias("state_word"),
    )


def _is_step() -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(r"\.").fill_null(False) for name in ("JobIDRaw", "JobID"))


def _shape_rules() -> list[Rule]:
    damaged = pl.any_horizontal(pl.col(name).str.contains(REPLACED, literal=True).fill_null(False) for name in COLUMNS)
    return [
        Rule(
            "WRONG_COLUMN_COUNT",
            pl.col("cell_count") != pl.col("width"),
            pl.format("{} cells instead of {}", "cell_count", "width"),
        ),
        Rule("NOT_UTF8", damaged, pl.lit("bytes that are no UTF-8 in a cell that is needed")),
        *hidden_rules(COLUMNS),
        Rule("MISSING_VALUE", pl.col("id").is_null(), pl.lit("JobIDRaw")),
        Rule("MALFORMED_LINE", ~pl.col("id").str.contains(_JOB_ID), pl.format("job id {}", "id")),
        Rule("MISSING_VALUE", pl.col("State").is_null(), pl.lit("State")),
    ]


def _left_out(lacking: frozenset[str]) -> pl.Expr:
    """Which notice counts a well-shaped row that is understood and not kept; null for one that must be a job."""
    never_started = pl.col("Start").is_in(_NO_TIME) | (pl.col("state_word") == "PENDING")
    without_cards = ~pl.col("has_bad_count") & (pl.col("card_count") == 0)
    is_open = pl.col("End").is_in(_NO_TIME) & pl.col("state_word").is_in(_OPEN_STATES)
    steps = pl.when(pl.col("reason_code").is_not_null()).then(None).when(_is_step()).then(pl.lit(STEPS))
    if lacking & set(_NEEDED):
        return steps
    return (
        steps.when(never_started)
        .then(pl.lit(NOT_STARTED))
        .when(without_cards & (pl.col("slices") > 0))
        .then(pl.lit(SLICES_ONLY))
        .when(without_cards)
        .then(pl.lit(NO_CARDS))
        .when(is_open)
        .then(pl.lit(RUNNING))
        .when(pl.col("End") == pl.col("Start"))
        .then(pl.lit(NO_LENGTH))
    )


def _with_times(jobs: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add the fields of the record kind; the columns of the end's reading carry the prefix `end_`."""
    ends = with_instants(jobs, "End", declaration).rename(
        {"instant": "ended_at", "time_problem": "end_problem", "is_ambiguous": "is_end_ambiguous"}
    )
    return with_instants(ends, "Start", declaration).with_columns(
        pl.col("instant").alias("started_at"),
        pl.col("is_ambiguous").alias("is_start_ambiguous"),
        pl.format("{}@{}", "id", "Start").alias("job_id"),
        pl.concat_str("Partition", "Account", separator="/", ignore_nulls=True).replace("", None).alias("queue"),
    )


def _job_rules(lacking: frozenset[str], declaration: Declaration) -> list[Rule]:
    absent = sorted(lacking & set(_NEEDED))
    codes = ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST")
    return [
        Rule("MISSING_COLUMN", pl.lit(bool(absent)), pl.lit(", ".join(absent))),
        *(Rule("MISSING_VALUE", pl.col(name).is_null(), pl.lit(name)) for name in _NEEDED),
        Rule("MISSING_VALUE", pl.col("End").is_in(_NO_TIME), pl.format("End={} although {}", "End", "State")),
        Rule("NOT_AN_INTEGER", pl.col("has_bad_count"), quote("AllocTRES")),
        *time_rules("Start", declaration),
        *(Rule(code, pl.col("end_problem") == code, quote("End")) for code in codes),
        *past_rules("ended_at", "End", declaration),
        Rule(
            "END_NOT_AFTER_START",
            pl.col("ended_at") <= pl.col("started_at"),
            pl.format("Start={} End={}", "Start", "End"),
        ),
        Rule("OUT_OF_RANGE", pl.col("card_count") < 1, quote("AllocTRES")),
    ]


SACCT_READER = Reader(FORMAT_NAME, recognizes, read)
