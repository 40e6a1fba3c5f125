"""Prometheus exposition text of mapped exporters: one scrape, or many with their times, as samples."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from ingest.power.series import PowerSeries, with_power
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading
from ingest.telemetry.kept import KeptValues
from ingest.telemetry.line_blocks import LineBlock, last_line, line_blocks, texts_of
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import widen_kept
from ingest.telemetry.series_table import SeriesTable

_SAMPLE_LINE = re.compile(r"^[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(?:\{[^\n]*\}[ \t]*|[ \t])[-+.0-9NI]", re.MULTILINE)
_EXEMPLAR = r'\s#\s\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}\s+\S+(?:\s+\S+)?$'
"""What OpenMetrics may add to a line: labels of one event, its value and its time."""

_UNMAPPED = "rows of metrics that are not used"


def recognizes_exposition(head: bytes) -> bool:
    """True for text with a sample line of a known accelerator exporter among its first lines."""
    pattern = vendor_mapping().pattern
    text = head.decode("utf-8", errors="replace")
    return any(pattern.match(found.group(1)) for found in _SAMPLE_LINE.finditer(text))


def read_exposition(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read exposition or OpenMetrics text; samples without a time were taken at `declaration.observed_at`.

    The text is read a block at a time. Of a line, only its number, series, value and time are kept; what a series' name
    and labels mean is worked out once.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    is_open_metrics = last_line(path) == b"# EOF"
    known, values, power = SeriesTable(declaration), KeptValues(_VALUES), KeptValues(_VALUES)
    row_count, unmapped, faults = 0, 0, [_NO_FAULTS]
    for block in line_blocks(path):
        lines = _lines(block, is_open_metrics, declaration, known)
        is_good = lines.is_well_formed & lines.has_time
        if not is_good.all():
            faults.append(lines.where(~is_good).faults())
        good = lines.where(is_good)
        is_mapped, tells_power = known.is_mapped[good.series], known.tells_power[good.series]
        values.append(good.where(is_mapped).values())
        if tells_power.any():
            power.append(good.where(tells_power).values())
        row_count += len(lines.series) - int(tells_power.sum())
        unmapped += int((~is_mapped & ~tells_power).sum())
    widened = widen_kept(known.series(), values, declaration)
    quarantined = pl.concat([*faults, widened.set_aside.select(*_NO_FAULTS.columns)])
    texts = texts_of(path, quarantined["source_line"].to_numpy()).with_columns(_trimmed("text"))
    quarantined = quarantined.join(texts.rename({"text": "raw_text"}), on="source_line", how="left")
    reading = Reading(
        format_name="prometheus exposition",
        rows_in=row_count,
        rows_accepted=row_count - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()).sort(
            "source_line"
        ),
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )
    return with_power(reading, _power_series(power, known), declaration, source_sha256, path)


def _power_series(power: KeptValues, known: SeriesTable) -> Iterator[PowerSeries]:
    """Each line of power of a machine or meter as a series of its own, since each stands on a line of its own."""
    for span in power.stretches():
        for line, series, value, instant_ms in power.between(*span).select(*_VALUES).iter_rows():
            yield PowerSeries(line, known.power_labels[series], [instant_ms], [value])


_VALUES: dict[str, pl.DataType] = {
    "source_line": pl.Int64(),
    "series": pl.UInt32(),
    "value": pl.Float64(),
    "sampled_at_ms": pl.Int64(),
}
_NO_FAULTS = pl.DataFrame(schema={"source_line": pl.Int64, "reason_code": pl.String, "detail": pl.String})


class _Lines(NamedTuple):
    """Sample lines in arrays: number, series, value, UTC epoch milliseconds, and what is there of it."""

    source_line: np.ndarray
    series: np.ndarray
    value: np.ndarray
    sampled_at_ms: np.ndarray
    is_well_formed: np.ndarray
    has_time: np.ndarray

    def where(self, is_wanted: np.ndarray) -> "_Lines":
        """Some of the lines."""
        return self if is_wanted.all() else _Lines(*(column[is_wanted] for column in self))

    def values(self) -> pl.DataFrame:
        """What is kept of good lines."""
        return pl.DataFrame({name: getattr(self, name) for name in _VALUES})

    def faults(self) -> pl.DataFrame:
        """What is told of faulty lines."""
        reasons = np.where(self.is_well_formed, "NO_TIMESTAMP", "MALFORMED_LINE")
        columns = {"source_line": self.source_line, "reason_code": reasons.tolist(), "detail": [""] * len(reasons)}
        return pl.DataFrame(columns, schema=_NO_FAULTS.schema)


def _trimmed(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.strip_prefix("\ufeff")


def _lines(block: LineBlock, is_open_metrics: bool, declaration: Declaration, known: SeriesTable) -> _Lines:
    """The lines of a block that are neither blank nor comment; any that are not plain or not right are cut slowly."""
    plain, others = _plain_lines(block, is_open_metrics)
    lines = _parse(plain, is_open_metrics, declaration, known)
    others = np.union1d(others, lines.source_line[~lines.is_well_formed] - block.first_line)
    if not len(others):
        return lines
    careful = _parse(_other_lines(block, others, is_open_metrics), is_open_metrics, declaration, known)
    well_formed = lines.where(lines.is_well_formed)
    order = np.argsort(np.concatenate((well_formed.source_line, careful.source_line)))
    return _Lines(*(np.concatenate(columns)[order] for columns in zip(well_formed, careful, strict=True)))


class _Told(NamedTuple):
    """Sample lines in parts: number, name with labels, value, and time, which may be empty."""

    source_line: np.ndarray
    series_text: pl.Series
    value_text: pl.Series
    time_text: pl.Series


def _plain_lines(block: LineBlock, has_exemplars: bool) -> tuple[_Told, np.ndarray]:
    """Lines as nearly all are, cut without a copy; and the rows of all others that are neither blank nor comment.

    Such a line begins with a letter, and a closing brace is followed by a space and the value, or by a space, the
    value, a space and the time, up to the end of the line.
    """
    data, _, starts, ends, last, last_but_one = block
    has_time = (last_but_one > starts) & (data[last_but_one - 1] == _BRACE) & (data[last] == _SPACE)
    cut = np.where(has_time, last_but_one, last)
    begins = _KIND_OF_BYTE[data[starts]]
    is_plain = (begins == _LETTER) & (cut > starts) & (data[cut - 1] == _BRACE) & (data[cut] == _SPACE)
    if has_exemplars:
        is_plain[block.rows_with(_HASH)] = False
    others = np.flatnonzero(~is_plain & (begins != _COMMENT) & (ends > starts))
    plain = np.flatnonzero(is_plain)
    value_ends = np.where(has_time, last, ends)
    places = (starts, cut, cut + 1, value_ends, np.minimum(value_ends + 1, ends), ends)
    return _Told(block.numbers(plain), *_texts(data, [place[plain] for place in places])), others


_BRACE, _SPACE, _HASH = b"} #"
_LETTER, _COMMENT = 1, 2
_KIND_OF_BYTE = np.zeros(256, dtype=np.uint8)
_KIND_OF_BYTE[[*b"_:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]] = _LETTER
_KIND_OF_BYTE[_HASH] = _COMMENT


def _texts(data: np.ndarray, places: list[np.ndarray]) -> Iterator[pl.Series]:
    """Of lines in UTF-8 bytes the texts from the first place to the second, from the third to the fourth and so on.

    The places of a line must ascend, as must its last and the first of the next line.
    """
    count = len(places) * len(places[0])
    offsets = np.empty(count + 1, dtype=np.int64)
    offsets[-1] = len(data)
    for number, place in enumerate(places):
        offsets[number : -1 : len(places)] = place
    texts = pa.LargeStringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(data))
    # Arrow makes views of them in a fifth of the time that Polars takes.
    pieces, first = pl.Series(texts.cast(pa.string_view())), np.arange(0, count, len(places), dtype=np.uint32)
    return (pieces[pl.Series(first + number)] for number in range(0, len(places), 2))


def _other_lines(block: LineBlock, rows: np.ndarray, has_exemplars: bool) -> _Told:
    """The same of lines that are indented, have no labels, other blanks, exemplars or faults.

    Lines are cut behind the last closing brace, and those without labels at the first space.
    """
    (texts,) = _texts(block.data, [block.starts[rows], block.ends[rows]])
    lines = pl.DataFrame({"source_line": block.numbers(rows), "line": texts})
    may_have_exemplar = pl.lit(has_exemplars) | ~pl.col("line").str.contains(r"^[a-zA-Z_:]")
    line = _trimmed("line")
    lines = lines.with_columns(pl.when(may_have_exemplar).then(line.str.replace(_EXEMPLAR, "")).otherwise(line))
    lines = lines.filter(pl.col("line") != "", ~pl.col("line").str.starts_with("#"))
    line = pl.col("line")
    labeled, bare = line.str.splitn("{", 2).struct, line.str.splitn(" ", 2).struct
    rest = labeled.field("field_1")
    after_labels = rest.str.split("}").list.last()
    series = pl.concat_str(labeled.field("field_0"), pl.lit("{"), rest.str.strip_suffix(after_labels))
    has_labels = line.str.contains("{", literal=True)
    tail = pl.when(has_labels).then(after_labels).otherwise(bare.field("field_1")).fill_null("")
    cut_tail = tail.str.replace_all("\t", " ", literal=True).str.strip_chars().str.splitn(" ", 2).struct
    told = lines.select(
        "source_line",
        pl.when(has_labels).then(series).otherwise(bare.field("field_0") + "{}").alias("series_text"),
        cut_tail.field("field_0").alias("value_text"),
        cut_tail.field("field_1").str.strip_chars().fill_null("").alias("time_text"),
    )
    return _Told(told["source_line"].to_numpy(), *told.get_columns()[1:])


def _parse(told: _Told, times_are_seconds: bool, declaration: Declaration, known: SeriesTable) -> _Lines:
    """What lines say; where a value or time is no number, or a series none, they are not well formed."""
    value = told.value_text.cast(pl.Float64, strict=False)
    if times_are_seconds:
        time = (told.time_text.cast(pl.Float64, strict=False) * 1_000).round().cast(pl.Int64, strict=False)
    else:
        time = told.time_text.cast(pl.Int64, strict=False)
    is_time = _is_there(time) | (told.time_text == "").to_numpy()
    if declaration.observed_at is not None and time.null_count():
        time = time.fill_null(int(declaration.observed_at.timestamp() * 1_000))
    series = known.number(told.series_text)
    return _Lines(
        told.source_line,
        series,
        value.to_numpy(),
        time.to_numpy() if not time.null_count() else time.fill_null(0).to_numpy(),
        known.is_series[series] & _is_there(value) & is_time,
        _is_there(time),
    )


def _is_there(column: pl.Series) -> np.ndarray:
    return column.is_not_null().to_numpy() if column.null_count() else np.ones(len(column), dtype=bool)


EXPOSITION = Reader("prometheus exposition", recognizes_exposition, read_exposition)
