"""Node series: how many nodes were busy and how many there were, at one instant per line.

Header: `time,active,total`. A naive time that autumn repeats is the earlier of its two instants; the second
hour is then absent, which means unknown. It is never filled and never counted twice.
"""

from pathlib import Path

import polars as pl

from ingest.occupancy.clock_times import time_rules, with_instants
from ingest.occupancy.lines import first_cells, read_lines, split_cells
from ingest.occupancy.verdicts import (
    Rule,
    as_count,
    as_reading,
    count_rules,
    declared_center,
    judge,
    set_repeats_aside,
    shape_rules,
)
from ingest.reading import Declaration, Reader, Reading
from ingest.records.occupancy import NODE_COUNTS

FORMAT_NAME = "node series CSV"
COLUMNS = ("time", "active", "total")


def recognizes(head: bytes) -> bool:
    """Whether the first line names exactly the three columns, in any order."""
    return sorted(first_cells(head)) == sorted(COLUMNS)


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a node series into `node_counts`, one row per instant; the busy nodes are among the nodes there."""
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    columns = first_cells(lines["raw_text"][0].encode())
    timed = with_instants(split_cells(lines.slice(1), columns), "time", declaration)
    counted = timed.with_columns(
        pl.col("instant").alias("counted_at"),
        as_count("active").alias("active_node_count"),
        as_count("total").alias("total_node_count"),
    )
    judged = judge(counted, _rules(columns, declaration))
    content = ["counted_at", "active_node_count", "total_node_count"]
    distinct = set_repeats_aside(judged, key=["counted_at"], content=content)
    return as_reading(FORMAT_NAME, NODE_COUNTS, distinct, center_id, source_sha256)


def _rules(columns: tuple[str, ...], declaration: Declaration) -> list[Rule]:
    return [
        *shape_rules(columns, required=COLUMNS),
        *time_rules("time", declaration),
        *count_rules("active", minimum=0),
        *count_rules("total", minimum=0),
        Rule(
            "OUT_OF_RANGE",
            pl.col("active_node_count") > pl.col("total_node_count"),
            pl.format("active {} is more than total {}", "active", "total"),
        ),
    ]


NODE_SERIES_READER = Reader(FORMAT_NAME, recognizes, read)
