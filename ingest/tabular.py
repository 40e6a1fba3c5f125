"""Canonical records from CSV: each row accepted with typed values, or set aside with the first thing wrong with it."""

import csv
import io
from pathlib import Path

import polars as pl

from ingest.instants import parse_instants
from ingest.reading import (
    PLACE_SCHEMA,
    QUARANTINE_SCHEMA,
    Declaration,
    Reader,
    Reading,
    UnreadableFileError,
    refuse_repeated_columns,
)
from ingest.records import RECORD_KINDS, Field, RecordKind
from ingest.telemetry.identity import UNPRINTABLE

_TRUE = ("true", "yes", "1", "是")
_FALSE = ("false", "no", "0", "否")
_LINE = "source_line"
_RAW = "raw_text"


def kind_of_header(headers: list[str]) -> RecordKind | None:
    """The record kind whose required headers are all there; of several the one with most headers in common.

    `center_id` may be missing, since the receiver can declare it.
    """
    present = set(headers)
    fitting = [kind for kind in RECORD_KINDS.values() if kind.required_headers - {"center_id"} <= present]
    return max(fitting, key=lambda kind: (len(present & set(kind.headers)), kind.name), default=None)


def _recognizes(head: bytes) -> bool:
    first_line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    try:
        headers = next(csv.reader([first_line.decode()]), [])
    except (UnicodeDecodeError, csv.Error):
        return False
    return kind_of_header([header.strip() for header in headers]) is not None


def read_record_csv(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a CSV file of one canonical record kind; extra columns are counted in the notices and left out.

    Raises:
        UnreadableFileError: the file is not UTF-8, is no CSV to its end, or has a column name twice.
    """
    headers, cells, broken, line_count = cells_of_csv(path)
    kind = kind_of_header(headers)
    if kind is None:
        raise UnreadableFileError(
            "MISSING_COLUMN", f"{path.name}: the header fits no kind of record: {', '.join(headers)}"
        )
    if "center_id" in kind.headers and "center_id" not in headers and declaration.center_id:
        cells = cells.with_columns(pl.lit(declaration.center_id).alias("center_id"))
    accepted, set_aside = accept_rows(kind, cells, declaration)
    extra = [header for header in headers if header not in kind.headers]
    return Reading(
        format_name=f"csv:{kind.name}",
        rows_in=line_count,
        rows_accepted=accepted.height,
        records={kind.name: accepted.with_columns(source_sha256=pl.lit(source_sha256)).select(*kind.lake_schema)},
        quarantined=pl.concat([broken, set_aside], how="diagonal").sort(_LINE),
        notices={f"column not used: {header}": line_count for header in extra},
    )


def cells_of_csv(path: Path) -> tuple[list[str], pl.DataFrame, pl.DataFrame, int]:
    """Header, cells as text with line numbers and raw text, rows of the wrong width, and the number of rows.

    Raises:
        UnreadableFileError: the file is not UTF-8, is no CSV to its end, or has a column name twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            "NOT_UTF8", f"{path.name}: byte {error.start} is not UTF-8. Save the file as UTF-8."
        ) from error
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines)
    # Spreadsheets write empty columns to the right of a table: they are named by their place, and used by nobody.
    headers = [header.strip() or f"(no name, column {number})" for number, header in enumerate(next(reader), start=1)]
    refuse_repeated_columns(headers, path.name)
    width, previous_line = len(headers), reader.line_num
    good: list[list] = []
    broken: list[tuple] = []
    try:
        for cells in reader:
            start, previous_line = previous_line + 1, reader.line_num
            if not cells:
                continue
            raw = "".join(lines[start - 1 : reader.line_num]).rstrip("\r\n")
            if len(cells) == width:
                good.append([*cells, start, raw])
            else:
                broken.append((start, raw, "WRONG_COLUMN_COUNT", f"{len(cells)} cells under {width} headers"))
    except csv.Error as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}, line {reader.line_num}: {error}.") from error
    schema = dict.fromkeys(headers, pl.String) | {_LINE: pl.Int64, _RAW: pl.String}
    frame = pl.DataFrame(good, schema=schema, orient="row")
    stripped = [pl.col(name).str.strip_chars().replace("", None) for name in headers]
    return (
        headers,
        frame.with_columns(stripped),
        pl.DataFrame(broken, schema=QUARANTINE_SCHEMA, orient="row"),
        len(good) + len(broken),
    )


def accept_rows(kind: RecordKind, cells: pl.DataFrame, declaration: Declaration) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split text cells into typed rows (lake columns but `source_sha256`) and quarantine rows with `column_names`.

    `cells` has text columns named like the kind's fields (missing ones count as empty), `source_line` and `raw_text`.
    """
    missing = [pl.lit(None, dtype=pl.String).alias(header) for header in kind.headers if header not in cells.columns]
    cells = cells.with_columns(missing)
    values, problems = [], []
    for field in kind.fields:
        value, code = _parse(field, declaration)
        values.append(value.alias(f"value:{field.name}"))
        problems.append(_problem(field, code))
    frame = cells.with_columns(values).with_columns(pl.coalesce(problems).alias("problem"))
    rules = _late_rules(kind, declaration)
    frame = frame.with_columns(pl.coalesce(pl.col("problem"), *rules).alias("problem"))
    frame = frame.with_columns(pl.coalesce(pl.col("problem"), _repeat_rule(kind)).alias("problem"))
    parts = pl.col("problem").str.splitn("|", 3).struct
    good = frame.filter(pl.col("problem").is_null())
    bad = frame.filter(pl.col("problem").is_not_null())
    accepted = good.select(
        *(pl.col(f"value:{field.name}").alias(field.lake_name) for field in kind.fields),
        pl.col(_LINE).cast(pl.Int64),
    )
    set_aside = bad.select(
        pl.col(_LINE),
        pl.col(_RAW),
        parts.field("field_0").alias("reason_code"),
        parts.field("field_2").alias("detail"),
        parts.field("field_1").alias("column_names"),
    )
    return accepted, set_aside.cast(QUARANTINE_SCHEMA | {"column_names": PLACE_SCHEMA["column_names"]})


def _parse(field: Field, declaration: Declaration) -> tuple[pl.Expr, pl.Expr]:
    """The typed value of a field, and the reason code where its text cannot be read."""
    text = pl.col(field.name)
    if field.type == "instant":
        return parse_instants(field.name, declaration.time_zone)
    if field.type == "text":
        return text if field.default is None else text.fill_null(str(field.default)), pl.lit(None, dtype=pl.String)
    code = {"integer": "NOT_AN_INTEGER", "boolean": "NOT_A_BOOLEAN", "date": "NOT_A_DATE"}.get(
        field.type, "NOT_A_NUMBER"
    )
    value = _PARSERS[field.type](text)
    problem = pl.when(text.is_not_null() & value.is_null()).then(pl.lit(code))
    if field.default is not None:
        value = pl.when(text.is_null()).then(pl.lit(field.default)).otherwise(value)
    return value, problem


def _scaled(text: pl.Expr, decimals: int) -> pl.Expr:
    """Decimal text as an integer of its smallest unit, exactly; null for any other text or more decimals."""
    fits = text.str.contains(rf"^-?\d{{1,15}}(\.\d{{1,{decimals}}})?$")
    sign = pl.when(text.str.starts_with("-")).then(-1).otherwise(1)
    parts = text.str.strip_prefix("-").str.splitn(".", 2).struct
    whole = parts.field("field_0").cast(pl.Int64, strict=False)
    fraction = parts.field("field_1").fill_null("").str.pad_end(decimals, "0").cast(pl.Int64, strict=False)
    return pl.when(fits).then(sign * (whole * 10**decimals + fraction))


_PARSERS = {
    "integer": lambda text: pl.when(text.str.contains(r"^[+-]?\d{1,18}$")).then(text.cast(pl.Int64, strict=False)),
    "number": lambda text: (
        text.cast(pl.Float64, strict=False).replace([float("inf"), float("-inf")], None).fill_nan(None)
    ),
    "boolean": lambda text: (
        pl.when(text.str.to_lowercase().is_in(_TRUE))
        .then(pl.lit(True))
        .when(text.str.to_lowercase().is_in(_FALSE))
        .then(pl.lit(False))
    ),
    "date": lambda text: text.str.to_date("%Y-%m-%d", strict=False),
    "money_cny": lambda text: _scaled(text, 2),
    "quantity": lambda text: _scaled(text, 3),
}


def _reason(code: str | pl.Expr, *columns: str) -> pl.Expr:
    """Reason code, the columns at fault and their cells as one text, `CODE|name|name=value`."""
    head = pl.lit(code) if isinstance(code, str) else code
    cells = [pl.format("{}={}", pl.lit(name), pl.col(name).fill_null("(empty)")) for name in columns]
    return pl.format("{}|{}|{}", head, pl.lit(", ".join(columns)), pl.concat_str(cells, separator=", "))


def _problem(field: Field, code: pl.Expr) -> pl.Expr:
    """What is wrong with one field by itself, or null."""
    value = pl.col(f"value:{field.name}")
    hidden = pl.col(field.name).str.contains(UNPRINTABLE)
    problem = pl.when(hidden).then(_reason("UNPRINTABLE_CHARACTER", field.name))
    problem = problem.when(unreadable := code.is_not_null()).then(_reason(code, field.name))
    if field.required and field.default is None:
        problem = problem.when(~unreadable & pl.col(field.name).is_null()).then(_reason("MISSING_VALUE", field.name))
    if field.choices:
        problem = problem.when(~value.is_in(field.choices)).then(_reason("NOT_A_CHOICE", field.name))
    scale = {"money_cny": 100, "quantity": 1000}.get(field.type, 1)
    for bound, is_outside in ((field.minimum, value.lt), (field.maximum, value.gt)):
        if bound is not None:
            problem = problem.when(is_outside(bound * scale)).then(_reason("OUT_OF_RANGE", field.name))
    return problem.otherwise(pl.lit(None, dtype=pl.String))


def _late_rules(kind: RecordKind, declaration: Declaration) -> list[pl.Expr]:
    """What is wrong with a row of well-formed fields: what it lacks, its spans, its totals, its place in time."""
    rules = []
    if kind.one_of:
        says_nothing = pl.all_horizontal(pl.col(f"value:{name}").is_null() for name in kind.one_of)
        rules.append(pl.when(says_nothing).then(_reason("MISSING_VALUE", *kind.one_of)))
    for name, other in kind.needs:
        lacks = pl.col(f"value:{name}").is_not_null() & pl.col(f"value:{other}").is_null()
        rules.append(pl.when(lacks).then(_reason("MISSING_VALUE", other)))
    for start, end in kind.spans:
        wrong = pl.col(f"value:{end}") <= pl.col(f"value:{start}")
        rules.append(pl.when(wrong).then(_reason("END_NOT_AFTER_START", start, end)))
    for total, parts in kind.totals:
        told = pl.any_horizontal(pl.col(f"value:{part}").is_not_null() for part in parts)
        wrong = told & (pl.sum_horizontal(f"value:{part}" for part in parts) != pl.col(f"value:{total}"))
        rules.append(pl.when(wrong).then(_reason("PARTS_DO_NOT_SUM", total)))
    if declaration.received_at is not None:
        latest = pl.lit(declaration.received_at).dt.offset_by("5m")
        for field in kind.fields:
            if field.past_only:
                limit = latest if field.type == "instant" else latest.dt.offset_by("1d").dt.date()
                wrong = pl.col(f"value:{field.name}") > limit
                rules.append(pl.when(wrong).then(_reason("TIME_IN_FUTURE", field.name)))
    return [rule.otherwise(pl.lit(None, dtype=pl.String)) for rule in rules]


def _repeat_rule(kind: RecordKind) -> pl.Expr:
    """A later row with the key and revision of an earlier good one: an exact duplicate, or a conflict."""
    names = [*kind.key, *(["revision"] if "revision" in kind.headers else [])]
    key = [pl.col(f"value:{name}") for name in names]
    key_struct = pl.struct([*key, pl.col("problem").is_null().alias("is_good")])
    row_struct = pl.struct(
        [pl.col(f"value:{field.name}") for field in kind.fields] + [pl.col("problem").is_null().alias("is_good")]
    )
    return (
        pl.when(pl.col("problem").is_not_null() | key_struct.is_first_distinct())
        .then(pl.lit(None, dtype=pl.String))
        .when(~row_struct.is_first_distinct())
        .then(_reason("EXACT_DUPLICATE", *names))
        .otherwise(_reason("CONFLICTING_KEY", *names))
    )


RECORD_CSV = Reader("record CSV", _recognizes, read_record_csv)
