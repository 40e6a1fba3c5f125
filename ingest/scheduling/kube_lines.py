"""Lines of kube-state-metrics exposition text that say which pod asked for which resource, and how the pod stands."""

import re
from datetime import UTC
from pathlib import Path

import polars as pl

from ingest.reading import Declaration, UnreadableFileError

REQUESTS = "kube_pod_container_resource_requests"
PHASES = "kube_pod_status_phase"
STARTS = "kube_pod_start_time"
COMPLETIONS = "kube_pod_completion_time"
METRICS = (REQUESTS, PHASES, STARTS, COMPLETIONS)
LABELS = ("namespace", "pod", "uid", "container", "node", "resource", "unit", "phase")

_LATEST_MS = 4_102_444_800_000
"""The year 2100: no sample is later."""

_KUBE_LINE = re.compile(r"^(?:# (?:HELP|TYPE) )?kube_[a-z]+_", re.MULTILINE)
_LABEL_PAIR = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*"'
_SAMPLE = (
    rf"^(?P<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)(?P<labels>\{{(?:{_LABEL_PAIR},?\s*)*\}})?"
    r"\s+(?P<value>\S+)(?:\s+(?P<time>\S+))?$"
)


def recognizes(head: bytes) -> bool:
    """Whether a metric of kube-state-metrics, or a comment on one, begins a line."""
    return _KUBE_LINE.search(head.decode("utf-8", errors="replace")) is not None


def read_lines(path: Path, declaration: Declaration) -> pl.DataFrame:
    """One row per sample line, with its number, parts and time.

    Columns: `source_line`, `raw_text`, `metric` (null where the line is malformed), `value`, one text column per name
    in `LABELS` (empty text where the label is absent) and `observed_at` (UTC; the line's own time, else the declared
    one, else null).

    Raises:
        UnreadableFileError: the file is not UTF-8.
    """
    try:
        lines = pl.read_lines(path, name="raw_text", row_index_name="source_line", row_index_offset=1)
    except pl.exceptions.ComputeError as error:
        raise UnreadableFileError("NOT_UTF8", f"{path.name}: not UTF-8 text. Save the file as UTF-8.") from error
    lines = lines.with_columns(
        pl.col("source_line").cast(pl.Int64), pl.col("raw_text").str.strip_chars().str.strip_prefix("\ufeff")
    ).filter(pl.col("raw_text") != "")
    is_openmetrics = lines.height > 0 and lines["raw_text"][-1] == "# EOF"
    samples = lines.filter(~pl.col("raw_text").str.starts_with("#"))
    parts = samples.with_columns(pl.col("raw_text").str.extract_groups(_SAMPLE).struct.unnest())
    value, time = pl.col("value").cast(pl.Float64, strict=False), pl.col("time").cast(pl.Float64, strict=False)
    milliseconds = (time * (1_000 if is_openmetrics else 1)).round().cast(pl.Int64, strict=False)
    has_bad_time = pl.col("time").is_not_null() & ~milliseconds.is_between(0, _LATEST_MS).fill_null(False)
    observed_at = declaration.observed_at.astimezone(UTC) if declaration.observed_at else None
    declared = pl.lit(observed_at, pl.Datetime("us", "UTC"))
    return parts.select(
        "source_line",
        "raw_text",
        pl.when(value.is_not_null() & ~has_bad_time).then(pl.col("metric")).alias("metric"),
        value.alias("value"),
        *(_label(name).alias(name) for name in LABELS),
        pl.coalesce(
            pl.from_epoch(pl.when(~has_bad_time).then(milliseconds), "ms")
            .dt.cast_time_unit("us")
            .dt.replace_time_zone("UTC"),
            declared,
        ).alias("observed_at"),
    )


def _label(name: str) -> pl.Expr:
    return pl.col("labels").str.extract(rf'[{{,\s]{name}="((?:[^"\\]|\\.)*)"').fill_null("")
