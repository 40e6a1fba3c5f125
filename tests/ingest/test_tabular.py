"""Record CSV: each row is accepted with typed values, or set aside with the first thing wrong with it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.reading import Declaration, Reading, UnreadableFileError
from ingest.tabular import read_record_csv

CASH_HEADER = "movement_id,center_id,booked_on,movement_kind,amount_cny"
RECEIVED = Declaration(received_at=datetime(2026, 2, 1, tzinfo=UTC))


def read(tmp_path: Path, text: str, declaration: Declaration = RECEIVED) -> Reading:
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    reading = read_record_csv(path, declaration, "0" * 64)
    assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
    return reading


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("b,c,2026-01-32,receipt,12.55", "NOT_A_DATE"),
        ("b,c,2026-01-02,rain,12.55", "NOT_A_CHOICE"),
        ("b,c,2026-01-02,receipt,-12.55", "OUT_OF_RANGE"),
        ("b,c,2026-01-02,receipt,12.555", "NOT_A_NUMBER"),
        ("b,c,2026-01-02,receipt,１２", "NOT_A_NUMBER"),
        ("b,,2026-01-02,receipt,12", "MISSING_VALUE"),
        ("b,c,2026-01-02,receipt", "WRONG_COLUMN_COUNT"),
        ("b,c,2099-01-02,receipt,12", "TIME_IN_FUTURE"),
        ("a,c,2026-01-02,receipt,1.00", "EXACT_DUPLICATE"),
        ("a,c,2026-01-02,receipt,1.01", "CONFLICTING_KEY"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_its_text_and_its_reason(tmp_path, line, reason):
    reading = read(tmp_path, f"{CASH_HEADER}\na,c,2026-01-02,receipt,1\n{line}\n")
    assert reading.rows_accepted == 1
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, line, reason)]


def test_yuan_are_kept_as_fen_to_the_last_digit(tmp_path):
    reading = read(tmp_path, f"{CASH_HEADER}\na,c,2026-01-02,receipt,1234567890123.45\nb,c,2026-01-02,receipt,0.1\n")
    assert reading.records["cash_movements"]["amount_cny_fen"].to_list() == [123456789012345, 10]


def test_a_quoted_line_break_does_not_shift_later_line_numbers(tmp_path):
    text = f'{CASH_HEADER},document\na,c,2026-01-02,receipt,1,"two\nlines"\nb,c,x,receipt,1,\n'
    assert read(tmp_path, text).quarantined["source_line"].to_list() == [4]


def test_a_time_without_an_offset_needs_a_declared_zone(tmp_path):
    text = "center_id,lease_id,device_uid,allocated_from\nc,l,d,2026-01-01 08:00\n"
    assert read(tmp_path, text).quarantined["reason_code"].to_list() == ["TIME_WITHOUT_ZONE"]
    declared = read(tmp_path, text, Declaration(time_zone="Asia/Shanghai"))
    assert declared.records["lease_devices"]["allocated_from"].to_list() == [datetime(2026, 1, 1, tzinfo=UTC)]


def test_a_local_time_that_clocks_skipped_is_refused_and_a_repeated_one_is_its_first_instant(tmp_path):
    text = "center_id,lease_id,device_uid,allocated_from\nc,l,d,2026-03-29T01:30\nc,l,e,2025-10-26T01:30\n"
    reading = read(tmp_path, text, Declaration(time_zone="Europe/London"))
    assert reading.quarantined["reason_code"].to_list() == ["TIME_DOES_NOT_EXIST"]
    assert reading.records["lease_devices"]["allocated_from"].to_list() == [datetime(2025, 10, 26, 0, 30, tzinfo=UTC)]


def test_parts_that_do_not_add_up_to_their_total_are_set_aside(tmp_path):
    bins = "util_0_1_seconds,util_1_5_seconds,util_5_10_seconds,util_10_20_seconds"
    bins += ",util_20_50_seconds,util_50_80_seconds,util_80_100_seconds"
    header = f"center_id,device_uid,local_day,evidence_class,known_seconds,{bins}"
    reading = read(tmp_path, f"{header}\nc,d,2026-01-01,A,60,0,0,0,0,0,0,60\nc,e,2026-01-01,A,60,0,0,0,0,0,0,59\n")
    assert reading.quarantined["reason_code"].to_list() == ["PARTS_DO_NOT_SUM"]


def test_the_declared_center_fills_in_where_the_file_names_none(tmp_path):
    reading = read(
        tmp_path, "node_id,card_count\nn1,8\n", Declaration(center_id="yangzhou-01", received_at=RECEIVED.received_at)
    )
    assert reading.records["inventory_nodes"]["center_id"].to_list() == ["yangzhou-01"]


def test_an_extra_column_is_noted_and_left_out(tmp_path):
    reading = read(tmp_path, f"{CASH_HEADER},weather\na,c,2026-01-02,receipt,1,fine\n")
    assert reading.notices == {"column not used: weather": 1}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"{CASH_HEADER},movement_id\n".encode(), "DUPLICATE_COLUMN"),
        (f"{CASH_HEADER}\na,c,2026-01-02,receipt,1,扬州\n".encode("gbk"), "NOT_UTF8"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_with_a_code(tmp_path, content, code):
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refusal:
        read_record_csv(path, RECEIVED, "0" * 64)
    assert refusal.value.code == code
