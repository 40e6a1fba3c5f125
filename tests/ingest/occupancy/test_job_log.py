"""Job logs: what is accepted, what is set aside and why, and the real log's published figures."""

from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.occupancy.job_log import read
from ingest.reading import QUARANTINE_SCHEMA, Declaration, UnreadableFileError
from ingest.records.occupancy import OCCUPANCY_JOBS

HEADER = "timestamp,duration,num_gpus,gpu_time,cluster\n"
PACIFIC = Declaration(center_id="philly", time_zone="America/Los_Angeles")


def jobs_of(reading):
    return reading.records["occupancy_jobs"]


def test_a_job_runs_from_its_start_for_its_elapsed_seconds(landed):
    reading = read(landed(HEADER + "2017-10-09 07:01:55,66.0,2,132.0,11cb48\n"), PACIFIC, "sha")
    job = jobs_of(reading).row(0, named=True)
    assert jobs_of(reading).schema == pl.Schema(OCCUPANCY_JOBS.lake_schema)
    assert job["started_at"] == datetime(2017, 10, 9, 14, 1, 55, tzinfo=UTC)
    assert job["ended_at"] == datetime(2017, 10, 9, 14, 3, 1, tzinfo=UTC)
    assert (job["center_id"], job["queue"], job["card_count"]) == ("philly", "11cb48", 2)
    assert (job["source_sha256"], job["source_line"], job["revision"]) == ("sha", 2, 1)
    assert job["is_start_ambiguous"] is False


@pytest.mark.parametrize(
    ("line", "reason_code"),
    [
        ("2017-10-09 07:01:55,66.0,1,66.0", "WRONG_COLUMN_COUNT"),
        ("2017-10-09 07:01:55,66.0,1,66.0,a,b", "WRONG_COLUMN_COUNT"),
        ('2017-10-09 07:01:55,66.0,1,66.0,"a', "MALFORMED_LINE"),
        (",66.0,1,66.0,a", "MISSING_VALUE"),
        ("2017-10-09 07:01:55,,1,66.0,a", "MISSING_VALUE"),
        ("9 Oct 2017,66.0,1,66.0,a", "NOT_AN_INSTANT"),
        ("timestamp,duration,num_gpus,gpu_time,cluster", "NOT_AN_INSTANT"),
        ("2018-03-11 02:30:00,66.0,1,66.0,a", "TIME_DOES_NOT_EXIST"),
        ("2017-10-09 07:01:55,nan,1,66.0,a", "NOT_A_NUMBER"),
        ("2017-10-09 07:01:55,66.0,1,much,a", "NOT_A_NUMBER"),
        ("2017-10-09 07:01:55,0.0,1,0.0,a", "END_NOT_AFTER_START"),
        ("2017-10-09 07:01:55,0.4,1,0.4,a", "END_NOT_AFTER_START"),
        ("2017-10-09 07:01:55,-66.0,1,-66.0,a", "END_NOT_AFTER_START"),
        ("2017-10-09 07:01:55,1e30,1,1e30,a", "OUT_OF_RANGE"),
        ("2017-10-09 07:01:55,66.0,1.5,99.0,a", "NOT_AN_INTEGER"),
        ("2017-10-09 07:01:55,66.0,0,0.0,a", "OUT_OF_RANGE"),
        ("2017-10-09 07:01:55,66.0,2,66.0,a", "PARTS_DO_NOT_SUM"),
    ],
)
def test_a_line_that_breaks_a_rule_is_set_aside_with_its_text_and_the_reason(landed, line, reason_code):
    good = "2017-10-09 07:01:55,66.0,1,66.0,a\n"
    reading = read(landed(HEADER + good + line + "\n"), PACIFIC, "sha")
    assert reading.quarantined.schema == pl.Schema(QUARANTINE_SCHEMA)
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, line, reason_code)]
    assert reading.quarantined["detail"].null_count() == 0
    assert (reading.rows_in, reading.rows_accepted) == (2, 1)


def test_without_a_declared_zone_every_naive_time_is_set_aside(landed):
    lines = "2017-10-09 07:01:55,66.0,1,66.0,a\n2017-10-09 07:01:55,66.0,1,66.0,a\n"
    reading = read(landed(HEADER + lines), Declaration(center_id="philly"), "sha")
    assert reading.quarantined["reason_code"].to_list() == ["TIME_WITHOUT_ZONE", "TIME_WITHOUT_ZONE"]
    assert (reading.rows_in, reading.rows_accepted) == (2, 0)


def test_a_time_with_an_offset_needs_no_declared_zone(landed):
    line = "2017-11-05T01:30:00-08:00,66.0,1,66.0,a\n"
    reading = read(landed(HEADER + line), Declaration(center_id="philly"), "sha")
    assert jobs_of(reading)["started_at"].to_list() == [datetime(2017, 11, 5, 9, 30, tzinfo=UTC)]
    assert jobs_of(reading)["is_start_ambiguous"].to_list() == [False]


def test_a_start_in_the_repeated_hour_is_the_earlier_instant_and_is_marked(landed):
    lines = "2017-11-05 01:30:00,7200,1,7200,a\n2017-11-05 02:30:00,7200,1,7200,a\n"
    jobs = jobs_of(read(landed(HEADER + lines), PACIFIC, "sha"))
    assert jobs["started_at"].to_list() == [
        datetime(2017, 11, 5, 8, 30, tzinfo=UTC),
        datetime(2017, 11, 5, 10, 30, tzinfo=UTC),
    ]
    assert jobs["is_start_ambiguous"].to_list() == [True, False]


def test_a_job_over_the_change_of_clocks_is_as_long_as_its_elapsed_seconds(landed):
    jobs = jobs_of(read(landed(HEADER + "2017-11-04 12:00:00,86400,1,86400,a\n"), PACIFIC, "sha"))
    assert jobs["ended_at"].to_list() == [datetime(2017, 11, 5, 19, 0, tzinfo=UTC)]


def test_a_fraction_of_a_second_is_rounded_half_up(landed):
    lines = "2017-10-09 00:00:00,1.5,1,1.5,a\n2017-10-09 00:00:00,2.49,1,2.49,a\n"
    jobs = jobs_of(read(landed(HEADER + lines), PACIFIC, "sha"))
    assert (jobs["ended_at"] - jobs["started_at"]).dt.total_seconds().to_list() == [2, 2]


def test_a_repeated_line_is_set_aside_and_names_the_line_it_repeats(landed):
    lines = "2017-10-09 07:01:55,66.0,1,66.0,a\n\n2017-10-09 07:01:55,66,1,66,a\n2017-10-09 07:01:55,66.0,1,66.0,b\n\n"
    reading = read(landed(HEADER + lines), PACIFIC, "sha")
    assert reading.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (4, "EXACT_DUPLICATE", "repeats line 2")
    ]
    assert jobs_of(reading)["source_line"].to_list() == [2, 5]
    assert reading.rows_in == 3


def test_a_job_that_ends_after_the_log_was_received_is_set_aside(landed):
    received = Declaration("philly", "UTC", received_at=datetime(2017, 10, 9, 8, tzinfo=UTC))
    lines = "2017-10-09 07:00:00,3600,1,3600,a\n2017-10-09 07:00:00,7200,1,7200,a\n2017-10-09 09:00:00,1,1,1,a\n"
    reading = read(landed(HEADER + lines), received, "sha")
    assert reading.quarantined.select("source_line", "reason_code").rows() == [
        (3, "TIME_IN_FUTURE"),
        (4, "TIME_IN_FUTURE"),
    ]


def test_columns_are_found_by_name_and_quotes_and_a_byte_order_mark_are_understood(landed):
    text = '\ufeffcluster,gpu_time,num_gpus,duration,timestamp\r\n"a,b",132,2.0,66,2017-10-09 07:01:55\r\n'
    job = jobs_of(read(landed(text), PACIFIC, "sha")).row(0, named=True)
    assert (job["queue"], job["card_count"]) == ("a,b", 2)


def test_a_job_has_the_same_id_in_every_export(landed):
    line = "2017-10-09 07:01:55,66.0,1,66.0,a\n"
    first = jobs_of(read(landed(HEADER + line), PACIFIC, "sha-1"))
    other = jobs_of(read(landed(HEADER + "2017-10-10 00:00:00,1,1,1,b\n" + line), PACIFIC, "sha-2"))
    assert first["job_id"][0] == other["job_id"][1]
    assert other["job_id"].n_unique() == 2


@pytest.mark.parametrize(
    ("content", "declaration", "code"),
    [
        (HEADER.encode(), Declaration(time_zone="UTC"), "NO_CENTER"),
        (HEADER.encode() + b"2017-10-09 07:01:55,1,1,1,a\n", Declaration("c", "Mars/Olympus"), "UNKNOWN_TIME_ZONE"),
        (HEADER.encode() + b"\xff\xfe\n", PACIFIC, "NOT_UTF8"),
        (b"\n\n", PACIFIC, "EMPTY_FILE"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused(tmp_path, content, declaration, code):
    path = tmp_path / "received.bin"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refusal:
        read(path, declaration, "sha")
    assert refusal.value.code == code


def test_a_header_without_lines_is_a_log_of_no_jobs(landed):
    reading = read(landed(HEADER), PACIFIC, "sha")
    assert (reading.rows_in, reading.rows_accepted) == (0, 0)
    assert jobs_of(reading).schema == pl.Schema(OCCUPANCY_JOBS.lake_schema)


def test_the_real_log_has_its_published_rows_and_gpu_hours(trace):
    reading = read(trace("philly/philly_jobs.csv"), PACIFIC, "sha")
    assert reading.rows_in == 82_247
    assert reading.quarantined["reason_code"].value_counts().rows() == [("EXACT_DUPLICATE", 65)]
    assert reading.rows_accepted == 82_182
    jobs = jobs_of(reading)
    assert jobs.height == 82_182
    assert jobs["job_id"].n_unique() == 82_182
    assert jobs["queue"].n_unique() == 15
    assert jobs["is_start_ambiguous"].sum() == 7

    accepted_gpu_seconds = gpu_seconds(jobs).sum()
    repeated = pl.Series(reading.quarantined["raw_text"]).str.split(",").list.get(3).cast(pl.Float64).sum()
    assert round(repeated / 3600, 1) == 6.5
    assert round((accepted_gpu_seconds + repeated) / 3600) == 978_078


def test_booking_real_jobs_to_their_start_day_would_double_the_busiest_day(trace):
    jobs = jobs_of(read(trace("philly/philly_jobs.csv"), PACIFIC, "sha"))
    day_start, day_end = (datetime(2017, 9, day, 7, tzinfo=UTC) for day in (29, 30))
    inside = pl.min_horizontal("ended_at", pl.lit(day_end)) - pl.max_horizontal("started_at", pl.lit(day_start))
    seconds = jobs.select((inside.dt.total_seconds().clip(0) * pl.col("card_count")).sum()).item()
    assert round(seconds / 3600) == 19_811

    start_day = jobs["started_at"].dt.convert_time_zone("America/Los_Angeles").dt.date()
    by_start_day = pl.DataFrame({"start_day": start_day, "gpu_seconds": gpu_seconds(jobs)}).group_by("start_day").sum()
    assert round(by_start_day["gpu_seconds"].max() / 3600) == 41_495  # 41,496 with the repeated lines


def gpu_seconds(jobs: pl.DataFrame) -> pl.Series:
    seconds = (jobs["ended_at"] - jobs["started_at"]).dt.total_seconds()
    return seconds * jobs["card_count"]
