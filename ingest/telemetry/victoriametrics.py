"""JSON lines as VictoriaMetrics exports them: one series a line, its values beside their millisecond times."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
import polars as pl

from ingest import json_text
from ingest.power.series import PowerSeries, power_metrics, with_power
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading
from ingest.telemetry.kept import KeptValues
from ingest.telemetry.line_blocks import line_blocks
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, RAW_TEXT_OF_A_VALUE, name_devices, widen_kept

_BOM = b"\xef\xbb\xbf"
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
    columns = vendor_mapping().metrics
    mapped_names = frozenset(columns["metric"])
    value_count, unmapped = 0, 0
    found, broken, power = _Found(), [], []
    for number, line in _filled_lines(path):
        try:
            parsed = _series(line)
        except _NotASeriesError as error:
            broken.append((number, line.decode()[:500], "MALFORMED_LINE", str(error)))
            continue
        if parsed.labels[0] in power_metrics():
            power.append(PowerSeries(number, parsed.metric, parsed.timestamps.tolist(), parsed.values.tolist()))
            continue
        value_count += len(parsed.values)
        if parsed.labels[0] in mapped_names:
            found.append(number, parsed)
        else:
            unmapped += len(parsed.values)
    named = found.series().join(columns, on="metric", how="left", maintain_order="left")
    mapped = name_devices(named, declaration).sort("series")
    widened = widen_kept(mapped.drop("series"), found.values(), declaration)
    quarantined = pl.concat(
        [pl.DataFrame(broken, schema=QUARANTINE_SCHEMA, orient="row"), _quarantine(widened.set_aside)]
    )
    row_count = value_count + len(broken)
    reading = Reading(
        format_name="victoriametrics export",
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined.sort("source_line", maintain_order=True),
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )
    return with_power(reading, power, declaration, source_sha256, path)


class _NotASeriesError(ValueError):
    """A line is no series; the message says why."""


class _Series(NamedTuple):
    """One line: all its labels, those that matter behind the metric's name, values and UTC epoch milliseconds."""

    metric: dict[str, str]
    labels: list[str | None]
    values: np.ndarray
    timestamps: np.ndarray


def _filled_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers."""
    for block in line_blocks(path):
        for number, line in enumerate(block.data.tobytes().split(b"\n"), start=block.first_line):
            line = line.removeprefix(_BOM) if number == 1 else line
            if line and (line.startswith(b"{") or line.decode().strip()):
                yield number, line


class _Places(NamedTuple):
    """For each spelling of a label its place among the labels and its rank among that label's spellings; how many."""

    of_spelling: dict[str, tuple[int, int]]
    count: int


@lru_cache(maxsize=1)
def _places() -> _Places:
    """Where the metric's name and the labels of the mapping go.

    Exporters write `UUID`, `Hostname`, `deviceId`; managed collectors lower them.
    """
    capitals = {"gpu_i_id": "GPU_I_ID", "deviceid": "deviceId", "memtype": "memType"}
    places = {"__name__": (0, 0)}
    for place, label in enumerate(vendor_mapping().labels, start=1):
        for rank, spelling in enumerate((label, label.upper(), label.capitalize(), capitals.get(label, label))):
            places.setdefault(spelling, (place, rank))
    return _Places(places, len(vendor_mapping().labels) + 1)


def _series(line: bytes) -> _Series:
    try:
        series = orjson.loads(line)
    except ValueError:
        series = _with_bare_words(line)
    if not isinstance(series, dict) or not isinstance(series.get("metric"), dict):
        raise _NotASeriesError("no series")
    metric = {name: str(text) if type(text) is int else text for name, text in series["metric"].items()}
    if not all(isinstance(text, str) for text in metric.values()):
        raise _NotASeriesError("a label is neither text nor a whole number")
    values, timestamps = _numbers(series.get("values")), _whole_numbers(series.get("timestamps"))
    labels = _labels(metric)
    if labels[0] is None or len(values) != len(timestamps):
        raise _NotASeriesError("no metric name, or uneven lists")
    return _Series(metric, [labels[0].lower(), *labels[1:]], values, timestamps)


def _with_bare_words(line: bytes) -> object:
    """JSON in which numbers may be `NaN` and `Infinity`, as older versions wrote them."""
    try:
        return json_text.parse(line)
    except ValueError as error:
        raise _NotASeriesError(f"not JSON: {error}") from error


def _labels(metric: dict) -> list[str | None]:
    places = _places()
    labels: list[str | None] = [None] * places.count
    found = sorted((places.of_spelling[spelling], spelling) for spelling in places.of_spelling.keys() & metric.keys())
    for (place, _), spelling in reversed(found):
        labels[place] = metric[spelling]
    return labels


def _numbers(values: object) -> np.ndarray:
    if not isinstance(values, list):
        raise _NotASeriesError("a value is no number")
    numbers = np.array(values)
    if numbers.dtype.kind not in "if":
        if not all(_is_value(value) for value in values):
            raise _NotASeriesError("a value is no number")
        numbers = np.array([value if type(value) in (int, float) else np.nan for value in values])
    return numbers.astype(np.float64, copy=False)


def _is_value(value: object) -> bool:
    return value is None or type(value) in (int, float) or value in ("NaN", "Infinity", "-Infinity")


def _whole_numbers(timestamps: object) -> np.ndarray:
    numbers = np.array(timestamps) if isinstance(timestamps, list) else None
    if numbers is None or (numbers.dtype.kind != "i" and len(numbers)):
        raise _NotASeriesError("timestamps are no whole milliseconds")
    return numbers.astype(np.int64, copy=False)


class _Found:
    """The mapped series of a file, each once however many lines it spans, and their values."""

    def __init__(self) -> None:
        self._numbers: dict[tuple, int] = {}
        self._kept = KeptValues(_VALUES)
        self._lines: list[tuple[int, int, int]] = []
        self._lists: list[tuple[np.ndarray, np.ndarray]] = []
        self._count = 0

    def append(self, line: int, parsed: _Series) -> None:
        """Add one line."""
        number = self._numbers.setdefault(tuple(parsed.labels), len(self._numbers))
        self._lines.append((number, line, len(parsed.values)))
        self._lists.append((parsed.values, parsed.timestamps))
        self._count += len(parsed.values)
        if self._count > _VALUES_OF_A_BLOCK:
            self._keep()

    def _keep(self) -> None:
        if not self._lists:
            return
        numbers, lines, lengths = np.array(self._lines, dtype=np.int64).T
        values, times = (np.concatenate(column) for column in zip(*self._lists, strict=True))
        columns = (np.repeat(numbers.astype(np.uint32), lengths), np.repeat(lines, lengths), values, times)
        self._kept.append(pl.DataFrame(dict(zip(_VALUES, columns, strict=True)), schema=_VALUES))
        self._lines, self._lists, self._count = [], [], 0

    def series(self) -> pl.DataFrame:
        """Series by their numbers, with `LABEL` columns."""
        labels = [LABEL + label for label in vendor_mapping().labels]
        schema = {"metric": pl.String, **dict.fromkeys(labels, pl.String)}
        return pl.DataFrame(list(self._numbers), schema=schema, orient="row").with_row_index("series")

    def values(self) -> KeptValues:
        """Their values, one a row."""
        self._keep()
        return self._kept


_VALUES: dict[str, pl.DataType] = {
    "series": pl.UInt32(),
    "source_line": pl.Int64(),
    "value": pl.Float64(),
    "sampled_at_ms": pl.Int64(),
}
_VALUES_OF_A_BLOCK = 1 << 17


def _quarantine(set_aside: pl.DataFrame) -> pl.DataFrame:
    said = set_aside.with_columns(RAW_TEXT_OF_A_VALUE)
    return said.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items())


VICTORIAMETRICS_EXPORT = Reader("victoriametrics export", recognizes_export, read_export)
