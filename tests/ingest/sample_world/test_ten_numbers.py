"""The files of the ten-numbers center say what its truth says."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.reading import Declaration
from ingest.recognize import reader_of
from ingest.sample_world.ten_numbers import CENTER_ID, TRUTH, write_ten_numbers

SAMPLES_PER_CARD = 43_200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ten")
    assert write_ten_numbers(folder, with_corrupt_sample=True) == TRUTH
    return folder


def register(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / "registers" / f"{name}.csv", infer_schema=False)


def test_every_reporting_card_has_a_sample_for_every_minute_of_the_month(folder: Path) -> None:
    samples = pl.scan_parquet(folder / "telemetry" / "*.parquet")
    per_card = samples.group_by("device_uid").agg(
        pl.len().alias("row_count"),
        pl.col("sampled_at_ms").n_unique().alias("instant_count"),
        pl.col("utilization_pct").n_unique().alias("level_count"),
        pl.col("utilization_pct").first().alias("level"),
    )
    per_card = per_card.collect()
    assert per_card.height == TRUTH.reporting_card_count
    assert set(per_card["row_count"]) == set(per_card["instant_count"]) == {SAMPLES_PER_CARD}
    assert set(per_card["level_count"]) == {1}
    levels = dict(per_card.group_by("level").len().rows())
    assert levels == {60.0: 28, 100.0: 2, 0.0: 78}
    assert levels[60.0] + levels[100.0] == TRUTH.lit_card_count_lower


def test_the_month_is_september_in_the_centers_own_zone(folder: Path) -> None:
    local = (
        pl.scan_parquet(folder / "telemetry" / "*.parquet")
        .select(pl.from_epoch("sampled_at_ms", time_unit="ms").dt.replace_time_zone("UTC").alias("at"))
        .select(pl.col("at").dt.convert_time_zone("Asia/Shanghai"))
    )
    first, last = local.select(pl.col("at").min().alias("first"), pl.col("at").max().alias("last")).collect().row(0)
    assert (first.isoformat(), last.isoformat()) == ("2026-09-01T00:00:00+08:00", "2026-09-30T23:59:00+08:00")


def test_plan_cards_and_leases_are_those_of_the_truth(folder: Path) -> None:
    assert register(folder, "slots").height == TRUTH.planned_card_count
    assert set(register(folder, "capacity_plans")["planned_card_count"]) == {str(TRUTH.planned_card_count)}
    states = register(folder, "device_events").group_by("device_uid").agg(pl.col("state").last())
    assert dict(states.group_by("state").len().rows()) == {"in_service": TRUTH.racked_card_count_upper, "installed": 16}
    assert register(folder, "lease_devices")["device_uid"].n_unique() == TRUTH.leased_card_count


def test_the_controllers_list_every_powered_card_every_day(folder: Path) -> None:
    reports = register(folder, "power_reports")
    assert reports["device_uid"].n_unique() == TRUTH.racked_card_count_lower_with_power_reports
    assert reports.height == TRUTH.racked_card_count_lower_with_power_reports * 30
    assert reports["reported_at"].min() == "2026-09-01T00:00:00+08:00"
    assert reports["reported_at"].max() == "2026-09-30T00:00:00+08:00"


def test_power_reports_and_the_corrupt_sample_can_be_left_out(folder: Path, tmp_path: Path) -> None:
    write_ten_numbers(tmp_path, with_power_reports=False)
    missing = {str(path.relative_to(folder)) for path in folder.rglob("*")} - {
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")
    }
    assert missing == {"registers/power_reports.csv", "telemetry/corrupt.csv"}


def test_the_corrupt_sample_is_the_only_row_a_reader_sets_aside(folder: Path) -> None:
    declaration = Declaration(time_zone="Asia/Shanghai")
    day = f"telemetry/samples-{date(2026, 9, 15)}.parquet"
    quarantined = 0
    for path in [*sorted((folder / "registers").glob("*.csv")), folder / "telemetry" / "corrupt.csv", folder / day]:
        reading = reader_of(path, path.name).read(path, declaration, "0" * 64)
        quarantined += reading.quarantined.height
        assert set(reading.samples["center_id"]) <= {CENTER_ID}
    assert quarantined == TRUTH.quarantined_row_count_with_corrupt_sample
