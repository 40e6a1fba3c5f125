"""Bills of use: which rows are card time, on which day it counts, and what becomes of all the others."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.records.leases import METERED_USAGE
from ingest.usage.focus import read, recognizes

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
COLUMNS = "BillingAccountId,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit,CommitmentDiscountId,Tags"
SHANGHAI = Declaration(center_id="c-1", time_zone="Asia/Shanghai")
MONTH = "2025-09-01T00:00:00+08:00,2025-10-01T00:00:00+08:00"


@pytest.fixture
def bill(tmp_path):
    def read_rows(*rows, declaration=SHANGHAI, columns=COLUMNS):
        path = tmp_path / "bill"
        path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
        assert recognizes(path.read_bytes())
        reading = read(path, declaration, "sha")
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return read_rows


def sample(name):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"reference file {name} is not beside this checkout")
    return path


def usage(reading):
    return reading.records["metered_usage"]


def reasons(reading):
    return reading.quarantined.select("source_line", "reason_code").rows()


def test_card_hours_become_use_of_the_billed_account_under_its_commitment(bill):
    reading = bill(f"V-1,{MONTH},41200,card-hour,O-3,NULL")
    assert usage(reading).schema == pl.Schema(METERED_USAGE.lake_schema)
    row = usage(reading).row(0, named=True)
    assert (row["center_id"], row["consumer_party_id"], row["commitment_id"]) == ("c-1", "V-1", "O-3")
    assert (row["quantity_milli"], row["unit"], row["lease_id"]) == (41_200_000, "card_hour", None)
    assert (row["source_sha256"], row["source_line"], row["revision"]) == ("sha", 2, 1)


@pytest.mark.parametrize(
    ("start", "end", "used_on"),
    [
        ("2025-09-01T00:00:00+08:00", "2025-10-01T00:00:00+08:00", date(2025, 9, 30)),
        ("2025-09-01T00:00:00Z", "2025-10-01T00:00:00Z", date(2025, 9, 30)),
        ("2025-09-01 00:00:00", "2025-10-01 00:00:00", date(2025, 9, 30)),
        ("2025-09-18 00:00:00", "2025-09-19 00:00:00", date(2025, 9, 18)),
        ("2025-09-18 22:00:00", "2025-09-18 23:00:00", date(2025, 9, 18)),
        ("2025-09-18 23:00:00", "2025-09-19 00:00:00", date(2025, 9, 18)),
        ("2025-09-18T22:00:00Z", "2025-09-18T23:00:00Z", date(2025, 9, 19)),
    ],
)
def test_use_stands_on_the_last_local_day_of_its_period_and_never_in_the_next_month(bill, start, end, used_on):
    reading = bill(f"V-1,{start},{end},1,card-hour,,")
    assert usage(reading)["used_on"].to_list() == [used_on]


@pytest.mark.parametrize(
    ("quantity", "milli"),
    [("2.000000000000000", 2000), ("0.0005", 1), ("0.000499", 0), ("1.9996", 2000), ("0", 0)],
)
def test_a_quantity_is_kept_in_thousandths(bill, quantity, milli):
    assert usage(bill(f"V-1,{MONTH},{quantity},Card Hours,,"))["quantity_milli"].to_list() == [milli]


def test_other_units_and_rows_without_use_are_counted_and_left_out(bill):
    rows = [f"V-1,{MONTH},5,{unit},," for unit in ("GB", "Hours", "GPU-Hours", "NULL")]
    reading = bill(f"V-1,{MONTH},5,卡时,,", *rows, f"V-1,{MONTH},NULL,card-hour,,")
    assert usage(reading).height == 1
    assert reading.rows_accepted == 6
    assert reading.notices == {
        "rows of use in units other than card time": 4,
        "rows without a consumed quantity": 1,
    }


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"NULL,{MONTH},1,card-hour,,", "MISSING_VALUE"),
        ("V-2,NULL,2025-10-01,1,card-hour,,", "MISSING_VALUE"),
        ("V-2,September,2025-10-01T00:00:00Z,1,card-hour,,", "NOT_AN_INSTANT"),
        ("V-2,2025-10-01T00:00:00Z,2025-09-01T00:00:00Z,1,card-hour,,", "END_NOT_AFTER_START"),
        ("V-2,2025-07-01T00:00:00Z,2025-10-01T00:00:00Z,1,card-hour,,", "OUT_OF_RANGE"),
        (f"V-2,{MONTH},-1,card-hour,,", "OUT_OF_RANGE"),
        (f"V-2,{MONTH},many,card-hour,,", "NOT_A_NUMBER"),
        (f"V-2,{MONTH},1,card-hour,", "WRONG_COLUMN_COUNT"),
        (f'V-2,{MONTH},1,card-hour,,"', "MALFORMED_LINE"),
        (f"V-1,{MONTH},1,card-hour,,", "EXACT_DUPLICATE"),
        (f"V-1,{MONTH},2,card-hour,,", "CONFLICTING_KEY"),
    ],
)
def test_a_row_that_cannot_be_believed_is_set_aside_with_its_reason(bill, row, code):
    reading = bill(f"V-1,{MONTH},1,card-hour,,", "", row)
    assert reasons(reading) == [(4, code)]
    assert usage(reading).height == 1


def test_times_without_zone_are_refused_unless_a_zone_is_declared(bill):
    nowhere = Declaration(center_id="c-1")
    assert reasons(bill("V-1,2025-09-01,2025-10-01,1,card-hour,,", declaration=nowhere)) == [(2, "NOT_AN_INSTANT")]
    naive = "V-1,2025-09-01 00:00:00,2025-10-01 00:00:00,1,card-hour,,"
    assert reasons(bill(naive, declaration=nowhere)) == [(2, "TIME_WITHOUT_ZONE")]
    assert reasons(bill(f"V-1,{MONTH},1,card-hour,,", declaration=nowhere)) == [(2, "TIME_WITHOUT_ZONE")]


def test_use_of_a_period_that_has_not_ended_at_receipt_is_set_aside(bill):
    early = Declaration("c-1", "Asia/Shanghai", received_at=datetime(2025, 9, 30, tzinfo=UTC))
    assert reasons(bill(f"V-1,{MONTH},1,card-hour,,", declaration=early)) == [(2, "TIME_IN_FUTURE")]


def test_a_bill_sent_again_with_another_quantity_keeps_the_ids_of_its_rows(bill):
    first = usage(bill(f"V-1,{MONTH},1,card-hour,,"))["usage_id"].to_list()
    again = usage(bill(f"V-1,{MONTH},2,card-hour,,", f"V-1,{MONTH},2,card-hour,O-3,"))["usage_id"].to_list()
    assert first == again[:1]
    assert len(set(again)) == 2


def test_a_stray_id_column_makes_no_other_row_of_a_row(bill):
    first, second = (
        usage(bill(f"V-1,{MONTH},1,card-hour,,,{number}", columns=COLUMNS + ",Id"))["usage_id"].to_list()
        for number in (1, 2)
    )
    assert first == second


def test_a_bill_needs_a_declared_center_and_each_column_once(bill):
    with pytest.raises(UnreadableFileError) as refused:
        bill(f"V-1,{MONTH},1,card-hour,,", declaration=Declaration(time_zone="Asia/Shanghai"))
    assert refused.value.code == "NO_CENTER"
    with pytest.raises(UnreadableFileError) as refused:
        bill(f"V-1,{MONTH},1,card-hour,,,", columns=COLUMNS + ",Tags")
    assert refused.value.code == "DUPLICATE_COLUMN"


def test_of_the_offtake_bill_only_the_used_part_is_use():
    reading = read(sample("generated/focus_1_2_offtake.csv"), SHANGHAI, "sha")
    columns = ["consumer_party_id", "used_on", "quantity_milli", "commitment_id"]
    assert usage(reading).select(columns).rows() == [
        ("91440300MA5XXXXX01", date(2025, 9, 30), 41_200_000, "OFFTAKE-2025-003")
    ]
    assert (reading.rows_in, reading.rows_accepted) == (2, 2)
    assert reading.notices == {"rows without a consumed quantity": 1}


def test_a_real_cloud_bill_holds_no_card_time_and_every_row_is_accounted_for():
    path = sample("real/focus/focus_1.0_sample.csv")
    assert recognizes(path.read_bytes()[: 64 * 1024])
    reading = read(path, SHANGHAI, "sha")
    assert (reading.rows_in, reading.rows_accepted, usage(reading).height) == (1000, 1000, 0)
    assert sum(reading.notices.values()) == 1000
