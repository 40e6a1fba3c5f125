"""Request logs of language model gateways, one JSON object per line, read into one row per request with its tokens.

Tokens are in no unit of metered usage and cannot be turned into card-hours: they are a record of their own. Within
one file a repeated request is set aside here; what two files say of one request is settled in SQL, where the order in
which they came cannot matter.
"""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl

from ingest import json_text
from ingest.instants import parse_instants
from ingest.occupancy.clock_times import past_rules
from ingest.occupancy.lines import complete_lines, read_lines
from ingest.occupancy.verdicts import Rule, as_reading, declared_center, judge, quote, set_repeats_aside
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError
from ingest.records.tokens import TOKEN_USAGE

FORMAT_NAME = "gateway request log"

_ABORTED = "requests that failed or were aborted without usage"
_TEXTS = {"request_id": "request_id", "ts": "ts", "tenant_id": "tenant_id", "model": "model", "server_id": "served_by"}
_COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens")
_LARGEST_COUNT = 10**9
_LINE_SCHEMA = {
    "problem": pl.String(),
    **dict.fromkeys(_TEXTS, pl.String()),
    "status": pl.String(),
    "has_usage": pl.Boolean(),
    **dict.fromkeys(_COUNTS, pl.String()),
}


def recognizes(head: bytes) -> bool:
    """Whether the first line is an object that tells a request's id and whether it has usage."""
    lines = complete_lines(head)
    try:
        first = json.loads(lines[0]) if lines else None
    except ValueError:
        return False
    return isinstance(first, dict) and {"request_id", "ts", "usage"} <= set(first)


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a log; of lines with one request id the first counts, and one that says otherwise waits for a person.

    A request that failed or was aborted without usage is counted in the notices. One that succeeded without usage is
    set aside, since its tokens were used and are not known.

    Raises:
        UnreadableFileError: no center or an unknown zone is declared, or the file is empty or not UTF-8.
    """
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    parsed = pl.DataFrame([_parsed(line) for line in lines["raw_text"]], schema=_LINE_SCHEMA, orient="row")
    rows = lines.hstack(parsed)
    try:
        instant, time_code = parse_instants("ts", declaration.time_zone)
        rows = rows.with_columns(instant.alias("requested_at"), time_code.alias("time_problem"))
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {declaration.time_zone!r} is unknown; declare one such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error
    counts = {name: _number(name) for name in _COUNTS}
    rows = rows.with_columns(
        pl.lit(center_id).alias("center_id"),
        _number("status").alias("status_number"),
        *(count.alias(f"{name}_number") for name, count in counts.items()),
    )
    judged = judge(rows, _rules(declaration))
    is_open = pl.col("reason_code").is_null()
    aborted = judged.filter(is_open & ~pl.col("has_usage"))
    answered = judged.filter(~is_open | pl.col("has_usage"))
    content = ["request_id", "tenant_id", "model", *(f"{name}_number" for name in _COUNTS)]
    distinct = set_repeats_aside(answered, key=["request_id"], content=content)
    fields = distinct.with_columns(
        pl.col("tenant_id").alias("tenant_name"),
        pl.col("model").alias("model_name"),
        pl.col("status_number").alias("http_status"),
        pl.col("prompt_tokens_number").alias("prompt_token_count"),
        pl.col("cached_tokens_number").alias("cached_token_count"),
        pl.col("completion_tokens_number").alias("completion_token_count"),
    )
    reading = as_reading(FORMAT_NAME, TOKEN_USAGE, fields, center_id, source_sha256)
    return replace(
        reading,
        rows_in=lines.height,
        rows_accepted=lines.height - reading.quarantined.height,
        notices={_ABORTED: aborted.height} if aborted.height else {},
    )


def _parsed(line: str) -> tuple:
    """What a line says, numbers as text; the first cell tells why it is no request."""
    nothing = (None,) * (len(_LINE_SCHEMA) - 1)
    try:
        entry = json_text.parse(line)
    except ValueError:
        return ("no JSON", *nothing)
    if not isinstance(entry, dict):
        return ("no JSON object", *nothing)
    usage = entry.get("usage")
    if usage is not None and not isinstance(usage, dict):
        return ("usage is no object", *nothing)
    said = usage or {}
    details = said.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    numbers = [*(said.get(name) for name in _COUNTS[:-1]), cached]
    return (
        None,
        *(_text(entry.get(name)) for name in _TEXTS.values()),
        _text(entry.get("status")),
        usage is not None,
        *map(_text, numbers),
    )


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _number(name: str) -> pl.Expr:
    text = pl.col(name)
    return pl.when(text.str.contains(r"^-?\d{1,15}$")).then(text.cast(pl.Int64, strict=False))


def _rules(declaration: Declaration) -> list[Rule]:
    """What sets a line aside, in order of precedence."""
    prompt, completion, total, cached = (pl.col(f"{name}_number") for name in _COUNTS)
    succeeded = pl.col("status_number").is_between(200, 299)
    needed = ("prompt_tokens", "completion_tokens")
    return [
        Rule("MALFORMED_LINE", pl.col("problem").is_not_null(), pl.col("problem")),
        *(Rule("MISSING_VALUE", pl.col(name).is_null(), pl.lit(name)) for name in ("request_id", "ts", "status")),
        *(
            Rule(code, pl.col("time_problem") == code, quote("ts"))
            for code in ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST")
        ),
        *past_rules("requested_at", "ts", declaration),
        Rule("NOT_AN_INTEGER", pl.col("status_number").is_null(), quote("status")),
        Rule("OUT_OF_RANGE", ~pl.col("status_number").is_between(100, 599), quote("status")),
        Rule("MISSING_VALUE", succeeded & ~pl.col("has_usage"), pl.lit("usage of a request that succeeded")),
        *(Rule("MISSING_VALUE", pl.col("has_usage") & pl.col(name).is_null(), pl.lit(name)) for name in needed),
        *(
            Rule("NOT_AN_INTEGER", pl.col(name).is_not_null() & pl.col(f"{name}_number").is_null(), quote(name))
            for name in _COUNTS
        ),
        *(
            Rule("OUT_OF_RANGE", ~pl.col(f"{name}_number").is_between(0, _LARGEST_COUNT), quote(name))
            for name in _COUNTS
        ),
        Rule("OUT_OF_RANGE", cached > prompt, quote("cached_tokens")),
        Rule("PARTS_DO_NOT_SUM", prompt + completion != total, quote("total_tokens")),
    ]


GATEWAY_LOG_READER = Reader(FORMAT_NAME, recognizes, read)
