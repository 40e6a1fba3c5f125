"""Metrics as an exporter written in Go dumps them: a JSON list of descriptions, each beside its labels and value.

Cambricon's exporter keeps its own tests in this form; the names lack the prefix that a scrape has.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest import json_text
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.series import Series, read_series

FORMAT_NAME = "exporter metric dump"
_HEAD = re.compile(rb'^\s*\[\s*\{\s*"Desc"\s*:\s*"Desc\{fqName: ')
_NAME = re.compile(r'fqName: "([^"]*)"')
_DESCRIPTION = re.compile(r'"Desc"\s*:\s*"Desc\{')
_KINDS = ("gauge", "counter", "untyped")
_PREFIX_OF_LABEL = {"mlu": "mlu_"}
"""A label that only one exporter has, and what its metrics begin with in a scrape."""


def recognizes(head: bytes) -> bool:
    """True for a list whose first member describes a metric."""
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a dump; its values were taken at `declaration.observed_at`, and a row stands where its description does.

    Raises:
        UnreadableFileError: the file is no whole JSON document, or not shaped like a dump.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        series = list(_series(text, json_text.parse(text), declaration))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: no whole dump of metrics: {error}") from error
    return read_series(FORMAT_NAME, series, declaration)


def _series(text: str, metrics: list[dict], declaration: Declaration) -> Iterator[Series]:
    observed_ms = int(declaration.observed_at.timestamp() * 1_000) if declaration.observed_at else None
    starts = [text.count("\n", 0, found.start()) + 1 for found in _DESCRIPTION.finditer(text)]
    for line, item in zip(starts, metrics, strict=True):
        name = _NAME.search(item["Desc"]).group(1)
        labels = {label["name"]: label.get("value", "") for label in item["Metric"].get("label", ())}
        prefix = next((text for label, text in _PREFIX_OF_LABEL.items() if label in labels), "")
        value = next((item["Metric"][kind].get("value", 0) for kind in _KINDS if kind in item["Metric"]), None)
        labels["__name__"] = name if name.startswith(prefix) else prefix + name
        if value is not None:
            yield line, labels, [item["Metric"].get("timestampMs", observed_ms)], [float(value)]


METRIC_DUMP = Reader(FORMAT_NAME, recognizes, read)
