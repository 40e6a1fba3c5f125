"""Checks between landing and warehouse: what blocks, what only tells somebody."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import dagster as dg
import polars as pl
import pytest

from ingest.intake import ingest_paths
from ingest.reading import Declaration
from orchestration.checks import (
    accepted_rows_meet_expectations,
    no_center_fell_silent,
    no_delivery_is_missing,
    no_file_was_refused,
    rows_in_are_accepted_plus_quarantined,
)
from orchestration.resources import Data

SAMPLES = "center_id,device_uid,sampled_at,utilization_pct\nyangzhou-01,GPU-1,2026-09-01T08:00:00+08:00,40\n"


@pytest.fixture
def data(one_center) -> Data:
    return Data(root=str(one_center.root))


@pytest.fixture
def spoil_manifest(one_center) -> Callable[[str], None]:
    """Changes the manifest behind the store's back, as no code of ours would."""

    def execute(statement: str) -> None:
        with sqlite3.connect(one_center.state / "racklight.sqlite") as connection:
            connection.execute(statement)

    return execute


def test_rows_that_add_up_pass_and_are_counted(data):
    result = rows_in_are_accepted_plus_quarantined(data=data)
    assert result.passed
    assert [result.metadata[name].value for name in ("rows_in", "rows_accepted", "rows_quarantined")] == [1, 1, 0]


@pytest.mark.parametrize("change", ["rows_in = 2", "rows_in = 2, rows_quarantined = 1"])
def test_a_row_lost_between_landing_and_lake_is_found_and_its_file_named(data, spoil_manifest, change):
    spoil_manifest(f"update files set {change}")
    result = rows_in_are_accepted_plus_quarantined(data=data)
    assert not result.passed
    assert result.metadata["files_that_do_not_add_up"].value == ["centers.csv"]


def test_a_refused_file_warns_and_holds_nothing_up(data, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear operator\n")
    ingest_paths([tmp_path / "letter.txt"], data.data_dir)
    result = no_file_was_refused(data=data)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "letter.txt" in result.metadata["refused"].value[0]


def test_a_delivery_that_its_senders_numbers_skip_warns_and_is_named(data, tmp_path):
    def send(number: int) -> dg.AssetCheckResult:
        path = tmp_path / f"{number}.csv"
        header = "movement_id,center_id,booked_on,movement_kind,amount_cny"
        content = f"{header}\nm{number},yangzhou-01,2026-01-02,receipt,1\n"
        path.write_text(content)
        said = {"rows": 1, "bytes": len(content), "sha256": hashlib.sha256(content.encode()).hexdigest()}
        said |= {"schema_version": 1, "sequence": number}
        path.with_name(f"{number}.csv.manifest.json").write_text(json.dumps(said))
        ingest_paths([path], data.data_dir, Declaration(center_id="yangzhou-01"))
        return no_delivery_is_missing(data=data)

    assert send(1).passed
    result = send(4)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert result.metadata["missing"].value == ["yangzhou-01: 2 to 3"]
    send(3)
    assert send(2).passed, "late is not missing"


@pytest.mark.parametrize(("age", "is_silent"), [(timedelta(hours=1), False), (timedelta(hours=27), True)])
def test_a_center_whose_telemetry_stopped_is_named(data, receive, age, is_silent):
    receive("samples.csv", SAMPLES, datetime.now(UTC) - age, center_id="yangzhou-01")
    result = no_center_fell_silent(data=data)
    assert result.passed is not is_silent
    assert ("yangzhou-01" in result.metadata["silent_centers"].value) is is_silent


def test_the_gate_passes_accepted_rows_and_blocks_on_rows_no_reader_would_accept(data):
    def verdicts() -> dict[str, bool]:
        results = accepted_rows_meet_expectations(data=data)
        return {result.asset_key.to_user_string(): result.passed for result in results}

    assert verdicts() == {"registers": True, "telemetry_samples": True, "occupancy": True}
    (path,) = (data.data_dir.lake / "records" / "centers").glob("*.parquet")
    pl.read_parquet(path).with_columns(pl.lit(None, pl.String).alias("time_zone")).write_parquet(path)
    assert verdicts() == {"registers": False, "telemetry_samples": True, "occupancy": True}
