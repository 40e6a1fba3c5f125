"""JSON lines as VictoriaMetrics exports them: one series a line, its values beside their millisecond times."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading
from ingest.telemetry.line_blocks import LineBlock, line_blocks
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices, widen_values

_FIRST_LINE = re.compile(rb'^\s*\{\s*"metric"\s*:\s*\{')
_UNMAPPED = "values of metrics that are not used"


def recognizes_export(head: bytes) -> bool:
    """True for JSON lines that begin with a series' `metric` object."""
    return _FIRST_LINE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_export(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read an export, a block of lines at a time; a row is one value, and a line that is no series counts as one row.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    row_count, series_count, unmapped = 0, 0, 0
    tables, values, broken = [], [], [pl.DataFrame(schema=QUARANTINE_SCHEMA)]
    for block in line_blocks(path):
        series, broken_lines = _series(_json_lines(block))
        mapped = name_devices(series.join(vendor_mapping().metrics, on="metric", how="inner"))
        value_count, mapped_count = (int(frame["values"].list.len().sum()) for frame in (series, mapped))
        row_count += value_count + broken_lines.height
        unmapped += value_count - mapped_count
        broken.append(broken_lines)
        values.append(_values(mapped, series_count))
        tables.append(mapped.drop("source_line", "values", "timestamps"))
        series_count += mapped.height
    widened = widen_values(pl.concat(tables), pl.concat(values), declaration)
    quarantined = pl.concat([*broken, _quarantine(widened.set_aside)]).sort("source_line", maintain_order=True)
    return Reading(
        format_name="victoriametrics export",
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined,
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )


class _Lines(NamedTuple):
    """JSON lines that are not blank: their numbers in the file, their text as one, and each alone if asked for."""

    numbers: np.ndarray
    text: bytes
    block: LineBlock

    def one_by_one(self) -> list[tuple[int, str]]:
        texts = _texts(self.block, self.numbers - self.block.first_line)
        return list(zip(self.numbers.tolist(), texts, strict=True))


def _json_lines(block: LineBlock) -> _Lines:
    begins = block.data[np.minimum(block.starts, len(block.data) - 1)]
    if (begins == ord("{")).all():
        return _Lines(block.numbers(np.arange(len(block.starts))), block.data.tobytes(), block)
    texts = _texts(block, np.arange(len(block.starts)))
    filled = np.flatnonzero([bool(text.strip()) for text in texts])
    return _Lines(block.numbers(filled), "\n".join(texts[row] for row in filled).encode(), block)


def _texts(block: LineBlock, rows: np.ndarray) -> list[str]:
    """Some lines as text, the file's first one without a byte order mark."""
    texts = block.texts(rows).to_list()
    if len(rows) and block.numbers(rows)[0] == 1:
        texts[0] = texts[0].removeprefix("\ufeff")
    return texts


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


def _series(lines: _Lines) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Parsed series with `source_line`, `metric` in lower case and `LABEL` columns; and the lines that are none."""
    try:
        parsed, reasons = _parse(lines.numbers, lines.text), {}
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, pl.exceptions.ShapeError):
        alone = lines.one_by_one()
        reasons = {number: reason for number, line in alone if (reason := _fault(line))}
        plain = {number: _plain(line) for number, line in alone if number not in reasons}
        parsed = _parse(np.array(list(plain), dtype=np.int64), "\n".join(plain.values()).encode())
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
    broken = [
        (number, line[:500], "MALFORMED_LINE", reasons[number])
        for number, line in (lines.one_by_one() if reasons else ())
        if number in reasons
    ]
    return series, pl.DataFrame(broken, schema=QUARANTINE_SCHEMA, orient="row")


def _parse(numbers: np.ndarray, text: bytes) -> pl.DataFrame:
    """Lines with their numbers.

    Raises:
        polars.exceptions.PolarsError: a line is no JSON, or of another shape, or holds more than one value.
    """
    schema = _schema()
    frame = pl.read_ndjson(text, schema=schema) if len(numbers) else pl.DataFrame(schema=schema)
    return frame.with_columns(pl.Series("source_line", numbers, dtype=pl.Int64))


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


def _values(series: pl.DataFrame, first_number: int) -> pl.DataFrame:
    """One row per value of some series, which are numbered on from a number."""
    lengths = series["values"].list.len().to_numpy()
    number = np.repeat(np.arange(first_number, first_number + series.height, dtype=np.uint32), lengths)
    return pl.DataFrame(
        {
            "series": number,
            "source_line": np.repeat(series["source_line"].to_numpy(), lengths),
            "value": series["values"].explode(empty_as_null=False),
            "sampled_at_ms": series["timestamps"].explode(empty_as_null=False),
        }
    )


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
