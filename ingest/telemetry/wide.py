"""Files that already hold samples, one row per device and instant: CSV and Parquet with the canonical headers."""

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl

from ingest.instants import parse_instants
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError, refuse_repeated_columns
from ingest.telemetry.identity import UNPRINTABLE
from ingest.telemetry.kept import KeptSamples
from ingest.telemetry.limits import measured, time_problem, value_problem
from ingest.telemetry.line_blocks import LineBlock, line_blocks
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.schema import PARTS_OF_A_CARD, READ_COLUMNS, SAMPLE_SCHEMA

_TIMES = ("sampled_at_ms", "sampled_at")
_HEADERS = ("center_id", "device_uid", *_TIMES, *READ_COLUMNS, "slice_id", "slice_parts")
_NO_READING_TEXTS = ("", "nan", "null", "none", "n/a", "[n/a]", "inf", "+inf", "-inf", "infinity", "-infinity")
_PARQUET_MAGIC = b"PAR1"
_BOM = b"\xef\xbb\xbf"


def recognizes_wide_csv(head: bytes) -> bool:
    """True for a header line that names a device, a time and at least one measured column."""
    first_line = head.removeprefix(_BOM).split(b"\n", 1)[0].decode("utf-8", errors="replace")
    return _holds_samples(_header_names(first_line))


def recognizes_parquet(head: bytes) -> bool:
    """True for any Parquet file: its columns stand at its end, so reading decides whether it holds samples."""
    return head.startswith(_PARQUET_MAGIC)


def _header_names(line: str) -> list[str]:
    return [name.strip().strip('"').strip().lower() for name in line.split(",")]


_WHOLE_LINE = r'^(?:[^",]*|"(?:[^"]|"")*")(?:,(?:[^",]*|"(?:[^"]|"")*"))*$'
"""A line of which each cell has no quotation mark, or is closed by the one it began with."""


def _holds_samples(headers: list[str]) -> bool:
    present = set(headers)
    return "device_uid" in present and bool(present & set(_TIMES)) and bool(present & set(READ_COLUMNS))


def read_wide_csv(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a CSV file of samples; a row stands on one line.

    Raises:
        UnreadableFileError: the file is not UTF-8, lacks a column or has one twice.
    """
    headers: list[str] = []
    readings, samples = [], KeptSamples()
    for block in line_blocks(path):
        lines = _lines(block)
        if not headers:
            headers = _header_names(lines["raw_text"][0])
            _check_headers(headers, path)
            lines = lines[1:]
        lines = lines.filter(pl.col("raw_text").str.strip_chars() != "")
        reading = _read_lines(lines, headers, declaration)
        samples.append(reading.samples)
        readings.append(replace(reading, samples=reading.samples.clear()))
    return _together(readings, samples)


def _lines(block: LineBlock) -> pl.DataFrame:
    lines = pl.read_lines(
        io.BytesIO(block.data.tobytes()),
        name="raw_text",
        row_index_name="source_line",
        row_index_offset=block.first_line,
    )
    if block.first_line > 1:
        return lines
    return lines.with_columns(pl.col("raw_text").str.strip_prefix("\ufeff"))


def _read_lines(lines: pl.DataFrame, headers: list[str], declaration: Declaration) -> Reading:
    has_quotes = lines["raw_text"].str.contains('"', literal=True).any()
    unquoted = pl.col("raw_text").str.replace_all(r'"[^"]*"', "") if has_quotes else pl.col("raw_text")
    cell_count = unquoted.str.count_matches(",", literal=True) + 1
    is_whole = pl.col("raw_text").str.contains(_WHOLE_LINE) if has_quotes else pl.lit(True)
    lines = lines.with_columns(cell_count.alias("cell_count"), is_whole.alias("is_whole"))
    fits = pl.col("is_whole") & (pl.col("cell_count") == len(headers))
    fitting = lines.filter(fits).drop("cell_count", "is_whole")
    counted = pl.format("{} cells under {} headers", "cell_count", pl.lit(len(headers)))
    misfits = lines.filter(~fits).select(
        "source_line",
        "raw_text",
        reason_code=pl.when("is_whole").then(pl.lit("WRONG_COLUMN_COUNT")).otherwise(pl.lit("MALFORMED_LINE")),
        detail=pl.when("is_whole").then(counted).otherwise(pl.lit("a quotation mark that does not close a cell")),
    )
    cells = _cells(fitting["raw_text"], headers)
    cells = cells.drop("source_line", "raw_text", strict=False).hstack(fitting)
    return _reading("wide csv", headers, cells, misfits, declaration)


def _together(readings: list[Reading], samples: KeptSamples) -> Reading:
    """What the blocks of one file hold."""
    notices = Counter()
    for reading in readings:
        notices.update(reading.notices)
    return Reading(
        format_name=readings[0].format_name,
        rows_in=sum(reading.rows_in for reading in readings),
        rows_accepted=sum(reading.rows_accepted for reading in readings),
        samples=samples.taken(),
        quarantined=pl.concat([reading.quarantined for reading in readings]),
        notices=dict(notices),
    )


def _cells(rows: pl.Series, headers: list[str]) -> pl.DataFrame:
    """Text cells, trimmed; the rows are already known to have as many cells as the header."""
    if rows.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(headers, pl.String))
    body = rows.str.join("\n").item().encode()
    cells = pl.read_csv(body, has_header=False, new_columns=headers, infer_schema=False)
    return cells.with_columns(pl.all().str.strip_chars())


def read_wide_parquet(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a Parquet file of samples; `source_line` is the row's number, from one.

    Raises:
        UnreadableFileError: the file is damaged, or its columns are not those of samples.
    """
    try:
        rows = pl.read_parquet(path)
    except (pl.exceptions.ComputeError, OSError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: no whole Parquet file: {error}") from error
    headers = [name.strip().lower() for name in rows.columns]
    _check_headers(headers, path)
    rows.columns = headers
    known = [name for name in headers if name in _HEADERS]
    raw_text = pl.concat_str([pl.format("{}={}", pl.lit(name), _shown(name)) for name in known], separator=" ")
    rows = rows.select(
        *known,
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_line"),
        raw_text.alias("raw_text"),
    )
    return _reading("wide parquet", headers, rows, pl.DataFrame(schema=QUARANTINE_SCHEMA), declaration)


def _shown(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("")


def _check_headers(headers: list[str], path: Path) -> None:
    refuse_repeated_columns(headers, path.name)
    if not _holds_samples(headers):
        raise UnreadableFileError(
            "MISSING_COLUMN",
            f"{path.name}: samples need device_uid, sampled_at or sampled_at_ms, and one of {', '.join(READ_COLUMNS)}.",
        )


def _reading(
    format_name: str, headers: list[str], rows: pl.DataFrame, misfits: pl.DataFrame, declaration: Declaration
) -> Reading:
    """Judge rows with canonical columns of any type, `source_line` and `raw_text`."""
    extra = [name for name in headers if name not in (*_HEADERS, "source_line")]
    row_count = rows.height + misfits.height
    judged = _judge(rows, declaration)
    is_good = pl.col("reason_code").is_null()
    samples = judged.filter(is_good).select(pl.col(f"value:{name}").cast(kind).alias(name) for name, kind in _COLUMNS)
    set_aside = judged.filter(~is_good)
    quarantined = pl.concat(
        [
            frame.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items())
            for frame in (misfits, set_aside)
        ]
    )
    return Reading(
        format_name=format_name,
        rows_in=row_count,
        rows_accepted=samples.height,
        samples=samples,
        quarantined=quarantined.sort("source_line"),
        notices={f"column not used: {name}": row_count for name in extra},
    )


_COLUMNS = tuple(SAMPLE_SCHEMA.items())


def _judge(rows: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add a `value:` column per sample column, `reason_code` (null for good rows) and `detail`."""
    center = _text(rows, "center_id").fill_null(pl.lit(declaration.center_id, pl.String))
    instant_ms, time_code = _instant(rows, declaration)
    values = {name: _number(rows, name) for name in READ_COLUMNS}
    slice_id, (parts, is_no_part) = _text(rows, "slice_id"), _number(rows, "slice_parts")
    rows = rows.with_columns(
        center.alias("value:center_id"),
        _text(rows, "device_uid").alias("value:device_uid"),
        instant_ms.alias("value:sampled_at_ms"),
        time_code.alias("time_code"),
        slice_id.alias("value:slice_id"),
        pl.when(slice_id.is_not_null()).then(parts).alias("value:slice_parts"),
        pl.col("source_line").alias("value:source_line"),
        *(value.alias(f"value:{name}") for name, (value, _) in values.items()),
        *(is_text.alias(f"text:{name}") for name, (_, is_text) in values.items()),
    )
    time = pl.col("value:sampled_at_ms")
    problems = [
        (pl.when(pl.col("value:center_id").is_null()).then(pl.lit("NO_CENTER")), "center_id"),
        (pl.when(pl.col("value:device_uid").is_null()).then(pl.lit("NO_DEVICE_IDENTITY")), "device_uid"),
        *(
            (pl.when(pl.col(f"value:{name}").str.contains(UNPRINTABLE)).then(pl.lit("UNPRINTABLE_CHARACTER")), name)
            for name in ("device_uid", "center_id", "slice_id")
        ),
        (pl.col("time_code"), "sampled_at"),
        (time_problem(time, declaration.received_at), "sampled_at"),
    ]
    for name in READ_COLUMNS:
        problems.append((pl.when(pl.col(f"text:{name}")).then(pl.lit("NOT_A_NUMBER")), name))
        problems.append((value_problem(name, pl.col(f"value:{name}")), name))
    is_seventh = parts.is_between(1, PARTS_OF_A_CARD) & (parts == parts.floor())
    problems.append((pl.when(is_no_part).then(pl.lit("NOT_A_NUMBER")), "slice_parts"))
    problems.append((pl.when(~is_seventh).then(pl.lit("OUT_OF_RANGE")), "slice_parts"))
    return rows.with_columns(
        pl.coalesce(problem for problem, _ in problems).alias("reason_code"),
        pl.coalesce(pl.when(problem.is_not_null()).then(pl.lit(name)) for problem, name in problems).alias("detail"),
    )


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit(None, pl.String)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _number(rows: pl.DataFrame, name: str) -> tuple[pl.Expr, pl.Expr]:
    """The measured value (null for "no reading"), and whether the cell holds a text that is no number."""
    mapping = vendor_mapping()
    if name not in rows.columns:
        return pl.lit(None, pl.Float64), pl.lit(False)
    number = pl.col(name).cast(pl.Float64, strict=False)
    value = measured(number, mapping.no_reading, mapping.no_reading_from)
    if rows.schema[name] != pl.String:
        return value, pl.lit(False)
    is_text = number.is_null() & ~pl.col(name).str.to_lowercase().is_in(_NO_READING_TEXTS)
    return value, is_text.fill_null(False)


def _instant(rows: pl.DataFrame, declaration: Declaration) -> tuple[pl.Expr, pl.Expr]:
    """UTC epoch milliseconds, and the reason code of a time that cannot be read."""
    none = pl.lit(None, pl.String)
    name = next(name for name in _TIMES if name in rows.columns)
    kind, column = rows.schema[name], pl.col(name)
    if name == "sampled_at_ms":
        milliseconds = column.cast(pl.Int64, strict=False)
        filled = column.cast(pl.String).fill_null("") != ""
        return milliseconds, pl.when(filled & milliseconds.is_null()).then(pl.lit("NOT_AN_INSTANT"))
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        return column.dt.epoch("ms"), none
    if isinstance(kind, pl.Datetime):
        if declaration.time_zone is None:
            return pl.lit(None, pl.Int64), pl.when(column.is_not_null()).then(pl.lit("TIME_WITHOUT_ZONE"))
        local = column.dt.replace_time_zone(declaration.time_zone, ambiguous="earliest", non_existent="null")
        skipped = pl.when(column.is_not_null() & local.is_null()).then(pl.lit("TIME_DOES_NOT_EXIST"))
        return local.dt.epoch("ms"), skipped
    if kind != pl.String:
        return pl.lit(None, pl.Int64), pl.lit("NOT_AN_INSTANT")
    instant, code = parse_instants(name, declaration.time_zone)
    return instant.dt.epoch("ms"), pl.when(column.fill_null("") != "").then(code)


WIDE_CSV = Reader("wide csv", recognizes_wide_csv, read_wide_csv)
WIDE_PARQUET = Reader("wide parquet", recognizes_parquet, read_wide_parquet)
