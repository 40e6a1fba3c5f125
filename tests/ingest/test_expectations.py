"""The gate: good frames pass, each kind of fault fails the expectation that is about it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ingest.expectations import SAMPLES, ExpectationOutcome, check_frames, check_records, check_samples
from ingest.records import RECORD_KINDS
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_SCHEMA

START = datetime(2026, 3, 1, tzinfo=UTC)
JOBS = RECORD_KINDS["occupancy_jobs"]
PARTIES = RECORD_KINDS["parties"]


def some_jobs(row_count: int) -> pl.DataFrame:
    numbers = pl.int_range(row_count, eager=True)
    return pl.DataFrame(
        {
            "center_id": ["lab"] * row_count,
            "job_id": [f"job-{number}" for number in range(row_count)],
            "queue": [None] * row_count,
            "started_at": [START] * row_count,
            "ended_at": [START + timedelta(hours=1)] * row_count,
            "card_count": [8] * row_count,
            "is_start_ambiguous": [False] * row_count,
            "revision": [1] * row_count,
            "source_sha256": ["sha"] * row_count,
            "source_line": numbers + 2,
        },
        schema=JOBS.lake_schema,
    )


def some_parties(**changed) -> pl.DataFrame:
    row = {"party_id": "P1", "party_name_zh": "甲", "party_kind": "vendor", "revision": 1, "source_line": 2}
    return pl.DataFrame([row | changed], schema=PARTIES.lake_schema)


def some_samples(**changed) -> pl.DataFrame:
    row = {"center_id": "lab", "device_uid": "GPU-1", "sampled_at_ms": 1_772_323_200_000, "utilization_pct": 60.0}
    return pl.DataFrame([row | changed, row], schema=SAMPLE_SCHEMA)


def failures(outcomes: list[ExpectationOutcome]) -> list[tuple[str, str, str]]:
    return [(one.expectation, one.column, one.severity) for one in outcomes if not one.success]


def on_line(line: int, column: str, value) -> pl.Expr:
    return pl.when(pl.col("source_line") == line).then(value).otherwise(column).alias(column)


def test_good_frames_of_many_kinds_pass_in_one_go():
    empty = {name: kind.lake_schema for name, kind in RECORD_KINDS.items()} | {SAMPLES: SAMPLE_SCHEMA}
    frames = {name: pl.DataFrame(schema=schema) for name, schema in empty.items()}
    frames |= {"occupancy_jobs": some_jobs(20), "parties": some_parties(), SAMPLES: some_samples()}
    outcomes = check_frames(frames)
    assert list(outcomes) == list(frames)
    assert {name: failures(found) for name, found in outcomes.items()} == {name: [] for name in frames}
    assert {one.element_count for one in outcomes["occupancy_jobs"]} == {20}


@pytest.mark.parametrize(
    ("changed", "expectation", "column"),
    [
        ({"party_kind": "wizard"}, "expect_column_values_to_be_in_set", "party_kind"),
        ({"party_name_zh": None}, "expect_column_values_to_not_be_null", "party_name_zh"),
        ({"revision": 0}, "expect_column_values_to_be_between", "revision"),
    ],
)
def test_a_record_that_no_reader_should_accept_fails_the_expectation_about_it(changed, expectation, column):
    outcomes = check_records(PARTIES, some_parties(**changed))
    assert failures(outcomes) == [(expectation, column, "critical")]
    failed = next(one for one in outcomes if not one.success)
    assert (failed.unexpected_count, failed.element_count) == (1, 1)
    assert failed.message.startswith(f"Does not hold: {column} is ")


def test_a_bound_in_yuan_is_checked_in_the_fen_that_the_lake_keeps():
    kind = RECORD_KINDS["offtake_commitments"]
    row = {
        "commitment_id": "C1",
        "center_id": "lab",
        "vendor_party_id": "P1",
        "signed_on": START.date(),
        "unit": "card_hour",
        "measured_on": "billed",
        "floor_price_cny_fen": -1,
        "credit_cap_bp": 0,
        "credit_expiry_periods": 0,
        "revision": 1,
    }
    outcomes = check_records(kind, pl.DataFrame([row], schema=kind.lake_schema))
    assert ("expect_column_values_to_be_between", "floor_price_cny_fen", "critical") in failures(outcomes)


def test_a_span_that_ends_before_it_starts_fails():
    jobs = some_jobs(3).with_columns(on_line(3, "ended_at", pl.col("started_at")))
    outcomes = check_records(JOBS, jobs)
    pair = "expect_column_pair_values_a_to_be_greater_than_b"
    assert failures(outcomes) == [(pair, "started_at, ended_at", "critical")]


def test_a_key_that_occurs_twice_is_only_a_warning_because_a_later_file_may_replace_it():
    outcomes = check_records(JOBS, pl.concat([some_jobs(2), some_jobs(1)]))
    assert failures(outcomes) == [
        ("expect_compound_columns_to_be_unique", "center_id, job_id, revision", "warning"),
    ]
    assert next(one.unexpected_count for one in outcomes if not one.success) == 2


@pytest.mark.parametrize("row_count", [10, 20_000])
def test_a_missing_column_is_a_failure_that_carries_the_text_of_the_exception(row_count):
    outcomes = check_records(JOBS, some_jobs(row_count).drop("card_count"))
    assert {column for _, column, _ in failures(outcomes)} == {"(all)", "card_count"}
    crashed = [one for one in outcomes if not one.success and one.column == "card_count"]
    assert all('column "card_count"' in one.message for one in crashed)


def test_one_bad_row_in_a_large_frame_is_found_wherever_it_stands():
    jobs = some_jobs(50_000).with_columns(
        on_line(31_000, "card_count", pl.lit(0)),
        on_line(32_000, "center_id", pl.lit(None)),
        on_line(33_000, "ended_at", pl.col("started_at")),
        on_line(34_000, "job_id", pl.lit("job-7")),
    )
    outcomes = check_records(JOBS, jobs)
    assert {(column, severity) for _, column, severity in failures(outcomes)} == {
        ("card_count", "critical"),
        ("center_id", "critical"),
        ("started_at, ended_at", "critical"),
        ("center_id, job_id, revision", "warning"),
    }
    assert {one.element_count for one in outcomes} == {50_000}
    assert all("at least" in one.message for one in outcomes if not one.success)


def test_a_bad_choice_in_a_large_frame_is_found():
    parties = some_parties().select(pl.all().repeat_by(12_000).explode())
    parties = parties.with_columns(source_line=pl.int_range(12_000)).with_columns(
        on_line(9_999, "party_kind", pl.lit("wizard")), pl.format("P{}", "source_line").alias("party_id")
    )
    assert failures(check_records(PARTIES, parties)) == [
        ("expect_column_values_to_be_in_set", "party_kind", "critical"),
    ]


@pytest.mark.parametrize(
    ("changed", "column", "statistic"),
    [
        ({"device_uid": None}, "device_uid", "device_uid_null_count"),
        ({"utilization_pct": 808_334_905.0}, "utilization_pct", "utilization_pct_maximum"),
        ({"utilization_pct": -1.0}, "utilization_pct", "utilization_pct_minimum"),
        ({"tensor_active_pct": float("nan")}, "tensor_active_pct", "tensor_active_pct_nan_count"),
        ({"power_w": -5.0}, "power_w", "power_w_minimum"),
        ({"sampled_at_ms": 1_772_323_200}, "sampled_at_ms", "sampled_at_ms_minimum"),
    ],
)
def test_one_impossible_sample_fails_the_statistic_it_moves(changed, column, statistic):
    outcomes = check_samples(some_samples(**changed))
    assert failures(outcomes) == [("expect_column_values_to_be_between", column, "critical")]
    assert statistic in next(one.message for one in outcomes if not one.success)


def test_samples_that_observe_nothing_are_a_warning():
    samples = some_samples().with_columns(pl.lit(None, pl.Float32()).alias("utilization_pct"))
    assert [severity for _, _, severity in failures(check_samples(samples))] == ["warning"]


def test_samples_of_the_lake_are_known_by_their_device_key():
    row = {"device_key": 1, "sampled_at_ms": 1_772_323_200_000, "utilization_pct": 60.0, "file_id": 1}
    samples = pl.LazyFrame([row, row | {"device_key": None}], schema=LAKE_SAMPLE_SCHEMA)
    assert [column for _, column, _ in failures(check_samples(samples))] == ["device_key"]


def test_a_frame_of_an_unknown_name_is_refused_with_the_names_that_are_known():
    with pytest.raises(ValueError, match="no expectations are known for jobs"):
        check_frames({"jobs": some_jobs(1)})


def test_the_gate_is_imported_without_great_expectations():
    code = "import sys, ingest.expectations; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_reported_to_anyone_about_the_checks():
    check_samples(some_samples())
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
