"""What a sender gets back: a copy with the cells at fault marked and explained, in which nothing runs."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ingest.error_reports import write_error_report
from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.quarantine import quarantined_rows
from ingest.raw_store import place_of
from ingest.reading import Declaration
from ingest.reasons import REASONS
from ingest.workbook.template import ERRORS_SHEET, GUIDE_SHEET
from orchestration.cli import main

RECEIVED = Declaration(received_at=datetime(2026, 10, 1, tzinfo=UTC), center_id="c1", time_zone="Asia/Shanghai")
RED = "FFFF9C9C"
CASH = {
    "movement_id": "m1",
    "center_id": "c1",
    "booked_on": "2026-01-02",
    "movement_kind": "receipt",
    "amount_cny": "12.50",
}


@pytest.fixture
def data_dir(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


@pytest.fixture
def given_back(data_dir: DataDir, tmp_path: Path):
    """Take a workbook in and open the copy that its sender gets back."""

    def give_back(path: Path) -> openpyxl.Workbook:
        (outcome,) = ingest_paths([path], data_dir, RECEIVED)
        report = write_error_report(data_dir, outcome.source_sha256)
        assert report.fault_count == max(outcome.rows_quarantined, 1)
        return openpyxl.load_workbook(report.path)

    return give_back


def marked(book: openpyxl.Workbook) -> list[str]:
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    ]


def test_the_cell_at_fault_is_marked_and_says_why_in_both_languages(filled, given_back):
    bad = CASH | {"movement_id": "m2", "movement_kind": "rain"}
    book = given_back(filled(cash_movements=[CASH, bad]))
    assert marked(book) == ["cash_movements!D4"]
    comment = book["cash_movements"]["D4"].comment.text
    reason = REASONS["NOT_A_CHOICE"]
    assert all(part in comment for part in ("NOT_A_CHOICE", reason.zh, reason.en, "movement_kind=rain"))


def test_a_sheet_lists_every_fault_with_a_way_to_its_cell(filled, given_back):
    rows = [CASH | {"movement_id": "m2", "booked_on": "soon"}, CASH | {"movement_id": None}]
    book = given_back(filled(cash_movements=rows, parties=[{"party_id": "p", "party_kind": "vendor"}]))
    assert book.sheetnames[:2] == [ERRORS_SHEET, GUIDE_SHEET]
    listed = [[cell.value for cell in row[:4]] for row in book[ERRORS_SHEET].iter_rows(min_row=2)]
    assert sorted(listed) == [
        ["cash_movements", "A4", "movement_id", "MISSING_VALUE"],
        ["cash_movements", "C3", "booked_on", "NOT_A_DATE"],
        ["parties", "B3", "party_name_zh", "MISSING_VALUE"],
    ]
    ways = {row[1].hyperlink.location or row[1].hyperlink.target for row in book[ERRORS_SHEET].iter_rows(min_row=2)}
    assert ways == {"#'cash_movements'!A4", "#'cash_movements'!C3", "#'parties'!B3"}


def test_a_row_with_merged_cells_is_marked_whole(filled, given_back):
    rows = [CASH, CASH | {"movement_id": "m2"}]
    book = given_back(filled(lambda book: book["cash_movements"].merge_cells("E3:E4"), cash_movements=rows))
    assert [name for name in marked(book) if name.endswith("3")] == [f"cash_movements!{c}3" for c in "ABCDE"]
    assert "E3:E4" in book["cash_movements"]["A3"].comment.text


def test_nothing_in_the_copy_runs(filled, given_back):
    def spoil(book: openpyxl.Workbook) -> None:
        book["parties"]["B3"].value = "=HYPERLINK(1)"
        book["parties"]["B3"].data_type = "s"
        book["parties"]["C3"].value = "=1+1"
        book["cash_movements"]["A3"].value = "=cmd|'/C calc'!A1"
        book["cash_movements"]["A3"].data_type = "s"

    bad = [CASH | {"movement_kind": "@SUM(1)"}]
    book = given_back(filled(spoil, cash_movements=bad, parties=[{"party_id": "p", "party_kind": "vendor"}]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book["parties"]["B3"].value == "=HYPERLINK(1)"
    told = [cell for row in book[ERRORS_SHEET].iter_rows(min_row=2) for cell in row if cell.value]
    assert any(cell.value.startswith("=") or "=1+1" in cell.value for cell in told)
    assert all(cell.quotePrefix for cell in told)


def test_the_workbook_as_received_stays_as_it_was(filled, given_back, data_dir):
    path = filled(cash_movements=[CASH | {"amount_cny": "-1"}])
    before = path.read_bytes()
    given_back(path)
    sha256 = hashlib.sha256(before).hexdigest()
    assert path.read_bytes() == before == place_of(sha256, data_dir.raw_store).read_bytes()
    assert (data_dir.reports / "marked-workbooks" / f"{sha256[:16]}.xlsx").exists()


def test_a_mended_copy_sent_back_is_accepted_and_an_unmended_one_keeps_only_its_own_marks(filled, given_back, tmp_path):
    bad = [CASH | {"amount_cny": "-1"}, CASH | {"movement_id": "m2", "movement_kind": "rain"}]
    book = given_back(filled(cash_movements=bad))
    book["cash_movements"]["E3"].value = "1"
    book.save(tmp_path / "half.xlsx")
    again = given_back(tmp_path / "half.xlsx")
    assert marked(again) == ["cash_movements!D4"]
    assert again["cash_movements"]["E3"].comment is None
    assert again.sheetnames.count(ERRORS_SHEET) == 1
    again["cash_movements"]["D4"].value = "receipt"
    again.save(tmp_path / "mended.xlsx")
    (outcome,) = ingest_paths([tmp_path / "mended.xlsx"], DataDir(tmp_path / "other"), RECEIVED)
    assert (outcome.rows_accepted, outcome.rows_quarantined, outcome.message) == (2, 0, "")


def test_a_refused_workbook_says_why_on_its_first_sheet(filled, given_back):
    book = given_back(
        filled(lambda book: book["parties"].delete_cols(1), parties=[{"party_id": "p", "party_kind": "vendor"}])
    )
    row = [cell.value for cell in book[ERRORS_SHEET][2]]
    assert row[3] == "MISSING_COLUMN"
    assert "party_id" in row[6]


def test_a_ledger_kept_by_hand_has_its_bad_row_marked(given_back, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "台账"
    book.active.append(["机柜", "序列号", "GPU型号", "GPU数量", "状态", "上架日期"])
    book.active.append(["A1", "SN-1", "H20", 8, "在网", "2025-01-02"])
    book.active.append(["A1", "SN-2", "H20", 8, "迷路", "2025-01-02"])
    book.save(tmp_path / "ledger.xlsx")
    copy = given_back(tmp_path / "ledger.xlsx")
    assert marked(copy) == [f"台账!{column}3" for column in "ABCDEF"]


def test_the_command_line_writes_the_copy_after_an_ingest_and_on_request(filled, tmp_path, monkeypatch):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path / "data"))
    path = filled(cash_movements=[CASH | {"movement_kind": "rain"}])
    told = CliRunner().invoke(main, ["ingest", str(path)])
    assert "1 cells are marked and explained in" in told.output
    wanted = ["quarantine", "report", path.name, "--output", str(tmp_path / "back.xlsx")]
    assert CliRunner().invoke(main, wanted).exit_code == 0
    assert marked(openpyxl.load_workbook(tmp_path / "back.xlsx")) == ["cash_movements!D3"]
    again = CliRunner().invoke(main, wanted)
    assert again.exit_code == 1
    assert "left as it is" in again.output
    (row,) = quarantined_rows(DataDir(tmp_path / "data")).to_dicts()
    assert (row["sheet_name"], row["source_line"], row["column_names"]) == ("cash_movements", 3, "movement_kind")
