import io
import zipfile
from datetime import UTC, datetime

import fastexcel
import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboards.reports.cells import FORMULA_SIGNS
from dashboards.reports.exports import MEDIA_TYPES, Shown, export_bytes, file_name

AS_OF = datetime(2026, 11, 2, 1, tzinfo=UTC)
ABOUT = {"Page": "Payback", "As of": "2026-11-02 01:00 UTC"}


def _rows(**more: list) -> pl.DataFrame:
    return pl.DataFrame({"center_id": ["a", "b"], "cash_cny_fen": [-100, None]} | more)


@pytest.fixture
def hostile() -> pl.DataFrame:
    return pl.DataFrame({"name": [f"{sign}1+1" for sign in FORMULA_SIGNS] + ["plain", None], "n": range(12)})


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_the_same_rows_give_the_same_bytes(form):
    first, second = (export_bytes(form, [Shown("cash", _rows())], ABOUT, AS_OF) for _ in range(2))
    assert first == second


def test_numbers_stay_numbers_and_what_is_missing_stays_missing():
    content = export_bytes("xlsx", [Shown("cash", _rows())], ABOUT, AS_OF)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["cash"]
    assert [[cell.value for cell in row] for row in sheet] == [["center_id", "cash_cny_fen"], ["a", -100], ["b", None]]


def test_parquet_gives_back_the_frame_as_the_mart_gave_it():
    rows = _rows(at=[AS_OF, None])
    with zipfile.ZipFile(io.BytesIO(export_bytes("parquet", [Shown("cash", rows)], ABOUT, AS_OF))) as archive:
        assert_frame_equal(pl.read_parquet(archive.read("cash.parquet")), rows)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_text_of_a_file_runs_as_a_formula(form, hostile):
    content = export_bytes(form, [Shown("parties", hostile)], ABOUT | {"View": "=cmd"}, AS_OF)
    if form == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            cells = [line.decode() for name in archive.namelist() for line in archive.read(name).splitlines()]
            cells = [line.removeprefix("\ufeff").lstrip('"') for line in cells]
    else:
        book = fastexcel.read_excel(content)
        frames = [book.load_sheet(name, header_row=None).to_polars() for name in book.sheet_names]
        cells = [str(value) for frame in frames for value in frame.to_numpy().ravel() if value is not None]
        assert all(
            cell.data_type != "f" for row in openpyxl.load_workbook(io.BytesIO(content))["parties"] for cell in row
        )
    assert [cell for cell in cells if cell.startswith(FORMULA_SIGNS)] == []
    assert sum(cell.startswith("'") for cell in cells) == len(FORMULA_SIGNS) + (form == "xlsx")


def test_a_list_becomes_one_cell():
    content = export_bytes("csv", [Shown("cash", _rows(sources=[["x", "y"], []]))], ABOUT, AS_OF)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"x; y" in archive.read("cash.csv")


def test_the_name_of_the_file_says_page_and_version():
    assert file_name("csv", "payback", "v1") == "racklight-payback-v1.csv.zip"


def test_what_a_page_read_is_what_it_hands_out(open_page):
    app = open_page("payback", lang="en")
    shown = app.session_state["shown_rows"]
    names = {name for name, _ in shown}
    assert {"payback", "projected_cash", "center_month_series"} <= names
    (button,) = app.get("download_button")
    assert button.proto.label == "Download"
