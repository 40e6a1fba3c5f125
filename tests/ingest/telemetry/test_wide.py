from datetime import UTC, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.readers import TELEMETRY_READERS
from ingest.telemetry.schema import SAMPLE_SCHEMA
from ingest.telemetry.wide import read_wide_csv, read_wide_parquet, recognizes_wide_csv

CENTER = Declaration(center_id="c-1")
HEADER = "device_uid,sampled_at,utilization_pct,power_w"


@pytest.fixture
def read(tmp_path):
    def read_rows(*lines, declaration=CENTER):
        path = tmp_path / "samples"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert recognizes_wide_csv(path.read_bytes())
        return read_wide_csv(path, declaration, "sha")

    return read_rows


def reasons(reading):
    return dict(reading.quarantined.select("source_line", "reason_code").rows())


def at(*time):
    return int(datetime(*time, tzinfo=UTC).timestamp() * 1_000)


def test_a_row_becomes_a_sample_and_missing_columns_are_unknown(read):
    reading = read(HEADER, "GPU-1,2026-09-01T00:00:00+08:00,50.5,300")
    assert dict(reading.samples.schema) == SAMPLE_SCHEMA
    assert reading.samples.row(0, named=True) == dict.fromkeys(SAMPLE_SCHEMA) | {
        "center_id": "c-1",
        "device_uid": "GPU-1",
        "sampled_at_ms": at(2026, 8, 31, 16),
        "utilization_pct": 50.5,
        "power_w": 300.0,
        "source_line": 2,
    }


def test_epoch_milliseconds_and_a_center_of_its_own_are_read(read):
    reading = read("center_id,device_uid,sampled_at_ms,memory_used_bytes", "c-2,GPU-1,1756684800213,1073741824")
    assert reading.samples.select("center_id", "sampled_at_ms", "memory_used_bytes").rows() == [
        ("c-2", 1_756_684_800_213, 1 << 30)
    ]


def test_a_corrupt_row_is_set_aside_and_nothing_else_changes(read):
    good = ["GPU-1,2026-09-01T00:00:00Z,50,300", "GPU-1,2026-09-01T00:02:00Z,51,301"]
    clean = read(HEADER, *good)
    spoiled = read(HEADER, *good, "GPU-1,2026-09-01T00:01:00Z,808334905,300")
    assert reasons(spoiled) == {4: "UTILIZATION_OUT_OF_RANGE"}
    assert spoiled.quarantined["raw_text"].to_list() == ["GPU-1,2026-09-01T00:01:00Z,808334905,300"]
    assert_frame_equal(clean.samples, spoiled.samples)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("GPU-1,2026-09-01T00:00:00Z,-0.5,300", "UTILIZATION_OUT_OF_RANGE"),
        ("GPU-1,2026-09-01T00:00:00Z,50,-1", "POWER_OUT_OF_RANGE"),
        ("GPU-1,2026-09-01T00:00:00Z,50,3001", "POWER_OUT_OF_RANGE"),
        ("GPU-1,2026-09-01T00:00:00Z,busy,300", "NOT_A_NUMBER"),
        ("GPU-1,2026-09-01T00:00:00Z,50", "WRONG_COLUMN_COUNT"),
        ("GPU-1,2026-09-01T00:00:00Z,50,300,1", "WRONG_COLUMN_COUNT"),
        ('"GPU-1,2026-09-01T00:00:00Z,50,300', "MALFORMED_LINE"),
        ("GPU-1,2026-09-01T00:00:00,50,300", "TIME_WITHOUT_ZONE"),
        ("GPU-1,yesterday,50,300", "NOT_AN_INSTANT"),
        ("GPU-1,,50,300", "NO_TIMESTAMP"),
        ("GPU-1,1999-09-01T00:00:00Z,50,300", "TIME_TOO_EARLY"),
        (",2026-09-01T00:00:00Z,50,300", "NO_DEVICE_IDENTITY"),
    ],
)
def test_a_row_that_cannot_be_believed_is_set_aside_with_its_reason(read, row, code):
    reading = read(HEADER, "GPU-0,2026-09-01T00:00:00Z,50,300", "", row)
    assert reasons(reading) == {4: code}
    assert (reading.rows_in, reading.rows_accepted) == (2, 1)


@pytest.mark.parametrize("text", ["", "NaN", "inf", "-inf", "2147483632"])
def test_no_reading_is_unknown_and_never_zero(read, text):
    reading = read(HEADER, f"GPU-1,2026-09-01T00:00:00Z,{text},300")
    assert reading.samples["utilization_pct"].to_list() == [None]


def test_local_times_need_a_declared_zone_and_must_exist(read):
    rows = ("2026-03-29T00:30:00", "2026-03-29T01:30:00", "2026-10-25T01:30:00")
    london = Declaration(center_id="c-1", time_zone="Europe/London")
    reading = read(HEADER, *(f"GPU-1,{time},50,300" for time in rows), declaration=london)
    assert reasons(reading) == {3: "TIME_DOES_NOT_EXIST"}
    assert reading.samples["sampled_at_ms"].to_list() == [at(2026, 3, 29, 0, 30), at(2026, 10, 25, 0, 30)]


def test_a_sample_from_after_the_files_receipt_is_set_aside(read):
    declaration = Declaration(center_id="c-1", received_at=datetime(2026, 9, 1, tzinfo=UTC))
    rows = [f"GPU-1,2026-09-01T00:{minute}:00Z,50,300" for minute in ("05", "06")]
    assert reasons(read(HEADER, *rows, declaration=declaration)) == {3: "TIME_IN_FUTURE"}


def test_columns_that_are_not_used_are_counted(read):
    reading = read(HEADER + ",rack", "GPU-1,2026-09-01T00:00:00Z,50,300,A-7")
    assert reading.notices == {"column not used: rack": 1}


def test_a_column_that_appears_twice_refuses_the_file(read):
    with pytest.raises(UnreadableFileError) as refused:
        read(HEADER + ",power_w", "GPU-1,2026-09-01T00:00:00Z,50,300,300")
    assert refused.value.code == "DUPLICATE_COLUMN"


def test_other_tables_are_left_to_others():
    assert not recognizes_wide_csv(b"device_uid,model_id,installed_at\n")
    assert not recognizes_wide_csv(b"device_uid,sampled_at\n")


def parquet(folder, frame):
    path = folder / "samples"
    frame.write_parquet(path)
    assert TELEMETRY_READERS[0].recognizes(path.read_bytes())
    return path


def test_parquet_is_judged_like_csv(tmp_path):
    frame = pl.DataFrame(
        {
            "device_uid": ["GPU-1", "GPU-1", None],
            "sampled_at": [datetime(2026, 9, 1, tzinfo=UTC)] * 3,
            "utilization_pct": [float("nan"), 101.0, 50.0],
        }
    )
    reading = read_wide_parquet(parquet(tmp_path, frame), CENTER, "sha")
    assert reading.samples.select("sampled_at_ms", "utilization_pct", "source_line").rows() == [
        (at(2026, 9, 1), None, 1)
    ]
    assert reasons(reading) == {2: "UTILIZATION_OUT_OF_RANGE", 3: "NO_DEVICE_IDENTITY"}


def test_naive_parquet_times_need_a_declared_zone(tmp_path):
    frame = pl.DataFrame({"device_uid": "GPU-1", "sampled_at": [datetime(2026, 9, 1)], "power_w": 300})  # noqa: DTZ001
    path = parquet(tmp_path, frame)
    assert reasons(read_wide_parquet(path, CENTER, "sha")) == {1: "TIME_WITHOUT_ZONE"}
    shanghai = Declaration(center_id="c-1", time_zone="Asia/Shanghai")
    assert read_wide_parquet(path, shanghai, "sha").samples["sampled_at_ms"].to_list() == [at(2026, 8, 31, 16)]


def test_parquet_of_something_else_or_cut_short_is_refused(tmp_path):
    path = parquet(tmp_path, pl.DataFrame({"job": [1]}))
    with pytest.raises(UnreadableFileError) as refused:
        read_wide_parquet(path, CENTER, "sha")
    assert refused.value.code == "MISSING_COLUMN"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnreadableFileError) as refused:
        read_wide_parquet(path, CENTER, "sha")
    assert refused.value.code == "DAMAGED_FILE"


def test_a_row_may_be_of_a_slice_and_say_how_many_sevenths_it_holds(read):
    header = "device_uid,sampled_at,compute_active_pct,slice_id,slice_parts"
    rows = [f"GPU-1,2026-09-01T00:00:00Z,50,{cells}" for cells in ("1,3", "2,", ",7", "3,8", "4,1.5", "5,half")]
    reading = read(header, *rows)
    assert reading.samples.select("slice_id", "slice_parts").rows() == [("1", 3), ("2", None), (None, None)]
    assert reasons(reading) == {5: "OUT_OF_RANGE", 6: "OUT_OF_RANGE", 7: "NOT_A_NUMBER"}
    assert reading.notices == {}
