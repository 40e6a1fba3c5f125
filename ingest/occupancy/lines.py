"""From a file's bytes to one row per line, with the line's true number beside its cells.

One line is one row: the logs read here never break a quoted cell over two lines. A blank line is no row.
What the cells must hold is decided by the readers, not here.
"""

import csv
from pathlib import Path

import polars as pl

from ingest.reading import UnreadableFileError

_BYTE_ORDER_MARK = "\ufeff"


def first_cells(head: bytes) -> tuple[str, ...]:
    """Cells of the first line that is not blank, trimmed; nothing where the bytes are not UTF-8 text."""
    for line in complete_lines(head):
        return tuple(cell.strip().strip('"') for cell in line.split(","))
    return ()


def complete_lines(head: bytes) -> list[str]:
    """Lines of a file's first bytes, without blank ones and without a last one that may be cut off."""
    whole, newline, rest = head.rpartition(b"\n")
    text_bytes = whole if newline and rest else head
    try:
        text = text_bytes.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError:
        return []
    return [line.rstrip("\r") for line in text.split("\n") if line.strip()]


def read_lines(path: Path) -> pl.DataFrame:
    """One row per line that is not blank: `source_line` (the file's first line is 1) and `raw_text`.

    Raises `UnreadableFileError` where the file is empty or not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        line_number = error.object[: error.start].count(b"\n") + 1
        message = f"{path.name}, line {line_number}: not UTF-8. Save the file as UTF-8 and send it again."
        raise UnreadableFileError("NOT_UTF8", message) from error
    lines = (
        pl.DataFrame({"raw_text": text.split("\n")}, schema={"raw_text": pl.String()})
        .with_row_index("source_line", offset=1)
        .select(pl.col("source_line").cast(pl.Int64), pl.col("raw_text").str.strip_suffix("\r"))
        .filter(pl.col("raw_text").str.strip_chars() != "")
    )
    if lines.is_empty():
        raise UnreadableFileError("EMPTY_FILE", f"{path.name}: no line of text. Send it again.")
    return lines


def split_cells(lines: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Add one text column per name in `columns` (trimmed, null where empty), `cell_count` and `is_malformed`.

    A line with an unclosed quote is malformed; a line with too few cells has null in the columns it lacks.
    """
    split = lines.with_columns(pl.col("raw_text").str.split(",").alias("cells"))
    if lines["raw_text"].str.contains('"', literal=True).any():
        split = _with_quoted_cells(split)
    cells = [_cell(position).alias(column) for position, column in enumerate(columns)]
    return split.with_columns(
        *cells,
        pl.col("cells").list.len().cast(pl.Int64).alias("cell_count"),
        pl.col("cells").is_null().alias("is_malformed"),
    ).drop("cells")


def _cell(position: int) -> pl.Expr:
    trimmed = pl.col("cells").list.get(position, null_on_oob=True).str.strip_chars()
    return pl.when(trimmed != "").then(trimmed)


def _with_quoted_cells(split: pl.DataFrame) -> pl.DataFrame:
    has_quote = pl.col("raw_text").str.contains('"', literal=True)
    quoted = split.filter(has_quote).select("source_line", "raw_text")
    cells = [_quoted_cells(line) for line in quoted["raw_text"].to_list()]
    parsed = quoted.select("source_line").with_columns(pl.Series("quoted_cells", cells, dtype=pl.List(pl.String())))
    return (
        split.join(parsed, on="source_line", how="left", maintain_order="left")
        .with_columns(pl.when(has_quote).then("quoted_cells").otherwise("cells").alias("cells"))
        .drop("quoted_cells")
    )


def _quoted_cells(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None
