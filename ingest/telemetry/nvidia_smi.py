"""Tables that `nvidia-smi --query-gpu=... --format=csv` printed, alone or inside a longer capture of its output.

A table begins at its header and ends at the next header or at a line that begins with `#`. Header cells carry units,
as in `memory.used [MiB]`; values repeat them, as in `59 MiB`, or leave them out. Any text in brackets means that
there is no reading. Times are the host's local times without a zone, so a zone must be declared.
"""

import re
from pathlib import Path

import polars as pl

from ingest.instants import parse_instants
from ingest.occupancy.lines import complete_lines, read_lines
from ingest.occupancy.verdicts import Rule, judge, quote
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError, refuse_repeated_columns
from ingest.telemetry.identity import UNPRINTABLE, spelled
from ingest.telemetry.limits import measured, time_problem, value_problem
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.schema import READ_COLUMNS, SAMPLE_SCHEMA

FORMAT_NAME = "nvidia-smi csv"

_MIB = 1 << 20
_READINGS: dict[str, tuple[str, str, int]] = {
    "utilization.gpu": ("utilization_pct", "%", 1),
    "memory.used": ("memory_used_bytes", "MiB", _MIB),
    "power.draw": ("power_w", "W", 1),
    "power.draw.average": ("power_w", "W", 1),
    "power.draw.instant": ("power_w", "W", 1),
}
"""Queried property -> column of a sample, the unit it is printed in, and the factor; the first with a value wins."""

_HOSTS = ("host", "hostname")
_USED = ("timestamp", "uuid", "index", *_HOSTS, *_READINGS)
_MASKED_UUID = r"^(GPU-)?[0-]+$"
_NO_READING = r"^(\[.*\]|N/A|ERR!|)$"
_CAPTURE = re.compile(rb"^# \$ nvidia-smi ", re.MULTILINE)


def recognizes(head: bytes) -> bool:
    """Whether a table's header comes first, or the bytes are a capture of several `nvidia-smi` commands."""
    lines = complete_lines(head)
    return bool(lines) and (_is_header(lines[0]) or _CAPTURE.search(head) is not None)


def _names(line: str) -> list[str]:
    """Names of a header's cells without their units; a reading in another unit than its own keeps it."""
    names = []
    for cell in line.split(","):
        name, _, unit = cell.strip().partition(" [")
        is_own_unit = name not in _READINGS or unit in ("", _READINGS[name][1] + "]")
        names.append(name if is_own_unit else cell.strip())
    return names


def _is_header(line: str) -> bool:
    names = set(_names(line))
    return bool(names & {"uuid", "index"}) and bool(names & set(_READINGS)) and bool(names & {"timestamp", "name"})


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read all query tables of a file into samples; lines of a capture outside of them are counted in the notices.

    Raises:
        UnreadableFileError: the file is not UTF-8, holds no query table, or a table has a used column twice.
    """
    lines = read_lines(path)
    tables = _tables(lines)
    if tables.is_empty():
        message = f"{path.name}: no table of nvidia-smi --query-gpu with uuid or index, a time and a reading in it."
        raise UnreadableFileError("MISSING_COLUMN", message)
    parts, unused = [], set()
    for (header,), rows in tables.partition_by("header", as_dict=True).items():
        names = _names(header)
        refuse_repeated_columns((name for name in names if name in _USED), path.name)
        unused.update(set(names) - set(_USED))
        parts.append(_judged(rows.filter(~pl.col("is_header")), names, declaration))
    judged = pl.concat(parts).sort("source_line")
    is_good = pl.col("reason_code").is_null()
    samples = judged.filter(is_good)
    notices = {
        "columns not used": len(unused),
        "lines outside of query tables": lines.height - tables.height,
        "values that mean no reading": samples.select(pl.col("missing_count").sum()).item(),
    }
    return Reading(
        format_name=FORMAT_NAME,
        rows_in=judged.height,
        rows_accepted=samples.height,
        samples=samples.select(pl.col(name).cast(kind) for name, kind in SAMPLE_SCHEMA.items()),
        quarantined=judged.filter(~is_good).select(pl.col(n).cast(k) for n, k in QUARANTINE_SCHEMA.items()),
        notices={name: count for name, count in notices.items() if count},
    )


def _tables(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of query tables, headers too, each with the `header` it stands under."""
    text = pl.col("raw_text")
    candidates = lines.filter(text.str.contains(r"utilization\.gpu|memory\.used|power\.draw"))["raw_text"]
    headers = [line for line in candidates.unique() if _is_header(line)]
    is_header = text.is_in(headers)
    begins = pl.when(is_header).then(text).when(text.str.starts_with("#")).then(pl.lit(""))
    return lines.with_columns(begins.forward_fill().alias("header"), is_header.alias("is_header")).filter(
        pl.col("header") != ""
    )


def _judged(rows: pl.DataFrame, names: list[str], declaration: Declaration) -> pl.DataFrame:
    """Rows of one header with the columns of a sample, `missing_count`, and the reason of those set aside."""
    cells = pl.col("raw_text").str.split(",")
    used = [pl.lit(None, pl.String).alias(name) for name in _USED if name not in names]
    used += [
        cells.list.get(names.index(name), null_on_oob=True).str.strip_chars().alias(name)
        for name in _USED
        if name in names
    ]
    rows = rows.with_columns(used).with_columns(
        cells.list.len().alias("cell_count"),
        pl.col("timestamp").str.replace(r"^(\d{4})/(\d{2})/(\d{2})", "${1}-${2}-${3}"),
    )
    readings = {name: _reading(name) for name in _READINGS if name in names}
    values = {column: _first(readings, column) for column in READ_COLUMNS}
    try:
        instant, time_code = parse_instants("timestamp", declaration.time_zone)
        milliseconds = instant.dt.epoch("ms")
        if "timestamp" not in names and declaration.observed_at is not None:
            milliseconds = pl.lit(int(declaration.observed_at.timestamp() * 1_000), pl.Int64)
        rows = rows.with_columns(
            pl.lit(declaration.center_id, pl.String).alias("center_id"),
            _device_uid(declaration).alias("device_uid"),
            milliseconds.alias("sampled_at_ms"),
            time_code.alias("time_code"),
            pl.lit(None, pl.String).alias("slice_id"),
            pl.lit(None, pl.Int8).alias("slice_parts"),
            pl.sum_horizontal(pl.lit(0), *(value.is_null() for value, _ in readings.values())).alias("missing_count"),
            *(value.alias(column) for column, value in values.items()),
        )
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {declaration.time_zone!r} is unknown; declare one such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error
    judged = judge(rows, _rules(readings, len(names), declaration))
    return judged.select(*SAMPLE_SCHEMA, "missing_count", "raw_text", "reason_code", "detail")


def _reading(name: str) -> tuple[pl.Expr, pl.Expr]:
    """The measured value in the sample's unit (null for "no reading"), and whether the cell is neither."""
    _, unit, factor = _READINGS[name]
    mapping = vendor_mapping()
    number = pl.col(name).str.extract(rf"^(-?\d+(?:\.\d+)?)(?: ?{re.escape(unit)})?$", 1).cast(pl.Float64)
    is_text = pl.col(name).is_not_null() & number.is_null() & ~pl.col(name).str.contains(_NO_READING)
    return measured(number, mapping.no_reading, mapping.no_reading_from) * factor, is_text


def _first(readings: dict[str, tuple[pl.Expr, pl.Expr]], column: str) -> pl.Expr:
    found = [value for name, (value, _) in readings.items() if _READINGS[name][0] == column]
    return pl.coalesce(found) if found else pl.lit(None, pl.Float64)


def _device_uid(declaration: Declaration) -> pl.Expr:
    """The UUID unless it was masked, else `host/index`; an index alone names a card of every host."""
    uuid = pl.when(~pl.col("uuid").str.contains(_MASKED_UUID) & ~pl.col("uuid").str.contains(_NO_READING)).then("uuid")
    named = [pl.when(~pl.col(name).str.contains(_NO_READING)).then(name) for name in _HOSTS]
    host = pl.coalesce(*named, pl.lit(declaration.server_id, pl.String))
    index = pl.when(pl.col("index").str.contains(r"^\d+$")).then("index")
    return pl.coalesce(spelled(uuid, "GPU-"), pl.concat_str(host, index, separator="/"))


def _rules(readings: dict[str, tuple[pl.Expr, pl.Expr]], width: int, declaration: Declaration) -> list[Rule]:
    """What sets a row aside, in order of precedence."""
    rules = [
        Rule(
            "WRONG_COLUMN_COUNT",
            pl.col("cell_count") != width,
            pl.format("{} cells under {} headers", "cell_count", pl.lit(width)),
        ),
        Rule("NO_CENTER", pl.col("center_id").is_null(), pl.lit("center_id")),
        Rule("NO_DEVICE_IDENTITY", pl.col("device_uid").is_null(), _shown("uuid", "index")),
        Rule("UNPRINTABLE_CHARACTER", pl.col("device_uid").str.contains(UNPRINTABLE), pl.lit("device_uid")),
    ]
    for code in ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST"):
        rules.append(Rule(code, pl.col("time_code") == code, quote("timestamp")))
    time = time_problem(pl.col("sampled_at_ms"), declaration.received_at)
    for code in ("NO_TIMESTAMP", "TIME_TOO_EARLY", "TIME_IN_FUTURE"):
        rules.append(Rule(code, time == code, _shown("timestamp")))
    for name, (value, is_text) in readings.items():
        problem = value_problem(_READINGS[name][0], value)
        rules.append(Rule("NOT_A_NUMBER", is_text, quote(name)))
        for code in ("UTILIZATION_OUT_OF_RANGE", "POWER_OUT_OF_RANGE", "OUT_OF_RANGE"):
            rules.append(Rule(code, problem == code, quote(name)))
    return rules


def _shown(*names: str) -> pl.Expr:
    cells = [pl.format(name + "={}", pl.col(name).fill_null("(none)")) for name in names]
    return pl.concat_str(cells, separator=", ")


NVIDIA_SMI = Reader(FORMAT_NAME, recognizes, read)
