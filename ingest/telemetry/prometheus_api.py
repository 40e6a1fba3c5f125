"""Answers of the Prometheus HTTP API kept as files: instant vectors, and raw samples of a range selector.

An answer holds one metric. Power or memory that comes in an answer of its own has instants of its own, which say
nothing about use; such samples are counted and not kept, so that they do not cut short what utilization answers say.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices, widen

_HEAD = re.compile(rb'^\s*\{.{0,2000}?"data"\s*:\s*\{\s*"resultType"\s*:', re.DOTALL)
_METRIC_KEY = re.compile(r'"metric"\s*:')
_UNMAPPED = "values of metrics that are not used"
_WITHOUT_USE = "samples without a utilization reading"


def recognizes_answer(head: bytes) -> bool:
    """True for a successful answer of `/api/v1/query`."""
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_answer(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read an answer; a row is one value, and its line is where its series begins.

    Raises:
        UnreadableFileError: the file is no whole JSON document, or its result is neither vector nor matrix.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = json.loads(text)["data"]
    except ValueError as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a whole JSON document: {error}.") from error
    if data.get("resultType") not in ("vector", "matrix"):
        sentence = f"{path.name}: a result of type {data.get('resultType')} holds no samples. Ask for a metric."
        raise UnreadableFileError("UNKNOWN_FORMAT", sentence)
    labels = sorted(vendor_mapping().labels)
    schema = {"source_line": pl.Int64, "metric": pl.String, **{LABEL + label: pl.String for label in labels}}
    schema |= {"sampled_at_ms": pl.Int64, "value": pl.Float64}
    values = pl.DataFrame(list(_values(text, data["result"], labels)), schema=schema, orient="row")
    mapped = values.join(vendor_mapping().metrics, on="metric", how="inner")
    widened = widen(name_devices(mapped), declaration)
    samples = widened.samples.filter(pl.any_horizontal(pl.col("utilization_pct", "compute_active_pct").is_not_null()))
    quarantined = _quarantine(widened.set_aside)
    notices = {_UNMAPPED: values.height - mapped.height, _WITHOUT_USE: widened.samples.height - samples.height}
    return Reading(
        format_name="prometheus api answer",
        rows_in=values.height,
        rows_accepted=values.height - quarantined.height,
        samples=samples,
        quarantined=quarantined,
        notices={name: count for name, count in notices.items() if count} | widened.notices,
    )


def _values(text: str, result: list[dict], labels: list[str]) -> Iterator[tuple]:
    """One tuple per value: line, metric in lower case, labels, milliseconds, number."""
    starts = [text.count("\n", 0, match.start()) + 1 for match in _METRIC_KEY.finditer(text)]
    for line, series in zip(starts, result, strict=False):
        metric = {name.lower(): value for name, value in series["metric"].items()}
        names = [metric.get(label) for label in labels]
        for second, value in [series["value"]] if "value" in series else series["values"]:
            yield (line, metric.get("__name__", "").lower(), *names, round(float(second) * 1_000), float(value))


def _quarantine(set_aside: pl.DataFrame) -> pl.DataFrame:
    said = pl.format("{} {} @{}", "metric", pl.col("value").cast(pl.String), pl.col("sampled_at_ms"))
    return set_aside.with_columns(said.alias("raw_text")).select(
        pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()
    )


PROMETHEUS_ANSWER = Reader("prometheus api answer", recognizes_answer, read_answer)
