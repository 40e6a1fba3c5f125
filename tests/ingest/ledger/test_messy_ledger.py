"""Every trap of the sample ledger, as its keepers left it."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import polars as pl
import pytest

from ingest.ledger.cells import read_workbook
from ingest.ledger.headers import find_header
from ingest.reading import Declaration
from ingest.records.devices import DEVICE_EVENTS


def events_of(reading, server_id):
    """State and instant of the first card's events, in order."""
    events = reading.records["device_events"].filter(pl.col("device_uid") == f"{server_id}/0")
    return events.sort("occurred_at", "event_id").select("state", "occurred_at").rows()


def midnight(month, day):
    """Midnight in Shanghai of a day of 2025."""
    return datetime.fromisoformat(f"2025-{month:02}-{day:02}T00:00:00+08:00").astimezone(UTC)


def test_title_rows_and_a_header_of_two_merged_rows_are_understood(sample):
    header = find_header(read_workbook(sample("generated/asset_ledger_messy.xlsx"))[0].lines)
    assert (header.first_line, header.line_count, header.dialect.name) == (2, 2, "asset ledger")
    assert header.positions["card_model"] == 6
    assert header.positions["card_count"] == 7
    assert header.stated_on == "2025年9月1"


def test_subtotals_are_left_out_and_counted(ledger):
    assert ledger.rows_in == 5
    assert ledger.notices["subtotal row left out"] == 2


def test_a_value_of_merged_cells_belongs_to_all_of_them(sample):
    sheet = read_workbook(sample("generated/asset_ledger_messy.xlsx"))[0]
    assert [line.cells[4] for line in sheet.lines if line.number in (5, 6, 7)] == ["新华三 R5500 G6"] * 3


def test_a_cabinet_merged_over_its_machines_is_the_cabinet_of_each(workbook, read):
    header = ["机柜", "U位", "序列号", "加速卡型号", "加速卡数量", "状态", "额定功率(kW)"]
    rows = [header, ["R1", "1-8U", "A1", "H20", 8, "在网", 5.6], [None, "9-16U", "A2", "H20", 8, "在网", 5.6]]
    servers = read(workbook(rows, merged=("A2:A3",))).records["servers"]
    assert servers.select("server_id", "cabinet_id", "u_height", "nameplate_w").rows() == [
        ("A1", "sz-01/R1", 8, 5_600),
        ("A2", "sz-01/R1", 8, 5_600),
    ]


@pytest.mark.parametrize(
    ("merged", "detail"), [("A2:A3", "server_serial=A1"), ("C2:C3", "card_count=8")], ids=["serial", "count"]
)
def test_what_tells_one_machine_from_another_cannot_be_merged_over_two(workbook, read, merged, detail):
    """Eight cards merged over two machines are eight each or eight together: nobody but the author knows."""
    rows = [["序列号", "加速卡型号", "加速卡数量", "状态"], ["A1", "H20", 8, "在网"], ["A2", "H20", 8, "在网"]]
    reading = read(workbook(rows, merged=(merged,)))
    assert reading.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (2, "MERGED_CELLS", detail),
        (3, "MERGED_CELLS", detail),
    ]


def test_a_formula_that_never_ran_is_no_empty_cell(workbook, read):
    rows = [["序列号", "加速卡型号", "加速卡数量", "状态"], ["A1", "H20", "=4+4", "在网"], ["A2", "H20", 8, "#REF!"]]
    reading = read(workbook(rows))
    assert reading.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (2, "CELL_WITHOUT_VALUE", "card_count==4+4"),
        (3, "CELL_WITHOUT_VALUE", "status=#REF!"),
    ]


def test_a_ledger_at_a_declared_instant_of_any_offset_is_read(sample, read):
    taken = datetime.fromisoformat("2026-09-01T12:00:00+08:00")
    declared = Declaration(center_id="c-1", time_zone="Asia/Shanghai", observed_at=taken)
    assert read(sample("generated/asset_ledger_messy.xlsx"), declared).rows_accepted == 4


def test_a_part_of_a_ledger_that_is_no_xml_is_damaged(workbook, refusal, tmp_path):
    whole, broken = workbook([["序列号", "加速卡型号", "加速卡数量", "状态"]]), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) + (b"<" if "worksheets" in name else b""))
    assert refusal(broken) == "DAMAGED_FILE"


def test_a_serial_of_19_digits_that_became_a_number_sets_its_row_aside(ledger):
    assert ledger.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (7, "SERIAL_DAMAGED", "server_serial=1.65032300451235E+18")
    ]


def test_a_hidden_row_is_read_and_counted(ledger):
    assert ledger.notices["hidden row read"] == 1
    assert 7 in ledger.quarantined["source_line"]


def test_a_count_with_a_measure_word_is_a_number(sample, tmp_path, read):
    book = openpyxl.load_workbook(sample("generated/asset_ledger_messy.xlsx"))
    book.worksheets[0]["F7"] = "210235A4LM"
    path = tmp_path / "mended.bin"
    with path.open("wb") as file:
        book.save(file)
    events = read(path).records["device_events"]
    assert events.filter(pl.col("server_id") == "210235A4LM")["device_uid"].n_unique() == 8
    assert events_of(read(path), "210235A4LM")[-1] == ("decommissioned", midnight(8, 30))


def test_dates_as_text_as_a_number_and_as_a_date_are_all_dates(ledger):
    assert events_of(ledger, "210235A4LK") == [
        ("delivered", midnight(2, 20)),
        ("installed", midnight(3, 15)),
        ("powered", midnight(3, 18)),
        ("in_service", midnight(9, 1)),
    ]


def test_a_word_in_a_date_column_says_that_it_has_not_happened(ledger):
    assert events_of(ledger, "210235A4LL") == [("delivered", midnight(2, 20)), ("installed", midnight(3, 15))]


def test_a_machine_that_waits_in_the_store_is_delivered_and_not_installed(ledger):
    assert events_of(ledger, "033HMG10N8000011") == [("delivered", midnight(4, 1))]


def test_a_machine_sent_for_repair_is_away_from_the_date_in_the_remark(ledger):
    assert events_of(ledger, "033HMG10N8000012") == [("rma_out", midnight(7, 2))]


def test_a_card_is_named_by_its_place_where_the_ledger_knows_no_card_serials(ledger):
    cards = ledger.records["device_events"].filter(pl.col("server_id") == "210235A4LK")["device_uid"]
    assert sorted(set(cards)) == [f"210235A4LK/{position}" for position in range(8)]


def test_a_model_name_shared_by_several_models_stays_unknown_and_is_kept(ledger):
    events = ledger.records["device_events"]
    assert events.schema == pl.Schema(DEVICE_EVENTS.lake_schema)
    assert set(events["model_id"]) == {"nvidia-h20-96g", "unknown:910B"}


def test_no_server_record_is_made_up_where_no_power_is_stated(ledger):
    assert ledger.records["servers"].is_empty()
    assert ledger.notices["machine without a stated height or nameplate power: no server record"] == 4


def test_a_sheet_that_is_no_ledger_is_counted(ledger):
    assert ledger.notices["sheet without an inventory"] == 1


def test_the_same_ledger_saved_as_csv_in_either_encoding_says_the_same(sample, landed, read, ledger):
    text = io.StringIO()
    writer = csv.writer(text)
    sheet = openpyxl.load_workbook(sample("generated/asset_ledger_messy.xlsx")).worksheets[0]
    for row in sheet.iter_rows(values_only=True):
        writer.writerow(["" if cell is None else cell for cell in row])
    for encoding in ("utf-8-sig", "gb18030"):
        reading = read(landed(text.getvalue(), encoding))
        assert reading.format_name == "asset ledger CSV"
        assert reading.quarantined["reason_code"].to_list() == ["SERIAL_DAMAGED"]
        assert reading.records["device_events"].equals(ledger.records["device_events"])
