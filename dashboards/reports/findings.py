"""Findings as the command line hands them out: one row per finding, columns are a public contract."""

from pathlib import Path

import polars as pl

from dashboards import queries

COLUMNS = (
    "finding_id",
    "rule_id",
    "rule_version",
    "center_id",
    "subject_kind",
    "subject_id",
    "period_start_on",
    "evidence_start_on",
    "period_end_on",
    "severity",
    "verdict",
    "observed",
    "expected",
    "unit",
    "confidence",
    "evidence_family",
    "evidence_kind",
    "evidence_count",
    "first_evidence_key",
    "last_evidence_key",
    "counter_check_code",
)


def findings(path: Path) -> pl.DataFrame:
    """Every finding of one published file, gravest and surest first."""
    return queries.findings.findings(path).select(COLUMNS)


def evidence(path: Path, finding_id: str) -> pl.DataFrame:
    """Files and lines one finding rests on: record_kind, record_id, days, original_name, source_sha256, lines."""
    return queries.findings.evidence(path, finding_id)


def described(path: Path, finding_id: str) -> dict[str, object] | None:
    """One finding with the words of its rule, or None."""
    found = queries.findings.findings(path).filter(pl.col("finding_id") == finding_id)
    return found.row(0, named=True) if found.height else None
