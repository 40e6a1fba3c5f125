"""Rows of a ledger that break a rule, and files that are refused."""

import csv
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import yaml

from ingest.domain import DEVICE_STATES
from ingest.ledger.cells import read_workbook
from ingest.ledger.readers import LEDGER_READERS
from ingest.ledger.words import words
from ingest.reading import Declaration, UnreadableFileError
from ingest.records import RECORD_KINDS

REPOSITORY = Path(__file__).parents[3]
HERE = Declaration(center_id="sz-01", time_zone="Asia/Shanghai", received_at=datetime(2025, 10, 1, tzinfo=UTC))
HEADER = "机柜,U位,序列号,加速卡型号,加速卡数量,卡SN,到货日期,上架日期,加电日期,状态,备注\n"
GOOD = "R1,1-8U,A1,H20,8,,2025-02-20,2025-03-15,2025-03-18,在网,\n"


@pytest.mark.parametrize(
    ("line", "reason_code"),
    [
        ("R1,9-16U,,H20,8,,,,,在网,", "MISSING_VALUE"),
        ("R1,9-16U,A2,H20,8,,,,,,", "MISSING_VALUE"),
        ("R1,9-16U,A2,,8,,,,,在网,", "MISSING_VALUE"),
        ("R1,9-16U,A2,H20,,,,,,在网,", "MISSING_VALUE"),
        ("R1,9-16U,A2,H20,八张,,,,,在网,", "NOT_AN_INTEGER"),
        ("R1,9-16U,A2,H20,800,,,,,在网,", "OUT_OF_RANGE"),
        ("R1,上层,A2,H20,8,,,,,在网,", "OUT_OF_RANGE"),
        ("R1,9-16U,A2,H20,8,,,,,不详,", "NOT_A_CHOICE"),
        ("R1,9-16U,A2,H20,8,,2025-02-30,,,在网,", "NOT_A_DATE"),
        ("R1,9-16U,A2,H20,8,,三月,,,在网,", "NOT_A_DATE"),
        ("R1,9-16U,A2,H20,8,,1970-01-01,,,在网,", "TIME_TOO_EARLY"),
        ("R1,9-16U,A2,H20,8,,2026-02-20,,,在网,", "TIME_IN_FUTURE"),
        ("R1,9-16U,A2,H20,8,,2025-03-20,2025-03-15,,在网,", "END_NOT_AFTER_START"),
        ("R1,9-16U,A2,H20,8,,,,2025-03-18,返修,2025.3.1送修", "END_NOT_AFTER_START"),
        ("R1,9-16U,A2,H20,8,,,,未加电,在网,", "STATUS_CONTRADICTED"),
        ("R1,9-16U,A2,H20,8,,,2025-03-15,,待上架,", "STATUS_CONTRADICTED"),
        ("R1,9-16U,1.65032E+18,H20,8,,,,,在网,", "SERIAL_DAMAGED"),
        ("R1,9-16U,1650323004512340000,H20,8,,,,,在网,", "SERIAL_DAMAGED"),
        ("R1,9-16U,A2,H20,2,1.65032E+18 1.65033E+18,,,,在网,", "SERIAL_DAMAGED"),
        (GOOD.strip(), "EXACT_DUPLICATE"),
        (GOOD.strip().replace("H20", "H200"), "CONFLICTING_KEY"),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside(landed, read, line, reason_code):
    reading = read(landed(HEADER + GOOD + line + "\n"))
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, line, reason_code)]
    assert reading.records["device_events"]["server_id"].unique().to_list() == ["A1"]


def test_an_intact_serial_of_19_digits_written_as_text_is_kept(landed, read):
    events = read(landed(HEADER + GOOD.replace("A1", "1650323004512345678"))).records["device_events"]
    assert events["server_id"].unique().to_list() == ["1650323004512345678"]


def test_as_many_card_serials_as_cards_name_the_cards(landed, read):
    events = read(landed(HEADER + "R1,1-8U,A1,H20,2,C1、C2,,,2025-03-18,已加电,\n")).records["device_events"]
    assert events.select("device_uid", "serial", "state").rows() == [("C1", "C1", "powered"), ("C2", "C2", "powered")]


def test_fewer_card_serials_than_cards_name_none(landed, read):
    events = read(landed(HEADER + "R1,1-8U,A1,H20,2,C1,,,2025-03-18,已加电,\n")).records["device_events"]
    assert events["device_uid"].to_list() == ["A1/0", "A1/1"]


@pytest.mark.parametrize("written", ["2025.3.8", "2025/3/8", "2025-03-08", "2025年3月8日", "20250308", "45724"])
def test_one_day_written_in_many_ways_is_one_day(landed, read, written):
    events = read(landed(HEADER + f"R1,1-8U,A1,H20,1,,,,{written},已加电,\n")).records["device_events"]
    assert events["occurred_at"].to_list() == [datetime(2025, 3, 7, 16, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("written", "height"), [("20~27U", 8), ("12-19U", 8), ("1U至7U", 7), ("12U", 1), ("27-20U", 8)]
)
def test_rack_units_are_counted_from_the_first_to_the_last(landed, read, written, height):
    header = HEADER.replace("备注", "备注,额定功率(W),机柜U数,机柜功率(kW)")
    reading = read(landed(header + GOOD.replace("1-8U", written).strip() + ",6000,42,20\n"))
    assert reading.records["servers"]["u_height"].to_list() == [height]
    assert reading.records["cabinets"].select("cabinet_id", "u_count", "contracted_w").rows() == [
        ("sz-01/R1", 42, 20_000)
    ]


def test_a_machine_without_accelerators_is_counted_and_has_no_events(landed, read):
    reading = read(landed(HEADER + GOOD + "R1,20U,SW1,,,,,,,在网,\n"))
    assert (reading.rows_accepted, reading.notices["row without accelerators: no event"]) == (2, 1)


def test_a_state_known_only_from_the_ledger_begins_when_the_ledger_was_received(landed, read):
    line = HEADER + "R1,1-8U,A1,H20,1,,,,,在网,\n"
    assert read(landed(line)).records["device_events"]["occurred_at"].to_list() == [HERE.received_at]
    unknown = read(landed(line), replace(HERE, received_at=None))
    assert unknown.quarantined["reason_code"].to_list() == ["NO_TIMESTAMP"]


def test_a_ledger_of_no_declared_center_or_zone_is_refused(landed, refusal):
    assert refusal(landed(HEADER + GOOD), replace(HERE, center_id=None)) == "NO_CENTER"
    assert refusal(landed(HEADER + GOOD), replace(HERE, time_zone=None)) == "TIME_WITHOUT_ZONE"


def test_two_columns_that_mean_the_same_are_refused(landed, refusal):
    assert refusal(landed(HEADER.replace("备注", "SN") + GOOD)) == "DUPLICATE_COLUMN"


def test_a_workbook_cut_off_on_the_way_is_refused(workbook, refusal):
    path = workbook([HEADER.strip().split(","), GOOD.strip().split(",")])
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path) == "DAMAGED_FILE"


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_expanded(tmp_path):
    path = tmp_path / "received.bin"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(257):
            part.write(bytes(1024 * 1024))
    with pytest.raises(UnreadableFileError, match="expands to"):
        read_workbook(path)


def test_a_few_bytes_that_merge_billions_of_cells_are_refused(workbook, refusal):
    path = workbook([HEADER.strip().split(","), GOOD.strip().split(",")], merged=("A3:A4",))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"A3:A4", b"A3:XFD1048576"))
    assert refusal(path) == "EXPANDS_TOO_FAR"


def test_a_stray_cell_far_below_costs_nothing(workbook, read):
    path = workbook([HEADER.strip().split(","), GOOD.strip().split(",")])
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file)
    book.active.cell(1_048_576, 3, " ")
    with path.open("wb") as file:
        book.save(file)
    assert read(path).rows_in == 1


@pytest.mark.parametrize(
    ("status", "state"), [("已上架", "powered"), ("已加电", "powered"), ("库存", "delivered"), ("在网", "in_service")]
)
def test_a_status_takes_back_a_dated_state_only_where_both_cannot_be_true(landed, read, status, state):
    events = read(landed(HEADER + GOOD.replace("在网", status))).records["device_events"]
    last = events.sort("occurred_at", "event_id").filter(pl.col("device_uid") == "A1/0")
    assert last["state"].to_list()[-1] == state


def test_a_ledger_without_rows_is_read_and_says_nothing(landed, read):
    reading = read(landed(HEADER))
    assert (reading.rows_in, reading.records["device_events"].height) == (0, 0)


def test_every_status_word_means_a_device_state():
    for dialect in words().dialects.values():
        assert set(dialect.states.values()) <= set(DEVICE_STATES)
    assert set(words().netbox_states.values()) <= set(DEVICE_STATES)
    named = words().dialects["asset ledger"].states
    assert {"在网", "已上架", "已加电", "待上架", "返修", "已下架", "借出"} <= named.keys()


def test_every_model_name_leads_to_a_model_of_the_catalogue():
    names = yaml.safe_load((REPOSITORY / "ingest/ledger/model_names.yaml").read_text(encoding="utf-8"))
    with (REPOSITORY / "dbt_project/seeds/reference/accelerators.csv").open(encoding="utf-8", newline="") as file:
        assert names.keys() <= {row["model_id"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("written", "model_id"),
    [
        ("H20", "nvidia-h20-96g"),
        ("NVIDIA H20", "nvidia-h20-96g"),
        ("英伟达 h20", "nvidia-h20-96g"),
        ("昇腾910B3", "huawei-ascend-910b3"),
        ("A100", "unknown:A100"),
    ],
)
def test_a_card_is_recognized_by_the_names_people_give_it(landed, read, written, model_id):
    events = read(landed(HEADER + GOOD.replace("H20", written))).records["device_events"]
    assert events["model_id"].unique().to_list() == [model_id]


def test_no_other_format_is_mistaken_for_an_inventory(workbook):
    heads = [(",".join(kind.headers) + "\n").encode() for kind in RECORD_KINDS.values()]
    heads += [b"", b"\xff\xfe\x00", b"PK\x03\x04", workbook([["party_id", "party_name_zh"]]).read_bytes()]
    assert [head for head in heads for reader in LEDGER_READERS if reader.recognizes(head)] == []


def test_a_workbook_is_recognized_by_its_first_64_kib(workbook):
    rows = [HEADER.strip().split(",")] + [
        ["R1", "1-8U", f"S{n:09}", "H20", 8, "", n, n, n, "在网"] for n in range(9_000)
    ]
    head = workbook(rows).read_bytes()[: 64 * 1024]
    assert len(head) == 64 * 1024
    assert [reader.format_name for reader in LEDGER_READERS if reader.recognizes(head)] == ["inventory XLSX"]


def test_rows_of_several_sheets_keep_the_line_of_their_own_sheet(tmp_path, read):
    book = openpyxl.Workbook()
    for name, serial in (("一期", "A1"), ("二期", "A2")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER.strip().split(","))
        sheet.append(GOOD.replace("A1", serial).strip().split(","))
    path = tmp_path / "received.bin"
    with path.open("wb") as file:
        book.save(file)
    events = read(path).records["device_events"].filter(pl.col("state") == "powered")
    assert events["source_line"].unique().to_list() == [2]
    assert events["server_id"].unique(maintain_order=True).to_list() == ["A1", "A2"]
