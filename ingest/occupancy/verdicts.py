"""The verdict on every row: accepted, or set aside with the first rule it breaks.

A reader states its rules in order of precedence; nothing here knows a format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reading, UnreadableFileError
from ingest.records import RecordKind
from ingest.telemetry.identity import UNPRINTABLE

LARGEST_COUNT = 10_000_000
"""A count above it is a slip of the pen or of a unit: no center has as many cards or nodes."""


@dataclass(frozen=True)
class Rule:
    """Rows where `is_broken` is true are set aside with `reason_code`; `detail` names the value."""

    reason_code: str
    is_broken: pl.Expr
    detail: pl.Expr


def declared_center(declaration: Declaration, path: Path) -> str:
    """The declared center; a file of this family never names one, so without it the whole file is refused."""
    if declaration.center_id:
        return declaration.center_id
    message = f"{path.name}: no center is named; declare center_id (in feed.toml beside the file) and send it again."
    raise UnreadableFileError("NO_CENTER", message)


def shape_rules(columns: tuple[str, ...], required: tuple[str, ...]) -> list[Rule]:
    """A line can be split, has a cell per column, holds nothing that cannot be seen, and lacks nothing required."""
    return [
        Rule("MALFORMED_LINE", pl.col("is_malformed"), pl.lit("a quote is not closed")),
        Rule(
            "WRONG_COLUMN_COUNT",
            pl.col("cell_count") != len(columns),
            pl.format("{} cells instead of {}", pl.col("cell_count"), pl.lit(len(columns))),
        ),
        *hidden_rules(columns),
        *(Rule("MISSING_VALUE", pl.col(column).is_null(), pl.lit(column)) for column in required),
    ]


def hidden_rules(columns: Sequence[str]) -> list[Rule]:
    """No text holds a character that cannot be seen: two names that look the same would be two."""
    return [Rule("UNPRINTABLE_CHARACTER", pl.col(name).str.contains(UNPRINTABLE), pl.lit(name)) for name in columns]


def count_rules(column: str, minimum: int) -> list[Rule]:
    """The text in `column` is a whole number from `minimum` on; `8.0`, as spreadsheets write it, is one."""
    is_whole = pl.col(column).str.contains(r"^-?\d+(\.0+)?$")
    number = pl.col(column).cast(pl.Float64, strict=False)
    return [
        Rule("NOT_AN_INTEGER", ~is_whole | number.is_null(), quote(column)),
        Rule("OUT_OF_RANGE", ~number.is_between(minimum, LARGEST_COUNT), quote(column)),
    ]


def as_count(column: str) -> pl.Expr:
    """The whole number that `column` holds as text; null where `count_rules` sets the row aside anyway."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(number.is_between(0, LARGEST_COUNT)).then(number).cast(pl.Int64)


def quote(column: str) -> pl.Expr:
    """The offending cell as a detail: the column's name and the text in it."""
    return pl.format(column + "={}", pl.col(column))


def judge(rows: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Add `reason_code` and `detail` of the first broken rule; both null for a row that keeps all of them.

    A row that already has a reason keeps it.
    """
    if "reason_code" not in rows.columns:
        none = pl.lit(None, pl.String())
        rows = rows.with_columns(none.alias("reason_code"), none.alias("detail"))
    first = pl.coalesce(pl.when(rule.is_broken).then(pl.lit(number)) for number, rule in enumerate(rules))
    judged = rows.with_columns(first.alias("broken_rule"))
    reason = pl.coalesce(
        pl.when(pl.col("broken_rule") == number).then(pl.lit(rule.reason_code)) for number, rule in enumerate(rules)
    )
    detail = pl.coalesce(
        pl.when(pl.col("broken_rule") == number).then(rule.detail) for number, rule in enumerate(rules)
    )
    is_open = pl.col("reason_code").is_null()
    return judged.with_columns(
        pl.when(is_open).then(reason).otherwise("reason_code").alias("reason_code"),
        pl.when(is_open).then(detail).otherwise("detail").alias("detail"),
    ).drop("broken_rule")


def set_repeats_aside(judged: pl.DataFrame, key: Sequence[str], content: Sequence[str]) -> pl.DataFrame:
    """Among rows without a reason, keep the first of each `key`.

    A later row equal in `content` too is EXACT_DUPLICATE, one that differs is CONFLICTING_KEY: which of two
    values is true cannot be told from the file, so the first stays and the other waits for a person.
    """
    candidates = (
        judged.filter(pl.col("reason_code").is_null())
        .select("source_line", *dict.fromkeys([*key, *content]))
        .with_columns(
            pl.col("source_line").min().over(list(key)).alias("first_line_of_key"),
            pl.col("source_line").min().over(list(content)).alias("first_line_of_content"),
        )
        .select("source_line", "first_line_of_key", "first_line_of_content")
    )
    marked = judged.join(candidates, on="source_line", how="left", maintain_order="left")
    rules = [
        Rule(
            "EXACT_DUPLICATE",
            pl.col("first_line_of_content") < pl.col("source_line"),
            pl.format("repeats line {}", "first_line_of_content"),
        ),
        Rule(
            "CONFLICTING_KEY",
            pl.col("first_line_of_key") < pl.col("source_line"),
            pl.format("line {} says otherwise", "first_line_of_key"),
        ),
    ]
    return judge(marked, rules).drop("first_line_of_key", "first_line_of_content")


def as_reading(format_name: str, kind: RecordKind, judged: pl.DataFrame, center_id: str, source_sha256: str) -> Reading:
    """Part judged rows, which hold the kind's own fields as columns, into records and quarantine."""
    is_accepted = pl.col("reason_code").is_null()
    accepted = judged.filter(is_accepted).with_columns(
        pl.lit(center_id).alias("center_id"),
        pl.lit(1, pl.Int64()).alias("revision"),
        pl.lit(source_sha256).alias("source_sha256"),
    )
    records = accepted.select(pl.col(name).cast(type_) for name, type_ in kind.lake_schema.items())
    quarantined = judged.filter(~is_accepted).select(
        pl.col(name).cast(type_) for name, type_ in QUARANTINE_SCHEMA.items()
    )
    return Reading(
        format_name=format_name,
        rows_in=judged.height,
        rows_accepted=records.height,
        records={kind.name: records},
        quarantined=quarantined,
    )
