"""What was set aside can be looked up, exported without harm, and let in later, once."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.quarantine import as_csv, harmless, list_quarantine, quarantined_rows, retry
from ingest.reading import Declaration
from ingest.rollups import dirty_days, roll_up_dirty_days
from ingest.state.store import ReconciliationError, StateStore

JOBS = (
    "timestamp,duration,num_gpus,gpu_time,cluster\n2026-01-02 03:04:05,60,2,120,a\n2026-01-02T05:00:00Z,60,2,120,=1+1\n"
)
SAMPLES = (
    "center_id,device_uid,sampled_at,utilization_pct\n"
    "yangzhou-01,GPU-1,2026-02-01T01:00:00+00:00,50\n"
    "yangzhou-01,GPU-1,2026-02-01 01:01:00,50\n"
)
CENTERS = (
    "center_id,center_name_zh,center_name_en,province_code,time_zone\n"
    "yangzhou-01,扬州一号,Yangzhou One,320000,Asia/Shanghai\n"
)
RECEIVED = Declaration(received_at=datetime(2026, 3, 1, tzinfo=UTC))
SHANGHAI = Declaration(time_zone="Asia/Shanghai")


@pytest.fixture
def data_dir(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


def take_in(data_dir: DataDir, name: str, text: str, declaration: Declaration = RECEIVED):
    path = data_dir.root.parent / name
    path.write_text(text)
    (outcome,) = ingest_paths([path], data_dir, declaration)
    return outcome


def counted_samples(data_dir: DataDir) -> int:
    paths = StateStore(data_dir).sample_files()["path"].to_list()
    return sum(pl.read_parquet(path).height for path in paths)


def test_the_list_is_narrowed_by_reason_center_file_and_time_of_receipt(data_dir):
    take_in(data_dir, "samples.csv", SAMPLES)
    later = Declaration(center_id="c9", received_at=datetime(2026, 4, 1, tzinfo=UTC))
    take_in(data_dir, "jobs.csv", JOBS, later)
    take_in(data_dir, "empty.csv", "")

    def names(**filters: object) -> set[str]:
        return set(list_quarantine(data_dir, **filters)["original_name"])

    assert names() == {"samples.csv", "jobs.csv", "empty.csv"}
    assert names(reason_codes=["TIME_WITHOUT_ZONE"]) == {"samples.csv", "jobs.csv"}
    assert names(reason_codes=["TIME_WITHOUT_ZONE"], center_id="c9") == {"jobs.csv"}
    assert names(file="empty.csv") == {"empty.csv"}
    assert names(since=later.received_at) == {"jobs.csv"}
    with pytest.raises(LookupError):
        names(file="unheard-of.csv")


def test_the_list_says_reason_file_and_sentence_in_both_languages(data_dir):
    take_in(data_dir, "samples.csv", SAMPLES)
    take_in(data_dir, "empty.csv", "")
    rows = list_quarantine(data_dir)
    assert rows.select("original_name", "reason_code", "row_count").rows() == [
        ("empty.csv", "EMPTY_FILE", 0),
        ("samples.csv", "TIME_WITHOUT_ZONE", 1),
    ]
    assert rows["sentence_zh"][1].startswith("时间没有时区")
    assert rows["sentence_en"][1].startswith("The time has no offset")


def test_the_lines_of_one_file_are_shown_as_they_stood(data_dir):
    take_in(data_dir, "samples.csv", SAMPLES)
    (row,) = quarantined_rows(data_dir, "samples.csv").to_dicts()
    assert (row["source_line"], row["raw_text"]) == (3, "yangzhou-01,GPU-1,2026-02-01 01:01:00,50")
    with pytest.raises(LookupError, match="No file received"):
        quarantined_rows(data_dir, "other.csv")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_an_exported_cell_never_starts_a_formula(start):
    assert harmless(f"{start}cmd") == f"'{start}cmd"
    text = as_csv(pl.DataFrame({"raw_text": [f"{start}cmd"]}))
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{start}cmd"]


def test_a_retry_with_the_zone_lets_the_line_in_once_and_a_second_changes_nothing(data_dir):
    take_in(data_dir, "samples.csv", SAMPLES)
    (first,) = retry(data_dir, "samples.csv", SHANGHAI)
    assert (first.status, first.rows_accepted_before, first.rows_accepted, first.rows_quarantined) == (
        "let_in",
        1,
        2,
        0,
    )
    assert counted_samples(data_dir) == 2
    assert StateStore(data_dir).quarantine().is_empty()
    after = StateStore(data_dir).input_hash()
    (second,) = retry(data_dir, "samples.csv", SHANGHAI)
    assert second.status == "unchanged"
    assert retry(data_dir) == []
    assert counted_samples(data_dir) == 2
    assert StateStore(data_dir).input_hash() == after


def test_a_retry_that_can_use_no_more_rows_leaves_everything_as_it_was(data_dir):
    take_in(data_dir, "samples.csv", SAMPLES)
    before = StateStore(data_dir).files(), StateStore(data_dir).quarantine(), StateStore(data_dir).input_hash()
    (outcome,) = retry(data_dir)
    assert outcome.status == "unchanged"
    store = StateStore(data_dir)
    assert store.files().equals(before[0])
    assert store.quarantine().equals(before[1])
    assert store.input_hash() == before[2]


def test_a_day_rolled_up_before_the_retry_is_dirty_after_it(data_dir):
    take_in(data_dir, "centers.csv", CENTERS)
    take_in(data_dir, "samples.csv", SAMPLES)
    roll_up_dirty_days(data_dir)
    assert dirty_days(StateStore(data_dir))[0] == []
    before = StateStore(data_dir).input_hash()
    retry(data_dir, "samples.csv", SHANGHAI)
    assert date(2026, 2, 1) in {day.local_day for day in dirty_days(StateStore(data_dir))[0]}
    roll_up_dirty_days(data_dir)
    assert StateStore(data_dir).input_hash() != before


def test_a_refused_file_is_let_in_when_its_center_is_declared(data_dir):
    assert take_in(data_dir, "jobs.csv", JOBS).status == "refused"
    (outcome,) = retry(data_dir, "jobs.csv", Declaration(center_id="philly", time_zone="Asia/Shanghai"))
    assert (outcome.status, outcome.rows_in, outcome.rows_accepted) == ("let_in", 2, 2)
    files = StateStore(data_dir).files()
    assert files.select("center_id", "refusal_code").rows() == [("philly", None)]


def test_a_file_taken_in_whole_under_the_wrong_center_goes_to_the_right_one_once_and_its_days_with_it(data_dir):
    take_in(data_dir, "centers.csv", CENTERS + "dongpu-01,东浦一号,Dongpu One,320000,Asia/Shanghai\n")
    text = "device_uid,sampled_at,utilization_pct\nGPU-1,2026-02-01T01:00:00+00:00,50\n"
    take_in(data_dir, "samples.csv", text, replace(RECEIVED, center_id="dongpu-01"))
    roll_up_dirty_days(data_dir)
    again = take_in(data_dir, "samples.csv", text, replace(RECEIVED, center_id="yangzhou-01"))
    assert again.status == "already_known"
    assert "center_id yangzhou-01 (then dongpu-01) (`racklight quarantine retry`" in again.message
    (outcome,) = retry(data_dir, "samples.csv", Declaration(center_id="yangzhou-01"))
    assert (outcome.status, outcome.rows_accepted) == ("let_in", 1)
    assert outcome.message == "0 more rows accepted, with center_id yangzhou-01 instead of dongpu-01"
    roll_up_dirty_days(data_dir)
    hours = pl.concat(pl.read_parquet(path) for path in StateStore(data_dir).device_hour_files())
    assert hours["center_id"].unique().to_list() == ["yangzhou-01"]
    after = StateStore(data_dir).input_hash()
    (second,) = retry(data_dir, "samples.csv", Declaration(center_id="yangzhou-01"))
    assert second.status == "unchanged"
    assert StateStore(data_dir).input_hash() == after


def test_a_declaration_under_which_fewer_rows_can_be_used_changes_nothing(data_dir):
    take_in(data_dir, "jobs.csv", JOBS, replace(RECEIVED, center_id="philly", time_zone="Asia/Shanghai"))
    before = StateStore(data_dir).input_hash()
    (outcome,) = retry(data_dir, "jobs.csv", Declaration(received_at=datetime(2025, 1, 1, tzinfo=UTC)))
    assert (outcome.status, outcome.rows_accepted) == ("unchanged", 2)
    assert outcome.message.endswith("only 0 rows could be used instead of 2")
    assert StateStore(data_dir).input_hash() == before


def test_a_retry_that_fails_halfway_leaves_the_earlier_reading(data_dir, monkeypatch):
    take_in(data_dir, "samples.csv", SAMPLES)

    def fail(*_: object) -> None:
        raise ReconciliationError("stopped")

    monkeypatch.setattr(StateStore, "_register", fail)
    with pytest.raises(ReconciliationError):
        retry(data_dir, "samples.csv", SHANGHAI)
    monkeypatch.undo()
    assert counted_samples(data_dir) == 1
    assert StateStore(data_dir).quarantine().height == 1
    (outcome,) = retry(data_dir, "samples.csv", SHANGHAI)
    assert outcome.rows_accepted == 2


def test_the_commands_list_show_export_and_retry(data_dir, monkeypatch, tmp_path):
    from orchestration.cli import main

    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(data_dir.root))
    take_in(data_dir, "jobs.csv", JOBS, Declaration(center_id="philly", received_at=RECEIVED.received_at))

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["quarantine", *words])
        assert result.exit_code == 0, result.output
        return result.output

    assert "TIME_WITHOUT_ZONE" in run("list", "--language", "zh")
    assert "2026-01-02 03:04:05,60,2,120,a" in run("show", "jobs.csv")
    assert "rows written" in run("export", str(tmp_path / "rows.csv"))
    (export,) = ingest_paths([tmp_path / "rows.csv"], data_dir)
    assert (export.status, export.rows_in) == ("refused", 0)
    assert "Mend them in the file they came from" in export.message
    assert "1 put in place of the earlier reading" in run("retry", "--time-zone", "Asia/Shanghai", "jobs.csv")
    assert "rows.csv" in run("list")
    assert "jobs.csv" not in run("list")
    assert "No row of this file was set aside." in run("show", "jobs.csv")
    take_in(data_dir, "prose.csv", "what is this")
    told = run("show", "prose.csv", "--language", "en")
    assert "refused whole  gate  UNKNOWN_FORMAT" in told
    assert "no known format begins like 'what is this'" in told
    assert CliRunner().invoke(main, ["quarantine", "show", "nothing.csv"]).exit_code == 1


def test_a_controllers_report_gets_in_once_its_server_is_declared(data_dir, tmp_path):
    value = {
        "MetricProperty": "/redfish/v1/Chassis/Self/Power#/PowerControl/0/PowerConsumedWatts",
        "MetricValue": "2930",
        "Timestamp": "2026-01-01T00:00:00Z",
    }
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"@odata.type": "#MetricReport.v1_5_2.MetricReport", "MetricValues": [value]}))
    (taken,) = ingest_paths([report], data_dir, Declaration(center_id="c-1"))
    assert (taken.rows_accepted, taken.rows_quarantined) == (0, 1)
    (outcome,) = retry(data_dir, "report.json", Declaration(server_id="srv-1"))
    assert outcome.status == "let_in"
    (kept,) = StateStore(data_dir).record_files("power_readings")
    assert pl.read_parquet(kept).select("server_id", "power_w_milli").rows() == [("srv-1", 2_930_000)]
