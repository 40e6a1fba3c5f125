"""The gate: what accepted records and samples must satisfy before anything is built on them.

The suites follow from the record kinds' own fields. Great Expectations judges them, and only this file knows it. It
takes pandas frames alone and costs seven CPU seconds to import, so it is imported when the gate is first used and
only ever sees a small frame:

- up to 10,000 records go to it whole; of more, Polars first takes the telling rows: those that break an expectation
  if any row does (nulls, smallest and largest values, one row per distinct choice, repeated keys). The verdict is
  that of the whole frame; the count of unexpected values is then a lower bound.
- of telemetry samples only one row of summary statistics goes to it, computed by Polars over all of them.

Rows that break a rule are set aside by the readers; here nothing is expected to fail. What does fail is a fault of
a reader or of the lake, and `critical` outcomes stop the build.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from ingest.records import RECORD_KINDS, Field, RecordKind
from ingest.telemetry.schema import SAMPLE_SCHEMA

Severity = Literal["critical", "warning"]

SAMPLES = "samples"
"""Name under which `check_frames` takes telemetry samples; all other names are those of record kinds."""

_WHOLE_ROWS = 10_000
_ROWS_PER_CLAIM = 1_000
_SHOWN_VALUES = 3
_LAKE_SCALE = {"money_cny": 100, "quantity": 1000}
_EARLIEST_MS, _LATEST_MS = 946_684_800_000, 4_102_444_800_000
"""The years 2000 to 2100: seconds or microseconds taken for milliseconds fall far outside."""
_SAMPLE_RANGES: dict[str, tuple[float, float | None]] = {
    "sampled_at_ms": (_EARLIEST_MS, _LATEST_MS),
    **{name: (0, 100) for name in SAMPLE_SCHEMA if name.endswith("_pct")},
    "memory_used_bytes": (0, None),
    "power_w": (0, None),
}
_OBSERVATIONS = tuple(name for name in _SAMPLE_RANGES if name != "sampled_at_ms")


@dataclass(frozen=True)
class ExpectationOutcome:
    """What came of one expectation on one frame; `message` is a sentence, with an exception's text if it crashed.

    `element_count` is the number of records, or 1 for a summary statistic of samples, whose value is in the message.
    An expectation that crashed, or is about the columns themselves, has an `unexpected_count` of 0.
    """

    expectation: str
    column: str
    severity: Severity
    success: bool
    unexpected_count: int
    element_count: int
    message: str


@dataclass(frozen=True)
class _Claim:
    """One expectation before it is judged: its class in Great Expectations, and what it says as a sentence.

    `columns` are shown in the outcome, `judged_columns` are what Great Expectations must be given.
    """

    class_name: str
    columns: tuple[str, ...]
    severity: Severity
    sentence: str
    arguments: dict[str, Any]
    judged_columns: tuple[str, ...]
    telling_rows: Callable[[pl.DataFrame], pl.DataFrame] = field(default=lambda frame: frame.clear())


@dataclass(frozen=True)
class _Case:
    """Claims about one frame, and the small frame that stands for it."""

    claims: list[_Claim]
    frame: pl.DataFrame
    element_count: int
    is_whole: bool
    crashes: dict[int, str] = field(default_factory=dict)


def check_records(kind: RecordKind, frame: pl.DataFrame) -> list[ExpectationOutcome]:
    """Judge records of one kind, with the kind's lake columns, one outcome per expectation."""
    return _judge([_records_case(kind, frame)])[0]


def check_samples(samples: pl.DataFrame | pl.LazyFrame) -> list[ExpectationOutcome]:
    """Judge telemetry samples, as read or as the lake keeps them, by their summary statistics."""
    return _judge([_samples_case(samples.lazy())])[0]


def check_frames(frames: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> dict[str, list[ExpectationOutcome]]:
    """Judge many frames in one go, each under the name of its record kind or as `samples`."""
    if unknown := sorted(set(frames) - set(RECORD_KINDS) - {SAMPLES}):
        raise ValueError(f"no expectations are known for {', '.join(unknown)}; name a record kind or {SAMPLES!r}")
    cases = [
        _samples_case(frame.lazy()) if name == SAMPLES else _records_case(RECORD_KINDS[name], frame.lazy().collect())
        for name, frame in frames.items()
    ]
    return dict(zip(frames, _judge(cases), strict=True))


def _record_claims(kind: RecordKind) -> Iterator[_Claim]:
    columns = tuple(kind.lake_schema)
    yield _Claim(
        "ExpectTableColumnsToMatchSet",
        ("(all)",),
        "critical",
        f"the columns of {kind.name} are there",
        {"column_set": list(columns), "exact_match": False},
        columns,
    )
    for item in kind.fields:
        yield from _field_claims(item)
    lake_names = {item.name: item.lake_name for item in kind.fields}
    for start, end in kind.spans:
        yield _span_claim(lake_names[start], lake_names[end])
    key = tuple(name for name in (*kind.key, "revision") if name in lake_names)
    yield _Claim(
        "ExpectCompoundColumnsToBeUnique",
        key,
        "warning",
        f"no two rows have the same {', '.join(key)}",
        {"column_list": list(key)},
        key,
        lambda frame: frame.filter(pl.struct(key).is_duplicated()).sort(key),
    )


def _field_claims(item: Field) -> Iterator[_Claim]:
    name = item.lake_name
    if item.required or item.default is not None:
        yield _Claim(
            "ExpectColumnValuesToNotBeNull",
            (name,),
            "critical",
            f"{name} is never empty",
            {"column": name},
            (name,),
            lambda frame: frame.filter(pl.col(name).is_null()),
        )
    if item.choices:
        yield _Claim(
            "ExpectColumnValuesToBeInSet",
            (name,),
            "critical",
            f"{name} is one of {', '.join(item.choices)}",
            {"column": name, "value_set": list(item.choices)},
            (name,),
            lambda frame: frame.unique(subset=name, maintain_order=True),
        )
    if item.minimum is not None or item.maximum is not None:
        scale = _LAKE_SCALE.get(item.type, 1)
        low, high = (None if bound is None else bound * scale for bound in (item.minimum, item.maximum))
        yield _range_claim(name, (name,), low, high)


def _range_claim(
    column: str, shown: tuple[str, ...], low: float | None, high: float | None, severity: Severity = "critical"
) -> _Claim:
    bounds = [f"at {word} {bound:,}" for word, bound in (("least", low), ("most", high)) if bound is not None]
    value = pl.col(column)
    return _Claim(
        "ExpectColumnValuesToBeBetween",
        shown,
        severity,
        f"{column} is {' and '.join(bounds)}",
        {"column": column, "min_value": low, "max_value": high},
        (column,),
        lambda frame: frame.filter((value == value.min()) | (value == value.max())).unique(subset=column),
    )


def _span_claim(start: str, end: str) -> _Claim:
    length = pl.col(end) - pl.col(start)
    return _Claim(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        (start, end),
        "critical",
        f"{end} comes after {start}",
        {"column_A": end, "column_B": start, "ignore_row_if": "either_value_is_missing"},
        (start, end),
        lambda frame: frame.filter(length == length.min()),
    )


def _records_case(kind: RecordKind, frame: pl.DataFrame) -> _Case:
    claims = list(_record_claims(kind))
    if frame.height <= _WHOLE_ROWS:
        return _Case(claims, frame, frame.height, is_whole=True)
    parts, crashes = [frame.clear().with_row_index("row_number")], {}
    numbered = frame.with_row_index("row_number")
    for number, claim in enumerate(claims):
        try:
            parts.append(claim.telling_rows(numbered).head(_ROWS_PER_CLAIM))
        except pl.exceptions.PolarsError as error:
            crashes[number] = str(error)
    telling = pl.concat(parts).unique(subset="row_number", maintain_order=True).drop("row_number")
    return _Case(claims, telling, frame.height, is_whole=False, crashes=crashes)


def _samples_case(samples: pl.LazyFrame) -> _Case:
    present = samples.collect_schema().names()
    observed = [pl.col(name).is_not_null() for name in _OBSERVATIONS if name in present]
    statistics = [
        pl.when(pl.len() > 0).then(pl.any_horizontal(pl.lit(False), *observed).sum()).alias("observed_sample_count")
    ]
    claims = [_range_claim("observed_sample_count", ("any observation",), 1, None, severity="warning")]
    identity = "device_key" if "device_key" in present else "device_uid"
    for column, name, statistic, low, high in _sample_statistics(identity):
        claims.append(_range_claim(name, (column,), low, high))
        statistics += [statistic.alias(name)] if column in present else []
    summary = samples.select(statistics).collect(engine="streaming")
    return _Case(claims, summary, summary.height, is_whole=True)


def _sample_statistics(identity: str) -> Iterator[tuple[str, str, pl.Expr, float | None, float | None]]:
    """Sample column, name of a statistic of it, the statistic, and the range that it must be in."""
    for column in (identity, "sampled_at_ms"):
        yield column, f"{column}_null_count", pl.col(column).null_count(), None, 0
    for column, (low, high) in _SAMPLE_RANGES.items():
        yield column, f"{column}_minimum", pl.col(column).min(), low, None
        if high is not None:
            yield column, f"{column}_maximum", pl.col(column).max(), None, high
        if SAMPLE_SCHEMA[column].is_float():
            yield column, f"{column}_nan_count", pl.col(column).is_nan().sum(), None, 0


def _judge(cases: list[_Case]) -> list[list[ExpectationOutcome]]:
    """Put every case to Great Expectations in one context, which is made here and forgotten afterwards."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("accepted")
    outcomes = []
    for number, case in enumerate(cases):
        definition = source.add_dataframe_asset(f"frame_{number}").add_batch_definition_whole_dataframe("whole")
        batch = definition.get_batch({"dataframe": _pandas_frame(case)})
        expectations = [
            getattr(gx.expectations, claim.class_name)(
                **claim.arguments, severity=claim.severity, meta={"claim": position}
            )
            for position, claim in enumerate(case.claims)
        ]
        suite = gx.ExpectationSuite(name=f"suite_{number}", expectations=expectations)
        results = batch.validate(suite, result_format="SUMMARY").results
        # Results come back in an order of their own.
        by_claim = {result.expectation_config.meta["claim"]: result for result in results}
        outcomes.append([_outcome(case, position, by_claim[position]) for position in range(len(case.claims))])
    return outcomes


def _pandas_frame(case: _Case) -> Any:
    """The columns that some claim is about, as pandas has them; instants are UTC without saying so."""
    claimed = dict.fromkeys(column for claim in case.claims for column in claim.judged_columns)
    frame = case.frame.select(column for column in claimed if column in case.frame.columns)
    return frame.with_columns(pl.selectors.datetime(time_zone="*").dt.replace_time_zone(None)).to_pandas()


def _outcome(case: _Case, position: int, result: Any) -> ExpectationOutcome:
    claim = case.claims[position]
    crash = case.crashes.get(position) or _crash(result.exception_info)
    unexpected_count = int(result.result.get("unexpected_count") or 0)
    success = bool(result.success) and crash is None
    return ExpectationOutcome(
        expectation=result.expectation_config.type,
        column=", ".join(claim.columns),
        severity=claim.severity,
        success=success,
        unexpected_count=unexpected_count,
        element_count=case.element_count,
        message=_message(case, claim, success, crash, unexpected_count, result.result),
    )


def _message(
    case: _Case, claim: _Claim, success: bool, crash: str | None, unexpected_count: int, details: dict[str, Any]
) -> str:
    if success:
        return f"Holds: {claim.sentence}."
    if crash is not None:
        return f"Could not be judged: {claim.sentence}. {crash}"
    if "unexpected_count" not in details:
        absent = details.get("details", {}).get("mismatched", {}).get("missing", [])
        return f"Does not hold: {claim.sentence}. Missing: {', '.join(absent)}."
    least = "" if case.is_whole else "at least "
    shown = ", ".join(_shown(value) for value in details.get("partial_unexpected_list", [])[:_SHOWN_VALUES])
    counted = f"{least}{unexpected_count:,} of {case.element_count:,}"
    return f"Does not hold: {claim.sentence}. Unexpected: {counted}, such as {shown}."


def _shown(value: Any) -> str:
    """One unexpected value as text; of several columns it is a tuple or a mapping."""
    if isinstance(value, dict):
        value = tuple(value.values())
    return " / ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _crash(exception_info: Mapping[str, Any]) -> str | None:
    """The text of the exception that kept an expectation from being judged, if one did."""
    if not exception_info:
        return None
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    messages = [str(info["exception_message"]) for info in infos if info.get("raised_exception")]
    return "; ".join(dict.fromkeys(messages)) or None
