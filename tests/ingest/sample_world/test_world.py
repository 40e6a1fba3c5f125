"""The sample world keeps the promises that demos and other tests rely on."""

import csv
import hashlib
import time
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.declarations import declaration_for
from ingest.reading import Declaration
from ingest.recognize import reader_of
from ingest.records import RECORD_KINDS
from ingest.sample_world import SampleWorldSummary, write_sample_world
from ingest.sample_world.models import MODELS
from ingest.sample_world.subsidies import MISTYPED_ROW_COUNT
from ingest.sample_world.telemetry_files import WIDE_COLUMNS
from ingest.telemetry.schema import SAMPLE_SCHEMA

RECEIVED_AT = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> SampleWorldSummary:
    return write_sample_world(tmp_path_factory.mktemp("world"))


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def register(world: SampleWorldSummary, name: str) -> pl.DataFrame:
    return pl.read_csv(world.folder / "registers" / f"{name}.csv", infer_schema=False)


def kind_of(path: Path) -> str:
    return {"leases-cancelled": "leases"}.get(path.stem, path.stem.split("-")[0])


def landed_files(world: SampleWorldSummary) -> list[Path]:
    beside = ("feed.toml", ".manifest.json")
    return [path for path in sorted(world.folder.rglob("*")) if path.is_file() and not path.name.endswith(beside)]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(
    world: SampleWorldSummary, tmp_path: Path
) -> None:
    started = time.monotonic()
    write_sample_world(tmp_path / "again", world.seed)
    elapsed_seconds = time.monotonic() - started
    write_sample_world(tmp_path / "other", world.seed + 1)
    first, again, other = digests(world.folder), digests(tmp_path / "again"), digests(tmp_path / "other")
    assert again == first
    assert set(other) == set(first)
    changed = {name for name in first if first[name] != other[name]}
    assert {name for name in first if "device_days" in name or "samples-" in name} <= changed
    assert elapsed_seconds < 60


def test_the_world_is_as_large_and_as_varied_as_promised(world: SampleWorldSummary) -> None:
    centers = register(world, "centers")
    assert centers["province_code"].n_unique() == centers.height >= 6
    in_place = register(world, "device_events").unique("device_uid")
    assert in_place.height == world.card_count >= 400
    models = set(in_place["model_id"])
    assert len(models) >= 5
    assert len({MODELS[model_id].vendor for model_id in models}) >= 4
    assert register(world, "slots").height == world.planned_card_count > world.card_count
    assert set(register(world, "leases")["lease_kind"]) == {"whole_machine", "card_hour", "token"}
    assert {"vendor_self_use", "acceptance_test"} <= set(register(world, "leases")["purpose"])
    assert world.byte_count < 60_000_000


def test_daily_use_covers_thirteen_months_and_every_center(world: SampleWorldSummary) -> None:
    for center_id in register(world, "centers")["center_id"]:
        days = pl.read_csv(world.folder / "registers" / f"device_days-{center_id}.csv", try_parse_dates=True)
        assert days["local_day"].min() == date(2025, 10, 1)
        assert days["local_day"].max() == date(2026, 10, 31)
        assert days["local_day"].dt.truncate("1mo").n_unique() == 13


def test_every_register_has_exactly_the_documented_headers(world: SampleWorldSummary) -> None:
    files = sorted((world.folder / "registers").glob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == RECORD_KINDS[kind_of(path)].headers, path.name


def test_wide_telemetry_has_the_documented_columns_but_the_memory_counter_that_no_sample_card_sends() -> None:
    assert set(WIDE_COLUMNS) == set(SAMPLE_SCHEMA) - {"source_line", "slice_id", "slice_parts", "dram_active_pct"}


def test_the_real_readers_accept_every_row_but_the_corrupt_ones(world: SampleWorldSummary) -> None:
    quarantined = 0
    for path in landed_files(world):
        declaration = declaration_for(path, Declaration(), world.folder)
        reading = reader_of(path, path.name).read(path, declaration, "0" * 64)
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        if path.suffix == ".xlsx":
            assert list(reading.records) == ["subsidy_programmes", "subsidy_milestones", "subsidy_payments"]
            assert reading.quarantined["reason_code"].to_list() == ["NOT_A_CHOICE"] * MISTYPED_ROW_COUNT
            continue
        if path.parent.name == "registers":
            assert list(reading.records) == [kind_of(path)]
            assert reading.quarantined.is_empty(), path.name
        quarantined += reading.quarantined.height
    assert quarantined == world.flaws.corrupt_row_count > 0


def test_no_card_reports_a_day_twice_as_samples_and_as_daily_use(world: SampleWorldSummary) -> None:
    sampled = pl.concat(
        pl.read_parquet(path).select("device_uid", local_day=pl.lit(path.stem.removeprefix("samples-"))).unique()
        for path in (world.folder / "telemetry" / "yangzhou-01").glob("samples-*.parquet")
    )
    days = register(world, "device_days-yangzhou-01")
    assert sampled["local_day"].n_unique() == 14
    assert days.join(sampled, on=["device_uid", "local_day"], how="semi").is_empty()


def test_minute_telemetry_has_gaps_repeats_conflicts_and_late_rows(world: SampleWorldSummary) -> None:
    folder = world.folder / "telemetry" / "yangzhou-01"
    samples = pl.concat(pl.read_parquet(path) for path in sorted(folder.glob("samples-*.parquet")))
    key = ["device_uid", "sampled_at_ms"]
    repeats = samples.height - samples.unique().height
    instants = samples.filter(pl.col("utilization_pct") <= 100).group_by(key).agg(pl.col("utilization_pct").n_unique())
    assert repeats == world.flaws.duplicate_row_count > 0
    assert instants.filter(pl.col("utilization_pct") > 1).height == world.flaws.conflicting_row_count > 0
    steps = instants.sort(key).select(pl.col("sampled_at_ms").diff().over("device_uid")).to_series()
    assert (steps > 120_000).sum() > 8
    late = pl.read_csv(folder / "late-2026-10-22.csv", infer_schema=False)
    assert late.height == world.flaws.late_row_count > 0
    assert 1_300_000 <= world.sample_count <= 1_900_000
