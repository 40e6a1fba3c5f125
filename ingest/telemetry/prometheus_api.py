"""Answers of the Prometheus HTTP API kept as files: instant vectors, and raw samples of a range selector.

A file is one answer, or the answers to what was pulled of one hour, each on a line with what was asked. An answer holds
one metric. Power or memory that comes in a file of its own has instants of its own, which say nothing about use; such
samples are counted and not kept, so that they do not cut short what utilization answers say.
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
import polars as pl

from ingest.power.series import PowerSeries, power_metrics, with_power
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, RAW_TEXT_OF_A_VALUE, name_devices, widen_values

_HEAD = re.compile(rb'^\s*\{.{0,2000}?"data"\s*:\s*\{\s*"resultType"\s*:', re.DOTALL)
_ENVELOPE = b'{"racklight_pull":'
_METRIC_KEY = re.compile(r'"metric"\s*:')
_UNMAPPED = "values of metrics that are not used"
_WITHOUT_USE = "samples without a utilization reading"
_OUTSIDE = "values outside of the time that was asked for"
_EVEN = "values at times as even as query_range makes them: gaps may be filled in"
_FEWEST_EVEN = 10
_PULLED = "prometheus pull"


class _Asked(NamedTuple):
    """One answer: the line it begins on, the file's text from there, its data, and the time asked for, if known."""

    line: int
    text: str
    data: dict
    start_ms: int | None
    end_ms: int | None


def envelope(asked: dict[str, str | int], answer: bytes) -> bytes:
    """One line that holds what was asked and the answer as it came; of the answer only line ends are changed."""
    head = json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode()
    return _ENVELOPE + head + b',"answer":' + answer.replace(b"\n", b" ").replace(b"\r", b" ") + b"}\n"


def recognizes_answer(head: bytes) -> bool:
    """True for a successful answer of `/api/v1/query`."""
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def recognizes_pulled(head: bytes) -> bool:
    """True for lines that `envelope` wrote."""
    return head.startswith(_ENVELOPE)


def read_answer(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read an answer; a row is one value, and its line is where its series begins.

    Raises:
        UnreadableFileError: the file is no whole JSON document, or its result is neither vector nor matrix.
    """
    text = _text(path)
    answer = _Asked(1, text, _document(text, path)["data"], None, None)
    return _reading("prometheus api answer", [answer], path, declaration, source_sha256)


def read_pulled(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read pulled answers; a row is one value, and its line is that of its answer.

    Values outside of the time that was asked for belong to another answer: they are counted and not kept.

    Raises:
        UnreadableFileError: a line is no whole answer.
    """
    answers = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            answers.append(_asked(number, _document(line, path), path))
    return _reading(_PULLED, answers, path, declaration, source_sha256)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a whole JSON document: {error}.") from error


def _document(text: str, path: Path) -> dict:
    try:
        document = orjson.loads(text)
    except ValueError as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a whole JSON document: {error}.") from error
    return document


def _asked(number: int, document: object, path: Path) -> _Asked:
    try:
        asked = document["racklight_pull"]
        return _Asked(number, "", document["answer"]["data"], asked["start_ms"], asked["end_ms"])
    except (KeyError, TypeError) as error:
        raise _misshapen(path) from error


def _misshapen(path: Path) -> UnreadableFileError:
    return UnreadableFileError("DAMAGED_FILE", f"{path.name}: not shaped like an answer of the API. Ask again.")


def _reading(
    format_name: str, answers: list[_Asked], path: Path, declaration: Declaration, source_sha256: str
) -> Reading:
    for answer in answers:
        if (kind := answer.data.get("resultType")) not in ("vector", "matrix"):
            sentence = f"{path.name}: a result of type {kind} holds no samples. Ask for a metric."
            raise UnreadableFileError("UNKNOWN_FORMAT", sentence)
    try:
        series, power = _series(answers), list(_power_series(answers))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, pl.exceptions.PolarsError) as error:
        raise _misshapen(path) from error
    row_count = _value_count(series)
    mapped = series.join(vendor_mapping().metrics, on="metric", how="inner")
    mapped = name_devices(mapped, declaration)
    values = _values(mapped)
    is_asked = pl.col("sampled_at_ms").is_between("start_ms", "end_ms", closed="left").fill_null(True)
    asked = values.filter(is_asked).drop("start_ms", "end_ms")
    widened = widen_values(mapped.drop(_OF_VALUES), asked, declaration)
    samples = widened.samples.filter(pl.any_horizontal(pl.col("utilization_pct", "compute_active_pct").is_not_null()))
    quarantined = _quarantine(widened.set_aside)
    notices = {
        _UNMAPPED: row_count - values.height,
        _OUTSIDE: values.height - asked.height,
        _WITHOUT_USE: widened.samples.height - samples.height,
        _EVEN: 0 if format_name == _PULLED else _even_count(mapped),
    }
    reading = Reading(
        format_name=format_name,
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=samples,
        quarantined=quarantined,
        notices={name: count for name, count in notices.items() if count} | widened.notices,
    )
    return with_power(reading, power, declaration, source_sha256, path)


def _series(answers: list[_Asked]) -> pl.DataFrame:
    """One row per series: line, metric in lower case, labels, the time asked for, `seconds` and `texts`."""
    labels = sorted(vendor_mapping().labels)
    schema = {"source_line": pl.Int64, "metric": pl.String, **{LABEL + label: pl.String for label in labels}}
    schema |= {"start_ms": pl.Int64, "end_ms": pl.Int64, "seconds": pl.List(pl.Float64), "texts": pl.List(pl.String)}
    return pl.DataFrame(list(_series_rows(answers, labels)), schema=schema, orient="row")


def _series_rows(answers: list[_Asked], labels: list[str]) -> Iterator[tuple]:
    for answer in answers:
        result = answer.data["result"]
        for line, series in zip(_lines(answer, len(result)), result, strict=False):
            metric = {name.lower(): value for name, value in series["metric"].items()}
            if metric.get("__name__", "").lower() in power_metrics():
                continue
            names = [metric.get(label) for label in labels]
            pairs = _pairs(series)
            times, texts = [float(pair[0]) for pair in pairs], [pair[1] for pair in pairs]
            name = metric.get("__name__", "").lower()
            yield (answer.line + line, name, *names, answer.start_ms, answer.end_ms, times, texts)


def _pairs(series: dict) -> list:
    return [series["value"]] if "value" in series else series.get("values", [])


def _power_series(answers: list[_Asked]) -> Iterator[PowerSeries]:
    """Series that tell power of machines and meters, with what was asked for of each."""
    for answer in answers:
        result = answer.data["result"]
        for line, series in zip(_lines(answer, len(result)), result, strict=False):
            if series["metric"].get("__name__", "").lower() in power_metrics():
                start, end = (-math.inf, math.inf) if answer.start_ms is None else (answer.start_ms, answer.end_ms)
                pairs = ((round(float(pair[0]) * 1_000), float(pair[1])) for pair in _pairs(series))
                asked = [pair for pair in pairs if start <= pair[0] < end]
                times, values = ([pair[place] for pair in asked] for place in (0, 1))
                yield PowerSeries(answer.line + line, series["metric"], times, values)


def _lines(answer: _Asked, series_count: int) -> list[int]:
    """How many lines below the answer's first each series begins; none where the answer stands on one line."""
    if not answer.text:
        return [0] * series_count
    return [answer.text.count("\n", 0, match.start()) for match in _METRIC_KEY.finditer(answer.text)]


def _value_count(series: pl.DataFrame) -> int:
    return int(series["texts"].list.len().sum())


_OF_VALUES = ("source_line", "start_ms", "end_ms", "seconds", "texts")


def _values(series: pl.DataFrame) -> pl.DataFrame:
    """One row per value: number of its `series`, `source_line`, the time asked for, `sampled_at_ms` and `value`."""
    values = series.select(*_OF_VALUES).with_row_index("series")
    return values.explode("seconds", "texts", empty_as_null=False).select(
        "series",
        "source_line",
        "start_ms",
        "end_ms",
        (pl.col("seconds") * 1_000).round().cast(pl.Int64, strict=False).alias("sampled_at_ms"),
        pl.col("texts").str.replace("Inf", "inf", literal=True).cast(pl.Float64, strict=False).alias("value"),
    )


def _even_count(series: pl.DataFrame) -> int:
    """Values of series whose times are whole seconds, all one step apart.

    A scraper stamps samples with its own milliseconds and misses some; `query_range` repeats the last value on a grid,
    for five minutes, so that a gap or a pulled card does not show. What we pulled we asked for raw.
    """
    steps = pl.col("seconds").list.diff(null_behavior="drop")
    is_even = (
        (pl.col("seconds").list.len() >= _FEWEST_EVEN)
        & (steps.list.n_unique() == 1)
        & (pl.col("seconds").list.eval(pl.element() == pl.element().floor()).list.all())
    )
    return _value_count(series.filter(is_even))


def _quarantine(set_aside: pl.DataFrame) -> pl.DataFrame:
    said = set_aside.with_columns(RAW_TEXT_OF_A_VALUE)
    return said.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items())


PROMETHEUS_ANSWER = Reader("prometheus api answer", recognizes_answer, read_answer)
PROMETHEUS_PULL = Reader(_PULLED, recognizes_pulled, read_pulled)
