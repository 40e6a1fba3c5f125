"""Public traces through the same door as everything else: `racklight ingest`, build, published file."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.paths import DataDir
from ingest.state.store import StateStore

PACIFIC = ("--time-zone", "America/Los_Angeles")
CENTERS = """center_id,center_name_zh,center_name_en,province_code,time_zone,opened_on
philly,费城,Philly,110000,America/Los_Angeles,2017-09-01
openb,开放基准,Openb,330000,Asia/Shanghai,2023-01-01
pai,人工智能平台,PAI,330000,Asia/Shanghai,2020-01-01
aicr,两台机器,Two H100 nodes,320000,UTC,2026-03-01
"""


@pytest.fixture(scope="module")
def built(racklight, shared: Path, tmp_path_factory: pytest.TempPathFactory):
    """A warehouse of the traces; the receiver only declares what the files do not say."""
    centers = tmp_path_factory.mktemp("registers") / "centers.csv"
    centers.write_text(CENTERS)
    traces = shared / "traces"
    racklight.run("ingest", centers)
    racklight.run("ingest", "--center", "philly", *PACIFIC, traces / "philly/philly_jobs.csv")
    racklight.run("ingest", "--center", "philly", *PACIFIC, traces / "philly/philly_node_sequence.csv")
    racklight.run("ingest", "--center", "openb", traces / "alibaba_openb/openb_node_list_all_node.csv")
    racklight.run("ingest", "--center", "pai", traces / "alibaba_pai2020/pai_machine_spec.csv")
    scrape = traces / "nvidia_dcgm/dcgm_h100_scrape_2026-03-10.prom"
    racklight.run("ingest", "--center", "aicr", "--observed-at", "2026-03-10T03:44:00+00:00", scrape)
    for answer in sorted((traces / "nvidia_dcgm").glob("promql_*.json")):
        racklight.run("ingest", "--center", "aicr", answer)
    racklight.run("build")
    return racklight


@pytest.fixture(scope="module")
def jobs(built) -> dict:
    files = StateStore(DataDir(built.data_dir)).files()
    return files.filter(pl.col("original_name") == "philly_jobs.csv").row(0, named=True)


def test_every_job_is_accepted_or_set_aside_and_a_blank_line_is_no_row(jobs):
    assert (jobs["rows_in"], jobs["rows_accepted"], jobs["rows_quarantined"]) == (82_247, 82_182, 65)


def test_exact_duplicates_are_counted_and_set_aside_with_that_reason(built):
    quarantine = StateStore(DataDir(built.data_dir)).quarantine()
    duplicates = quarantine.filter(pl.col("reason_code") == "EXACT_DUPLICATE")
    assert duplicates.height == 65
    assert round(sum(float(text.split(",")[3]) for text in duplicates["raw_text"]) / 3600, 1) == 6.5


def test_every_gpu_hour_of_the_log_is_booked_on_some_day(built):
    """978,078 GPU-hours before duplicates are set aside, 6.5 of them in duplicates."""
    ((seconds,),) = built.query(
        "select sum(occupied_card_seconds) from fct_center_day__occupancy where center_id = 'philly'"
    )
    assert round(seconds / 3600 + 6.5) == 978_078


def test_a_job_is_booked_to_the_days_it_ran_on_and_not_to_its_start_day(built):
    ((day, seconds),) = built.query(
        "select local_day, occupied_card_seconds from fct_center_day__occupancy where center_id = 'philly' "
        "order by occupied_card_seconds desc limit 1"
    )
    assert day == date(2017, 9, 29)
    assert round(seconds / 3600) == pytest.approx(19_811, abs=1)


def test_the_hour_that_autumn_repeats_does_not_double_capacity(built):
    """The day has 25 hours and the series tells 24 of them; the last count before the gap is held 60 s longer."""
    ((counted, total),) = built.query(
        "select counted_seconds, total_node_seconds from fct_center_day__occupancy "
        "where center_id = 'philly' and local_day = '2017-11-05'"
    )
    assert counted == 86_400 + 60
    assert total == 420 * (counted - 3_660) + 174 * 3_660


@pytest.mark.parametrize(("center", "cards", "gpu_nodes"), [("openb", 6_212, 1_213), ("pai", 6_742, 1_814)])
def test_inventories_give_the_published_capacity(built, center, cards, gpu_nodes):
    rows = built.query(
        f"select sum(card_count), sum(gpu_node_count) from fct_center__inventory where center_id = '{center}'"
    )
    assert rows == [(cards, gpu_nodes)]


def test_two_nodes_are_known_while_their_samples_hold_and_unknown_for_the_rest_of_the_day(built):
    """Sixteen cards in the API's answer at 03:41:29, eight of them again in a scrape; nothing else is known."""
    hours = pl.concat(pl.read_parquet(path) for path in StateStore(DataDir(built.data_dir)).device_hour_files())
    known = hours.group_by("device_key").agg(pl.col("known_seconds").sum())["known_seconds"]
    assert sorted(known) == [120] * 8 + [240] * 8
    assert hours["evidence_class"].unique().to_list() == ["B"]


def test_receiving_the_traces_again_changes_no_row(built, shared):
    before = StateStore(DataDir(built.data_dir)).input_hash()
    built.run("ingest", "--center", "philly", *PACIFIC, shared / "traces/philly/philly_jobs.csv")
    assert StateStore(DataDir(built.data_dir)).input_hash() == before
