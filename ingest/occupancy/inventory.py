"""Inventories that know nodes and how many cards are in each, but no single cards.

Two formats: the openb node list, and the PAI machine list, which comes without a header line. CPU and memory
are not kept. A node without cards is kept with a count of zero.
"""

import re
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import complete_lines, first_cells, read_lines, split_cells
from ingest.occupancy.verdicts import (
    as_count,
    as_reading,
    count_rules,
    declared_center,
    judge,
    set_repeats_aside,
    shape_rules,
)
from ingest.reading import Declaration, Reader, Reading
from ingest.records.occupancy import INVENTORY_NODES

OPENB_COLUMNS = ("sn", "cpu_milli", "memory_mib", "gpu", "model")
PAI_COLUMNS = ("machine", "gpu_type", "cap_cpu", "cap_mem", "cap_gpu")

_PAI_LINE = re.compile(r"[0-9a-f]{24},[A-Za-z][A-Za-z0-9_-]*,\d{1,4},\d{1,6},\d{1,2}")
_PAI_SHARE = 0.9
"""Share of the first lines that must have the shape: one damaged line does not hide the format."""
_NO_CARD = "CPU"
"""What the PAI list writes as the accelerator model of a machine that has none."""


def recognizes_openb(head: bytes) -> bool:
    """Whether the first line names exactly the five columns, in any order."""
    return sorted(first_cells(head)) == sorted(OPENB_COLUMNS)


def recognizes_pai(head: bytes) -> bool:
    """Whether the first line is the list's own header, or lines look like it: hashed id, model, three counts.

    Without a header the shape must be unmistakable, so only the list's own 24-digit machine hashes will do.
    """
    lines = complete_lines(head)
    if not lines or _is_pai_header(lines[0]):
        return bool(lines)
    fitting_count = sum(_PAI_LINE.fullmatch(line) is not None for line in lines)
    return fitting_count >= _PAI_SHARE * len(lines)


def read_openb(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read an openb node list into `inventory_nodes`, one row per node."""
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    columns = first_cells(lines["raw_text"][0].encode())
    nodes = split_cells(lines.slice(1), columns).with_columns(pl.col("model").alias("model_text"))
    return _reading("openb node list CSV", nodes, columns, ("sn", "gpu"), center_id, source_sha256)


def read_pai(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a PAI machine list into `inventory_nodes`, one row per machine."""
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    has_header = _is_pai_header(lines["raw_text"][0])
    nodes = split_cells(lines.slice(1 if has_header else 0), PAI_COLUMNS).with_columns(
        pl.when(pl.col("gpu_type") != _NO_CARD).then("gpu_type").alias("model_text")
    )
    return _reading("PAI machine list CSV", nodes, PAI_COLUMNS, ("machine", "cap_gpu"), center_id, source_sha256)


def _is_pai_header(line: str) -> bool:
    return first_cells(line.encode()) == PAI_COLUMNS


def _reading(
    format_name: str,
    nodes: pl.DataFrame,
    columns: tuple[str, ...],
    id_and_count: tuple[str, str],
    center_id: str,
    source_sha256: str,
) -> Reading:
    id_column, count_column = id_and_count
    judged = judge(nodes, [*shape_rules(columns, required=id_and_count), *count_rules(count_column, minimum=0)])
    named = judged.with_columns(pl.col(id_column).alias("node_id"), as_count(count_column).alias("card_count"))
    distinct = set_repeats_aside(named, key=["node_id"], content=["node_id", "model_text", "card_count"])
    return as_reading(format_name, INVENTORY_NODES, distinct, center_id, source_sha256)


OPENB_READER = Reader("openb node list CSV", recognizes_openb, read_openb)
PAI_READER = Reader("PAI machine list CSV", recognizes_pai, read_pai)
