"""JSON lines as VictoriaMetrics exports them: one series a line, its values beside their millisecond times."""

import io
import json
import re
from pathlib import Path

import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices, widen

_FIRST_LINE = re.compile(rb'^\s*\{\s*"metric"\s*:\s*\{')
_UNMAPPED = "values of metrics that are not used"


def recognizes_export(head: bytes) -> bool:
    """True for JSON lines that begin with a series' `metric` object."""
    return _FIRST_LINE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_export(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read an export; a row is one value, and a line that is no series counts as one row.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            "NOT_UTF8", f"{path.name}: byte {error.start} is not UTF-8. Export the file again."
        ) from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    series, broken = _series(lines)
    row_count = int(series["values"].list.len().sum()) + broken.height
    mapped = series.join(vendor_mapping().metrics, on="metric", how="inner")
    unmapped = row_count - broken.height - int(mapped["values"].list.len().sum())
    readings = _readings(name_devices(mapped))
    widened = widen(readings, declaration)
    quarantined = pl.concat([broken, _quarantine(widened.set_aside)]).sort("source_line")
    return Reading(
        format_name="victoriametrics export",
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined,
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )


def _schema() -> dict[str, pl.DataType]:
    """Every label that matters in its usual spellings; what the schema does not name is skipped while parsing."""
    names = ["__name__", *_label_spellings()]
    return {
        "metric": pl.Struct(dict.fromkeys(names, pl.String)),
        "values": pl.List(pl.Float64),
        "timestamps": pl.List(pl.Int64),
    }


def _label_spellings() -> dict[str, str]:
    """Spelling to lower-case label: exporters write `UUID`, `Hostname`, `deviceId`; managed collectors lower them."""
    capitals = {"gpu_i_id": "GPU_I_ID", "deviceid": "deviceId", "memtype": "memType"}
    spellings = {}
    for label in vendor_mapping().labels:
        for spelling in (label, label.upper(), label.capitalize(), capitals.get(label, label)):
            spellings[spelling] = label
    return spellings


def _series(lines: list[tuple[int, str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Parsed series with `source_line`, `metric` in lower case and `LABEL` columns; and the lines that are none."""
    try:
        parsed, reasons = _parse(lines), {}
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        reasons = {number: reason for number, line in lines if (reason := _fault(line))}
        parsed = _parse([(number, _plain(line)) for number, line in lines if number not in reasons])
    name = pl.col("metric").struct.field("__name__")
    is_series = name.is_not_null() & (pl.col("values").list.len() == pl.col("timestamps").list.len())
    parsed = parsed.with_columns(is_series.fill_null(False).alias("is_series"))
    reasons |= dict.fromkeys(parsed.filter(~pl.col("is_series"))["source_line"], "no metric name, or uneven lists")
    by_label: dict[str, list[pl.Expr]] = {}
    for spelling, label in _label_spellings().items():
        by_label.setdefault(label, []).append(pl.col("metric").struct.field(spelling))
    series = parsed.filter("is_series").select(
        "source_line",
        name.str.to_lowercase().alias("metric"),
        *(pl.coalesce(fields).alias(LABEL + label) for label, fields in by_label.items()),
        "values",
        "timestamps",
    )
    broken = [(number, line[:500], "MALFORMED_LINE", reasons[number]) for number, line in lines if number in reasons]
    return series, pl.DataFrame(broken, schema=QUARANTINE_SCHEMA, orient="row")


def _parse(lines: list[tuple[int, str]]) -> pl.DataFrame:
    schema = _schema()
    if not lines:
        return pl.DataFrame(schema=schema).with_columns(source_line=pl.lit(None, pl.Int64))
    frame = pl.read_ndjson(io.BytesIO("\n".join(line for _, line in lines).encode()), schema=schema)
    return frame.with_columns(pl.Series("source_line", [number for number, _ in lines], dtype=pl.Int64))


def _fault(line: str) -> str | None:
    """Why a line is no series, or None."""
    try:
        series = json.loads(line)
    except ValueError as error:
        return f"not JSON: {error}"
    if not isinstance(series, dict) or not isinstance(series.get("metric"), dict):
        return "no series"
    if not all(isinstance(text, str) for text in series["metric"].values()):
        return "a label is no text"
    times, values = series.get("timestamps"), series.get("values")
    if not isinstance(times, list) or not all(type(time) is int for time in times):
        return "timestamps are no whole milliseconds"
    if not isinstance(values, list) or not all(_is_value(value) for value in values):
        return "a value is no number"
    return None


def _is_value(value: object) -> bool:
    return value is None or type(value) in (int, float) or value in ("NaN", "Infinity", "-Infinity")


def _plain(line: str) -> str:
    """The line with values that are no finite number as null."""
    series = json.loads(line)
    numbers = [value if type(value) in (int, float) else None for value in series["values"]]
    finite = [value if value is not None and abs(value) < float("inf") else None for value in numbers]
    return json.dumps({"metric": series["metric"], "values": finite, "timestamps": series["timestamps"]})


def _readings(series: pl.DataFrame) -> pl.DataFrame:
    """One row per value of the mapped series."""
    exploded = series.explode("values", "timestamps", empty_as_null=False)
    return exploded.rename({"values": "value", "timestamps": "sampled_at_ms"})


def _quarantine(set_aside: pl.DataFrame) -> pl.DataFrame:
    said = pl.format(
        "{} {} @{}",
        "metric",
        pl.col("value").cast(pl.String).fill_null("null"),
        pl.col("sampled_at_ms").cast(pl.String).fill_null("null"),
    )
    return set_aside.with_columns(said.alias("raw_text")).select(
        pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()
    )


VICTORIAMETRICS_EXPORT = Reader("victoriametrics export", recognizes_export, read_export)
