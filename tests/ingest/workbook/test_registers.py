"""A filled-in workbook holds exactly what the same rows say as CSV, and what only a workbook can spoil is told."""

import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.reading import Declaration
from ingest.records import RECORD_KINDS
from ingest.sample_world import write_sample_world
from ingest.tabular import read_record_csv
from ingest.workbook.template import TEMPLATE_KINDS

PARTY = {"party_id": "91440300MA5XXXXX01", "party_name_zh": "甲", "party_kind": "vendor"}
CASH = {
    "movement_id": "m1",
    "center_id": "c1",
    "booked_on": "2026-01-02",
    "movement_kind": "receipt",
    "amount_cny": "12.50",
}
EVENT = {
    "event_id": "e1",
    "center_id": "c1",
    "device_uid": "GPU-1",
    "model_id": "h20",
    "occurred_at": "2026-01-02T08:00:00+08:00",
    "state": "powered",
}


def typed(kind_name: str, name: str, text: str) -> object:
    """What a person's spreadsheet makes of a text: numbers and dates become its own."""
    field_type = next(field.type for field in RECORD_KINDS[kind_name].fields if field.name == name)
    if field_type == "integer":
        return int(text)
    if field_type in ("money_cny", "quantity", "number"):
        return float(text)
    return date.fromisoformat(text) if field_type == "date" else text


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Record files of the sample world by kind, one for each."""
    folder = tmp_path_factory.mktemp("world")
    write_sample_world(folder)
    return {name: min(found) for name in TEMPLATE_KINDS if (found := list(folder.rglob(f"{name}.csv")))}


def test_the_template_filled_in_gives_the_records_of_the_csv_files(world, filled, read):
    assert len(world) >= 10
    texts = {}
    for name, path in world.items():
        with path.open(encoding="utf-8", newline="") as file:
            texts[name] = list(csv.DictReader(file))[:300]
    rows = {
        name: [{field: typed(name, field, text) for field, text in row.items() if text} for row in found]
        for name, found in texts.items()
    }
    reading = read(filled(**rows), Declaration())
    assert set(reading.records) == set(world)
    for name, found in reading.records.items():
        lines = read_record_csv(world[name], Declaration(), "sha")
        expected = lines.records[name].filter(pl.col("source_line") <= 301)
        assert_frame_equal(found.with_columns(pl.col("source_line") - 1), expected)
        ours = reading.quarantined.filter(pl.col("detail").str.starts_with(f"{name}: "))
        theirs = lines.quarantined.filter(pl.col("source_line") <= 301)
        assert ours["reason_code"].to_list() == theirs["reason_code"].to_list()
    assert reading.notices == {}


def test_an_empty_template_is_accepted_with_no_rows(empty_template, read):
    reading = read(empty_template)
    assert (reading.rows_in, reading.records, reading.notices) == (0, {}, {})


def test_a_bad_row_is_told_with_its_sheet_and_its_row_there(filled, read):
    bad = CASH | {"movement_id": "m2", "movement_kind": "rain"}
    reading = read(filled(parties=[PARTY], cash_movements=[CASH, bad]))
    (row,) = reading.quarantined.to_dicts()
    assert (row["source_line"], row["reason_code"]) == (4, "NOT_A_CHOICE")
    assert row["detail"] == "cash_movements: movement_kind=rain"
    assert row["raw_text"].startswith("cash_movements!4: m2 | c1 | 2026-01-02 | rain")


@pytest.mark.parametrize(
    ("amount", "fen"),
    [(0.1 + 0.2, 30), (1.1, 110), (729600000.12, 72960000012), (12, 1200), (0.01, 1), ("0012.5", 1250), (1e-05, None)],
)
def test_money_is_exact_to_the_fen_whatever_a_binary_number_makes_of_it(filled, read, amount, fen):
    reading = read(filled(cash_movements=[CASH | {"amount_cny": amount}]))
    expected = [] if fen is None else [fen]
    assert reading.records["cash_movements"]["amount_cny_fen"].to_list() == expected
    assert reading.quarantined["reason_code"].to_list() == ([] if expected else ["NOT_A_NUMBER"])


def test_dates_and_times_of_the_spreadsheet_become_iso(filled, read):
    event = EVENT | {"occurred_at": datetime.fromisoformat("2026-01-02T00:00:00")}
    path = filled(device_events=[event], cash_movements=[CASH | {"booked_on": datetime.fromisoformat("2026-01-02")}])
    reading = read(path, Declaration(time_zone="Asia/Shanghai"))
    assert reading.records["cash_movements"]["booked_on"].to_list() == [date(2026, 1, 2)]
    assert reading.records["device_events"]["occurred_at"][0].isoformat() == "2026-01-01T16:00:00+00:00"


def test_a_time_of_the_spreadsheet_has_no_offset_and_needs_a_declared_zone(filled, read):
    reading = read(filled(device_events=[EVENT | {"occurred_at": datetime.fromisoformat("2026-01-02T08:00:00")}]))
    assert reading.quarantined["reason_code"].to_list() == ["TIME_WITHOUT_ZONE"]


def test_a_number_of_more_than_15_digits_is_a_damaged_serial_and_as_text_it_is_whole(filled, read):
    reading = read(
        filled(device_events=[EVENT | {"serial": 1650323004512346112}, EVENT | {"serial": "1650323004512346112"}])
    )
    assert reading.records["device_events"]["serial"].to_list() == ["1650323004512346112"]
    assert reading.quarantined["reason_code"].to_list() == ["SERIAL_DAMAGED"]
    assert reading.quarantined["detail"].to_list() == ["device_events: serial=1.65032300451235E+18"]


def test_an_id_typed_as_a_number_has_no_decimals(filled, read):
    reading = read(filled(parties=[PARTY | {"party_id": 12.0}]))
    assert reading.records["parties"]["party_id"].to_list() == ["12"]


@pytest.mark.parametrize("formula", ["=B3*2", "=1/0", "=SUM("])
def test_a_formula_that_never_ran_is_no_empty_cell(filled, read, formula):
    reading = read(filled(parties=[PARTY | {"party_name_en": formula}]))
    assert reading.quarantined["reason_code"].to_list() == ["CELL_WITHOUT_VALUE"]
    assert reading.quarantined["detail"].to_list() == [f"parties: party_name_en={formula}"]


def test_an_error_value_is_no_text(filled, read):
    def spoil(book: openpyxl.Workbook) -> None:
        book["parties"]["C3"].value = "#N/A"
        book["parties"]["C3"].data_type = "e"

    reading = read(filled(spoil, parties=[PARTY]))
    assert reading.quarantined["reason_code"].to_list() == ["CELL_WITHOUT_VALUE"]


def test_text_that_looks_like_a_formula_stays_text(filled, read):
    def write_text(book: openpyxl.Workbook) -> None:
        book["parties"]["B3"].value = "=HYPERLINK(1)"
        book["parties"]["B3"].data_type = "s"

    reading = read(filled(write_text, parties=[PARTY]))
    assert reading.records["parties"]["party_name_zh"].to_list() == ["=HYPERLINK(1)"]


def test_rows_with_merged_cells_are_set_aside_since_one_value_would_count_twice(filled, read):
    rows = [CASH | {"movement_id": f"m{number}"} for number in range(4)]
    reading = read(filled(lambda book: book["cash_movements"].merge_cells("E4:E5"), cash_movements=rows))
    assert reading.records["cash_movements"]["movement_id"].to_list() == ["m0", "m3"]
    assert reading.quarantined["source_line"].to_list() == [4, 5]
    assert reading.quarantined["detail"].to_list() == ["cash_movements: E4:E5"] * 2


def test_the_same_key_twice_in_a_sheet_is_told_as_in_a_csv_file(filled, read):
    reading = read(filled(cash_movements=[CASH, CASH, CASH | {"amount_cny": "1"}]))
    assert reading.quarantined["reason_code"].to_list() == ["EXACT_DUPLICATE", "CONFLICTING_KEY"]


def test_blank_rows_between_do_not_shift_the_row_numbers(filled, read):
    reading = read(filled(parties=[PARTY, {}, {}, PARTY | {"party_id": "x"}]))
    assert reading.records["parties"]["source_line"].to_list() == [3, 6]


def test_what_is_not_read_is_counted(filled, read):
    def add(book: openpyxl.Workbook) -> None:
        book["parties"]["G1"].value = "mood"
        book["parties"]["G3"].value = "fine"
        book["parties"]["I3"].value = "a remark"
        book.create_sheet("notes")["A1"].value = "x"

    assert read(filled(add, parties=[PARTY])).notices == {
        "column not used: parties.mood": 1,
        "cells without a header not used: parties": 1,
        "sheet not used: notes": 1,
    }


def test_a_hidden_sheet_and_a_hidden_row_are_read(filled, read):
    def hide(book: openpyxl.Workbook) -> None:
        book["parties"].sheet_state = "hidden"
        book["parties"].row_dimensions[3].hidden = True

    assert read(filled(hide, parties=[PARTY])).rows_accepted == 1


def test_a_column_taken_away_or_doubled_refuses_the_workbook(filled, refusal):
    assert refusal(filled(lambda book: book["parties"].delete_cols(1), parties=[PARTY])) == "MISSING_COLUMN"

    def double(book: openpyxl.Workbook) -> None:
        book["parties"]["C1"].value = "party_id"

    assert refusal(filled(double, parties=[PARTY])) == "DUPLICATE_COLUMN"


def test_without_a_center_column_the_declared_center_holds(filled, read):
    path = filled(lambda book: book["cash_movements"].delete_cols(2), cash_movements=[CASH])
    assert read(path, Declaration(center_id="c9")).records["cash_movements"]["center_id"].to_list() == ["c9"]
    assert read(path).quarantined["reason_code"].to_list() == ["MISSING_VALUE"]
