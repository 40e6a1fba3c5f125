"""Power of machines and meters as series of a Prometheus server, among series of cards or alone.

Which metric tells what stands in `series.yaml`. A value is one row, like that of a card.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl
import yaml

from ingest.power.readings import TOLD_SCHEMA, power_reading
from ingest.reading import Declaration, Reading

_PORT = re.compile(r":\d+$")


class PowerSeries(NamedTuple):
    """One series: where it stands in its file, its labels with `__name__`, UTC epoch milliseconds and values."""

    source_line: int
    labels: dict[str, str]
    sampled_at_ms: Sequence[int]
    values: Sequence[float]


@dataclass(frozen=True)
class _Metric:
    tells: str
    scope: str
    method: str
    scale: float = 1
    no_reading: tuple[float, ...] = ()


@cache
def power_metrics() -> dict[str, _Metric]:
    """The metrics of power, by their names in lower case."""
    return {name.lower(): _Metric(**facts) for name, facts in _document()["metrics"].items()}


@cache
def _document() -> dict:
    return yaml.safe_load(Path(__file__).with_name("series.yaml").read_text(encoding="utf-8"))


def with_power(
    reading: Reading, series: Iterable[PowerSeries], declaration: Declaration, source_sha256: str, path: Path
) -> Reading:
    """A reading of a file's other series, and with it what its series of power tell.

    Raises:
        UnreadableFileError: there are series of power and no center is declared.
    """
    rows = [row for one in series for row in _told(one, declaration)]
    if not rows:
        return reading
    told = pl.DataFrame(rows, schema=TOLD_SCHEMA, orient="row").with_row_index("number", offset=1)
    lines = told.select(pl.col("number").cast(pl.Int64), "source_line")
    # Several rows stand on one line, and the rules tell rows apart by their number.
    numbered = told.with_columns(pl.col("number").cast(pl.Int64).alias("source_line")).select(*TOLD_SCHEMA)
    power = power_reading(reading.format_name, numbered, declaration, source_sha256, path)
    return replace(
        reading,
        rows_in=reading.rows_in + power.rows_in,
        rows_accepted=reading.rows_accepted + power.rows_accepted,
        records=reading.records | {name: _on_lines(frame, lines) for name, frame in power.records.items()},
        quarantined=pl.concat([reading.quarantined, _on_lines(_naming_lines(power.quarantined, lines), lines)]),
        notices=reading.notices | power.notices,
    )


def _on_lines(frame: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    line = pl.col("source_line").replace_strict(lines["number"], lines["source_line"], return_dtype=pl.Int64)
    return frame.with_columns(line)


def _naming_lines(quarantined: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The same with the file's line where a sentence names the number of another row."""
    number = pl.col("detail").str.extract(r"\bline (\d+)").cast(pl.Int64)
    line = number.replace_strict(lines["number"], lines["source_line"], default=None, return_dtype=pl.Int64)
    renamed = pl.col("detail").str.replace(r"\bline \d+", pl.format("line {}", line))
    return quarantined.with_columns(pl.when(line.is_not_null()).then(renamed).otherwise("detail").alias("detail"))


def _told(series: PowerSeries, declaration: Declaration) -> Iterable[tuple]:
    labels = {name.lower(): text for name, text in series.labels.items()}
    name = labels["__name__"]
    metric = power_metrics()[name.lower()]
    meter = next((labels[label] for label in _document()["labels"] if labels.get(label)), None)
    meter = _PORT.sub("", meter) if meter else None
    if metric.scope == "server":
        meter = meter or declaration.server_id
    server = meter if metric.scope == "server" else None
    for instant, value in zip(series.sampled_at_ms, series.values, strict=True):
        text = "" if value is None or value in metric.no_reading else f"{value * metric.scale:.10g}"
        yield (
            meter,
            metric.scope,
            server,
            None if server else declaration.cabinet_id,
            metric.method,
            _written(instant),
            *(text if metric.tells == column else None for column in ("is_powered", "power_w", "total_kwh")),
            series.source_line,
            f"{name} {value} @{instant}",
        )


def _written(instant_ms: int) -> str:
    """The instant as text; one beyond the calendar stays a number, to be set aside for it."""
    try:
        return datetime.fromtimestamp(instant_ms / 1_000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return str(instant_ms)
