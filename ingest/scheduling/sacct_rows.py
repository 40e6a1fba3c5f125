"""From the bytes of `sacct` output to rows: any delimiter, rows that run over several lines, bytes that are no UTF-8.

`sacct` quotes nothing. A field with a line break cuts its row into lines of too few cells; such lines are joined
where they add up to one row exactly, and stay as they are where they do not. No break is taken to be inside a column
that the reader wants: those hold ids, times and names, which have none.
"""

import re
from pathlib import Path

import polars as pl

from ingest.reading import UnreadableFileError

REPLACED = "\ufffd"
"""What stands in the text for bytes that are no UTF-8."""

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?P<delimiter>[^A-Za-z0-9_ \r\n]{1,4})[A-Za-z]")
_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_MOST_LINES_PER_ROW = 200


def split_header(first_line: str) -> tuple[str, list[str]] | None:
    """Delimiter and column names of a header of `sacct -P`; None where the line is none.

    The delimiter is whatever stands between the first two names. `sacct -p` ends each line with one, so the last
    name may be empty.
    """
    line = first_line.removeprefix("\ufeff").rstrip("\r")
    found = _HEADER.match(line)
    if found is None:
        return None
    delimiter = found["delimiter"]
    columns = line.split(delimiter)
    is_named = all(_COLUMN.fullmatch(name) for name in (columns if columns[-1] else columns[:-1]))
    is_job_list = "State" in columns and ("JobID" in columns or "JobIDRaw" in columns)
    return (delimiter, columns) if is_named and is_job_list else None


def read_rows(path: Path, wanted: tuple[str, ...]) -> tuple[pl.DataFrame, frozenset[str], int]:
    """Rows of the file, the wanted columns that it lacks, and the count of cells with replaced bytes.

    The frame has `source_line` (of the row's first line), `raw_text`, `cell_count`, `width` (cells of the header) and
    one text column per wanted name: trimmed, null where empty or absent. Blank lines and repeated headers are no rows.

    Raises:
        UnreadableFileError: the first line is no header of `sacct -P`.
    """
    text = path.read_bytes().decode("utf-8", errors="replace")
    header_line, _, body = text.partition("\n")
    header = split_header(header_line)
    if header is None:
        raise UnreadableFileError("MISSING_COLUMN", f"{path.name}: the first line names no JobID and State.")
    delimiter, columns = header
    lines = (
        pl.DataFrame({"raw_text": body.split("\n")}, schema={"raw_text": pl.String()})
        .with_row_index("source_line", offset=2)
        .select(pl.col("source_line").cast(pl.Int64), pl.col("raw_text").str.strip_suffix("\r"))
        .filter(pl.col("raw_text") != delimiter.join(columns))
        .with_columns(_count_cells(delimiter))
    )
    unbroken = frozenset(columns.index(name) for name in wanted if name in columns)
    rows = _join_lines(lines, len(columns), unbroken).filter(pl.col("raw_text").str.strip_chars() != "")
    cells = pl.col("raw_text").str.split(delimiter)
    named = rows.with_columns(_cell(cells, columns, name).alias(name) for name in wanted)
    damaged = rows.filter(pl.col("raw_text").str.contains(REPLACED, literal=True))
    replaced = damaged.select(cells.list.explode().str.contains(REPLACED, literal=True).sum()).item()
    lacking = frozenset(name for name in wanted if name not in columns)
    return named.with_columns(pl.lit(len(columns)).alias("width")), lacking, int(replaced or 0)


def _count_cells(delimiter: str) -> pl.Expr:
    count = pl.col("raw_text").str.count_matches(delimiter, literal=True) + 1
    return count.cast(pl.Int64).alias("cell_count")


def _cell(cells: pl.Expr, columns: list[str], name: str) -> pl.Expr:
    if name not in columns:
        return pl.lit(None, pl.String())
    trimmed = cells.list.get(columns.index(name), null_on_oob=True).str.strip_chars()
    return pl.when(trimmed != "").then(trimmed)


def _join_lines(lines: pl.DataFrame, width: int, unbroken: frozenset[int]) -> pl.DataFrame:
    """Replace runs of lines with too few cells by the rows that they add up to."""
    short = lines.filter(pl.col("cell_count") < width)
    if short.is_empty():
        return lines
    joined: list[tuple[int, str, int]] = []
    pending = short.rows()
    at = 0
    while at < len(pending):
        taken = _lines_of_one_row(pending, at, width, unbroken)
        part = pending[at : at + taken]
        cell_count = sum(cells - 1 for _, _, cells in part) + 1
        joined.append((part[0][0], "\n".join(text for _, text, _ in part), cell_count))
        at += taken
    whole = lines.filter(pl.col("cell_count") >= width)
    return pl.concat([whole, pl.DataFrame(joined, schema=lines.schema, orient="row")]).sort("source_line")


def _lines_of_one_row(pending: list[tuple[int, str, int]], start: int, width: int, unbroken: frozenset[int]) -> int:
    """How many neighboring lines from `start` make one row of exactly `width` cells; 1 where none do.

    `unbroken` are the positions of cells in which no line ends.
    """
    first_line, text, total = pending[start]
    if not text.strip():
        return 1
    for count in range(1, min(_MOST_LINES_PER_ROW, len(pending) - start)):
        line, _, cells = pending[start + count]
        if line != first_line + count or total - 1 in unbroken or total + cells - 1 > width:
            return 1
        total += cells - 1
        if total == width:
            return count + 1
    return 1
