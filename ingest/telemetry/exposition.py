"""Prometheus exposition text of mapped exporters: one scrape, or many with their times, as samples."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from ingest.power.series import PowerSeries, power_metrics, with_power
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading
from ingest.telemetry.kept import KeptValues
from ingest.telemetry.line_blocks import LineBlock, last_line, line_blocks, texts_of
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices, widen_kept

_METRIC_NAME = r"^[a-zA-Z_:][a-zA-Z0-9_:]*$"
_LABEL_PAIR = r'[a-zA-Z_][a-zA-Z0-9_]*\s*=\s*"(?:[^"\\]|\\.)*"'
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
    times_are_seconds = last_line(path) == b"# EOF"
    known, values, power = SeriesTable(declaration), KeptValues(_VALUES), KeptValues(_VALUES)
    row_count, unmapped, faults = 0, 0, [_NO_FAULTS]
    for block in line_blocks(path):
        lines = _parse(_sample_lines(block, times_are_seconds), times_are_seconds, declaration, known)
        good = lines.filter(pl.col("fault").is_null())
        unused = good.filter(~pl.col("is_mapped"))
        of_power = unused.filter(pl.col("series").is_in(known.power_series()))
        row_count += lines.height - of_power.height
        unmapped += unused.height - of_power.height
        values.append(good.filter("is_mapped").select(*_VALUES))
        power.append(of_power.select(*_VALUES))
        faults.append(
            lines.filter(pl.col("fault").is_not_null()).select("source_line", reason_code="fault", detail=pl.lit(""))
        )
    widened = widen_kept(known.series(), values, declaration)
    quarantined = pl.concat([*faults, widened.set_aside.select("source_line", "reason_code", "detail")])
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
        spill=widened.spill,
    )
    return with_power(reading, _power_series(power, known), declaration, source_sha256, path)


def _power_series(power: KeptValues, known: "SeriesTable") -> Iterator[PowerSeries]:
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


def _trimmed(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.strip_prefix("\ufeff")


def _sample_lines(block: LineBlock, has_exemplars: bool) -> pl.DataFrame:
    """Lines that are neither blank nor comment as `source_line`, `series_text` (name and labels) and `tail`.

    Nearly every line begins with a letter and holds a closing brace: it is cut behind the last one, without a copy.
    All others are cut by what stands first, a brace or a space. OpenMetrics lines may have exemplars at their end,
    which are left out.
    """
    begins = _KIND_OF_BYTE[block.data[np.minimum(block.starts, len(block.data) - 1)]]
    braces = np.concatenate(([-1], block.positions(ord("}"))))
    cut = braces[np.searchsorted(braces, block.ends) - 1] + 1
    is_usual = (begins == _LETTER) & (cut > block.starts)
    if has_exemplars:
        hashes = block.positions(ord("#"))
        is_usual[np.searchsorted(block.starts, hashes, side="right") - 1] = False
    usual = np.flatnonzero(is_usual)
    offsets = np.column_stack([block.starts[usual], cut[usual], block.ends[usual]]).ravel()
    pieces = pl.from_arrow(_strings(block.data, np.append(offsets, len(block.data))))
    lines = pl.DataFrame(
        {
            "source_line": block.numbers(usual),
            "series_text": pieces.gather_every(3),
            "tail": pieces.gather_every(3, 1).str.strip_chars(),
        }
    )
    others = np.flatnonzero(~is_usual & (begins != _HASH) & (block.ends > block.starts))
    return pl.concat([lines, _unusual_lines(block, others)]) if len(others) else lines


_LETTER, _HASH = 1, 2
_KIND_OF_BYTE = np.zeros(256, dtype=np.uint8)
_KIND_OF_BYTE[[*b"_:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]] = _LETTER
_KIND_OF_BYTE[ord("#")] = _HASH


def _strings(data: np.ndarray, offsets: np.ndarray) -> pa.LargeStringArray:
    """Texts that stand one behind the other in some UTF-8 bytes, from each offset to the next."""
    return pa.LargeStringArray.from_buffers(
        len(offsets) - 1, pa.py_buffer(offsets.astype(np.int64)), pa.py_buffer(data)
    )


def _unusual_lines(block: LineBlock, rows: np.ndarray) -> pl.DataFrame:
    """The same of lines that are indented, have no labels or are broken; blank ones and comments are left out."""
    lines = pl.DataFrame({"source_line": block.numbers(rows), "line": block.texts(rows)})
    lines = lines.with_columns(_trimmed("line").str.replace(_EXEMPLAR, ""))
    lines = lines.filter(pl.col("line") != "", ~pl.col("line").str.starts_with("#"))
    line = pl.col("line")
    labeled, bare = line.str.splitn("{", 2).struct, line.str.splitn(" ", 2).struct
    rest = labeled.field("field_1")
    after_labels = rest.str.split("}").list.last()
    series = pl.concat_str(labeled.field("field_0"), pl.lit("{"), rest.str.strip_suffix(after_labels))
    has_labels = line.str.contains("{", literal=True)
    return lines.select(
        "source_line",
        pl.when(has_labels).then(series).otherwise(bare.field("field_0") + "{}").alias("series_text"),
        pl.when(has_labels).then(after_labels).otherwise(bare.field("field_1")).str.strip_chars().alias("tail"),
    )


def _parse(
    lines: pl.DataFrame, times_are_seconds: bool, declaration: Declaration, known: "SeriesTable"
) -> pl.DataFrame:
    """Per line: `source_line`, `series`, `is_mapped`, `value`, `sampled_at_ms`, and `fault`, a reason code or null."""
    tail = lines["tail"]
    if tail.str.contains("\t", literal=True).any():
        tail = tail.str.replace_all("\t", " ", literal=True)
    value_text, time_text = tail.str.splitn(" ", 2).struct.unnest().get_columns()
    time_text = time_text.str.strip_chars()
    if times_are_seconds:
        time = (time_text.cast(pl.Float64, strict=False) * 1_000).round().cast(pl.Int64, strict=False)
    else:
        time = time_text.cast(pl.Int64, strict=False)
    has_bad_time = pl.lit(time_text.is_not_null() & time.is_null())
    if declaration.observed_at is not None:
        time = time.fill_null(int(declaration.observed_at.timestamp() * 1_000))
    is_well_formed = pl.col("is_series") & pl.col("value").is_not_null() & ~has_bad_time
    return (
        known.number(lines.drop("tail"))
        .with_columns(
            value_text.cast(pl.Float64, strict=False).alias("value"),
            time.alias("sampled_at_ms"),
        )
        .with_columns(
            pl.when(~is_well_formed)
            .then(pl.lit("MALFORMED_LINE"))
            .when(pl.col("sampled_at_ms").is_null())
            .then(pl.lit("NO_TIMESTAMP"))
            .alias("fault")
        )
    )


class SeriesTable:
    """Every series met in a file, numbered from zero, recognized again by two hashes of its name and labels."""

    _KEY = ("hash_1", "hash_2")

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration
        self._facts: list[pl.DataFrame] = []
        self.power_labels: dict[int, dict[str, str]] = {}
        self._numbers = pl.DataFrame(
            schema={
                **dict.fromkeys(self._KEY, pl.UInt64),
                "series": pl.UInt32,
                "is_series": pl.Boolean,
                "is_mapped": pl.Boolean,
            }
        )

    def number(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Add `series`, `is_series` and `is_mapped` to lines with `series_text`."""
        text = pl.col("series_text")
        hashed = lines.with_columns(text.hash(1).alias("hash_1"), text.hash(2).alias("hash_2"))
        numbered = self._look_up(hashed)
        fresh = numbered.filter(pl.col("series").is_null()).unique(self._KEY)
        if fresh.height:
            fresh = fresh.select(*self._KEY, "series_text").with_columns(
                pl.int_range(self._numbers.height, self._numbers.height + fresh.height, dtype=pl.UInt32).alias("series")
            )
            # A copy, or these few texts would keep the whole block in memory.
            own_text = pl.Series("series_text", fresh["series_text"].to_list(), dtype=pl.String)
            facts = _facts(fresh.select("series", own_text), self._declaration)
            self._remember_power(fresh["series"].to_list(), own_text.to_list())
            self._facts.append(facts.drop("is_series"))
            numbers = fresh.join(
                facts.select("series", "is_series", pl.col("vendor").is_not_null().alias("is_mapped")), on="series"
            )
            self._numbers = pl.concat([self._numbers, numbers.select(*self._numbers.columns)])
            numbered = self._look_up(hashed)
        return numbered.drop(*self._KEY, "series_text")

    def _remember_power(self, numbers: list[int], texts: list[str]) -> None:
        """Note the labels of series that tell power of machines and meters, with the metric's name as `__name__`."""
        for number, text in zip(numbers, texts, strict=True):
            name = text.partition("{")[0].strip()
            if name.lower() in power_metrics():
                pairs = (pair.partition("=") for pair in re.findall(_LABEL_PAIR, text))
                labels = {label.strip(): _plain(quoted.strip()[1:-1]) for label, _, quoted in pairs}
                self.power_labels[number] = labels | {"__name__": name}

    def power_series(self) -> pl.Series:
        """The numbers of the series that tell power of machines and meters."""
        return pl.Series(list(self.power_labels), dtype=pl.UInt32).implode()

    def _look_up(self, hashed: pl.DataFrame) -> pl.DataFrame:
        return hashed.join(self._numbers, on=self._KEY, how="left", maintain_order="left")

    def series(self) -> pl.DataFrame:
        """What is known of each series, in the order of their numbers."""
        facts = self._facts or [
            _facts(pl.DataFrame(schema={"series": pl.UInt32, "series_text": pl.String}), self._declaration)
        ]
        return pl.concat(facts, how="vertical_relaxed").sort("series").drop("series")


def _facts(series: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """What names and labels say: whether they are well formed, the mapping's facts, the device and its labels."""
    parts = pl.col("series_text").str.splitn("{", 2).struct
    split = series.select(
        "series",
        parts.field("field_0").str.strip_chars().alias("name"),
        parts.field("field_1").alias("label_text"),
    ).with_columns(
        pl.col("name").str.to_lowercase().alias("metric"),
        pl.col("name").str.contains(_METRIC_NAME).alias("is_name"),
        pl.col("label_text")
        .str.replace_all(_LABEL_PAIR, "")
        .str.contains(r"^[\s,]*\}$")
        .fill_null(False)
        .alias("is_label_text"),
    )
    split = split.join(vendor_mapping().metrics, on="metric", how="left")
    is_series = (pl.col("is_name") & pl.col("is_label_text")).fill_null(False)
    named = split.with_columns(is_series.alias("is_series")).drop("name", "is_name", "is_label_text")
    return _with_devices(named, declaration).drop("label_text").sort("series")


def _with_devices(mapped: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add device and label columns, worked out once per distinct label text."""
    texts = mapped.filter(pl.col("vendor").is_not_null()).select("vendor", "label_text").unique()
    pairs = (
        texts.select(pl.col("label_text").unique())
        .with_columns(pl.col("label_text").str.extract_all(_LABEL_PAIR).alias("pair"))
        .explode("pair", empty_as_null=True)
        .with_columns(pl.col("pair").str.splitn("=", 2).struct.unnest())
        .select(
            "label_text",
            pl.col("field_0").str.strip_chars().str.to_lowercase().alias("label"),
            _unescaped(pl.col("field_1")).alias("text"),
        )
    )
    labels = pairs.group_by("label_text").agg(
        pl.col("text").filter(pl.col("label") == name).first().alias(LABEL + name) for name in vendor_mapping().labels
    )
    devices = name_devices(texts.join(labels, on="label_text"), declaration)
    return mapped.join(devices, on=["vendor", "label_text"], how="left", maintain_order="left")


def _plain(escaped: str) -> str:
    """The text of a label without its escapes."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escaped)


def _unescaped(quoted: pl.Expr) -> pl.Expr:
    text = quoted.str.strip_chars().str.strip_prefix('"').str.strip_suffix('"')
    unescaped = (
        text.str.replace_all(r"\\", "\x00", literal=True)
        .str.replace_all(r"\"", '"', literal=True)
        .str.replace_all(r"\n", "\n", literal=True)
        .str.replace_all("\x00", "\\", literal=True)
    )
    return pl.when(text.str.contains("\\", literal=True)).then(unescaped).otherwise(text)


EXPOSITION = Reader("prometheus exposition", recognizes_exposition, read_exposition)
