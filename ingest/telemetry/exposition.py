"""Prometheus exposition text of mapped exporters: one scrape, or many with their times, as samples."""

import re
from pathlib import Path

import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.readings import LABEL, name_devices, widen

_METRIC_NAME = r"^[a-zA-Z_:][a-zA-Z0-9_:]*$"
_LABEL_PAIR = r'[a-zA-Z_][a-zA-Z0-9_]*\s*=\s*"(?:[^"\\]|\\.)*"'
_SAMPLE_LINE = re.compile(r"^[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(?:\{[^\n]*\}[ \t]*|[ \t])[-+.0-9NI]", re.MULTILINE)
_UNMAPPED = "rows of metrics that are not used"


def recognizes_exposition(head: bytes) -> bool:
    """True for text with a sample line of a known accelerator exporter among its first lines."""
    pattern = vendor_mapping().pattern
    text = head.decode("utf-8", errors="replace")
    return any(pattern.match(found.group(1)) for found in _SAMPLE_LINE.finditer(text))


def read_exposition(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read exposition or OpenMetrics text; samples without a time were taken at `declaration.observed_at`.

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    lines, times_are_seconds = _sample_lines(path)
    parsed = _parse(lines, times_are_seconds, declaration)
    malformed = parsed.filter("is_malformed")
    timeless = parsed.filter(~pl.col("is_malformed"), pl.col("sampled_at_ms").is_null())
    good = parsed.filter(~pl.col("is_malformed"), pl.col("sampled_at_ms").is_not_null())
    mapped = good.filter(pl.col("vendor").is_not_null())
    widened = widen(_with_devices(mapped), declaration)
    quarantined = pl.concat(
        [
            malformed.select("source_line", reason_code=pl.lit("MALFORMED_LINE"), detail=pl.lit("")),
            timeless.select("source_line", reason_code=pl.lit("NO_TIMESTAMP"), detail=pl.lit("")),
            widened.set_aside.select("source_line", "reason_code", "detail"),
        ]
    ).join(lines.select("source_line", pl.col("line").alias("raw_text")), on="source_line", how="left")
    unmapped = good.height - mapped.height
    return Reading(
        format_name="prometheus exposition",
        rows_in=lines.height,
        rows_accepted=lines.height - quarantined.height,
        samples=widened.samples,
        quarantined=quarantined.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items()).sort(
            "source_line"
        ),
        notices=({_UNMAPPED: unmapped} if unmapped else {}) | widened.notices,
    )


def _sample_lines(path: Path) -> tuple[pl.DataFrame, bool]:
    """Lines that are neither blank nor comment, with their numbers; and whether times are OpenMetrics seconds."""
    try:
        lines = pl.read_lines(path, name="line", row_index_name="source_line", row_index_offset=1)
    except pl.exceptions.ComputeError as error:
        raise UnreadableFileError("NOT_UTF8", f"{path.name}: not UTF-8 text. Save the file as UTF-8.") from error
    lines = lines.with_columns(pl.col("line").str.strip_chars().str.strip_prefix("\ufeff"))
    lines = lines.filter(pl.col("line") != "")
    times_are_seconds = lines.height > 0 and lines["line"][-1] == "# EOF"
    return lines.filter(~pl.col("line").str.starts_with("#")), times_are_seconds


def _parse(lines: pl.DataFrame, times_are_seconds: bool, declaration: Declaration) -> pl.DataFrame:
    """Per line: metric facts of the mapping, `label_text`, `value`, `sampled_at_ms` and `is_malformed`."""
    line = pl.col("line")
    has_labels = line.str.contains("{", literal=True)
    labeled = line.str.splitn("{", 2).struct
    bare = line.str.splitn(" ", 2).struct
    rest = labeled.field("field_1")
    after_labels = rest.str.split("}").list.last()
    split = lines.lazy().select(
        "source_line",
        pl.when(has_labels)
        .then(labeled.field("field_0").str.strip_chars())
        .otherwise(bare.field("field_0"))
        .alias("name"),
        pl.when(has_labels).then(rest.str.strip_suffix(after_labels)).otherwise(pl.lit("}")).alias("label_text"),
        pl.when(has_labels).then(after_labels).otherwise(bare.field("field_1")).str.strip_chars().alias("tail"),
    )
    tail = pl.col("tail").str.replace_all("\t", " ", literal=True).str.splitn(" ", 2).struct
    time_text = tail.field("field_1").str.strip_chars()
    if times_are_seconds:
        time = (time_text.cast(pl.Float64, strict=False) * 1_000).round().cast(pl.Int64, strict=False)
    else:
        time = time_text.cast(pl.Int64, strict=False)
    split = split.with_columns(
        tail.field("field_0").cast(pl.Float64, strict=False).alias("value"),
        time.alias("sampled_at_ms"),
        (time_text.is_not_null() & time.is_null()).alias("has_bad_time"),
    ).collect()
    metrics = split.select(pl.col("name").unique()).with_columns(
        pl.col("name").str.to_lowercase().alias("metric"), pl.col("name").str.contains(_METRIC_NAME).alias("is_name")
    )
    metrics = metrics.join(vendor_mapping().metrics, on="metric", how="left").drop("metric")
    label_texts = split.select(pl.col("label_text").unique()).with_columns(
        pl.col("label_text")
        .str.replace_all(_LABEL_PAIR, "")
        .str.contains(r"^[\s,]*\}$")
        .fill_null(False)
        .alias("is_label_text")
    )
    observed_ms = int(declaration.observed_at.timestamp() * 1_000) if declaration.observed_at else None
    well_formed = pl.col("is_name") & pl.col("is_label_text") & pl.col("value").is_not_null() & ~pl.col("has_bad_time")
    return (
        split.join(metrics, on="name", how="left", maintain_order="left")
        .join(label_texts, on="label_text", how="left", maintain_order="left")
        .with_columns(
            (~well_formed).fill_null(True).alias("is_malformed"),
            pl.col("sampled_at_ms").fill_null(pl.lit(observed_ms, pl.Int64)),
        )
    )


def _with_devices(mapped: pl.DataFrame) -> pl.DataFrame:
    """Add device and label columns, worked out once per distinct label text."""
    texts = mapped.select("vendor", "label_text").unique()
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
    devices = name_devices(texts.join(labels, on="label_text"))
    return mapped.join(devices, on=["vendor", "label_text"], how="left", maintain_order="left")


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
