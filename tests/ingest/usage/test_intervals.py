"""Card-hours over intervals without a meter id get in once, under an id made of what they name."""

from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.reading import Declaration, UnreadableFileError
from ingest.recognize import reader_of
from ingest.records import RECORD_KINDS
from ingest.usage.intervals import INTERVALS_READER
from orchestration.warehouse import load_raw

HEADER = "consumer_party_id,lease_id,interval_start,interval_end,quantity,unit"
DAY = "p1,l1,2026-01-01T00:00:00+08:00,2026-01-02T00:00:00+08:00,191.5,card_hour"
RECEIVED = datetime(2026, 3, 1, tzinfo=UTC)
CENTER = Declaration(center_id="c1", time_zone="Asia/Shanghai", received_at=RECEIVED)


@pytest.fixture
def read(tmp_path):
    def read_rows(*rows: str, header: str = HEADER, declaration: Declaration = CENTER):
        path = tmp_path / "meter.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        reader = reader_of(path, path.name)
        assert reader is INTERVALS_READER
        reading = reader.read(path, declaration, "sha")
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height == len(rows)
        return reading

    return read_rows


def usage(reading) -> pl.DataFrame:
    return reading.records["metered_usage"]


def reasons(reading) -> list[str]:
    return reading.quarantined["reason_code"].to_list()


def test_an_interval_becomes_metered_usage_of_its_last_local_day(read):
    found = usage(read(DAY))
    assert found.schema == pl.Schema(RECORD_KINDS["metered_usage"].lake_schema)
    (row,) = found.rows(named=True)
    assert (row["center_id"], row["consumer_party_id"], row["lease_id"]) == ("c1", "p1", "l1")
    assert (row["used_on"], row["quantity_milli"], row["unit"]) == (date(2026, 1, 1), 191_500, "card_hour")


def test_the_id_rests_on_what_is_named_and_not_on_the_writing_the_file_or_the_quantity(read):
    same_instants = "p1,l1,2025-12-31T16:00:00Z,2026-01-01T16:00:00Z,3,card_hour"
    (own,), (other,) = (usage(read(row))["usage_id"].to_list() for row in (DAY, same_instants))
    assert own == other


@pytest.mark.parametrize(
    ("told", "otherwise"),
    [("p1,", "p2,"), (",l1,", ",l2,"), (",l1,", ",,"), ("02T00", "02T01"), ("01T00", "01T01"), ("card_", "pflops_")],
)
def test_another_consumer_lease_instant_or_unit_is_another_row(read, told, otherwise):
    found = usage(read(DAY, DAY.replace(told, otherwise)))
    assert found["usage_id"].n_unique() == 2


def test_two_quantities_of_one_interval_are_a_conflict_and_the_same_again_a_duplicate(read):
    assert reasons(read(DAY, DAY, DAY.replace("191.5", "190"))) == ["EXACT_DUPLICATE", "CONFLICTING_KEY"]


@pytest.mark.parametrize(
    ("told", "otherwise", "reason"),
    [
        ("191.5", "-1", "OUT_OF_RANGE"),
        ("191.5", "", "MISSING_VALUE"),
        ("p1,", ",", "MISSING_VALUE"),
        ("card_hour", "hours", "NOT_A_CHOICE"),
        ("2026-01-02", "2026-01-01", "END_NOT_AFTER_START"),
        ("2026-01-02", "2026-02-02", "OUT_OF_RANGE"),
        ("2026-01-02", "2026-03-02", "TIME_IN_FUTURE"),
        (",card_hour", "", "WRONG_COLUMN_COUNT"),
    ],
)
def test_a_bad_interval_is_set_aside(read, told, otherwise, reason):
    start = DAY.replace("2026-01-01", "2026-02-20") if reason == "TIME_IN_FUTURE" else DAY
    assert reasons(read(start.replace(told, otherwise))) == [reason]


def test_without_a_zone_nobody_knows_the_day_and_the_file_is_refused(read):
    with pytest.raises(UnreadableFileError) as refusal:
        read(DAY, declaration=Declaration(center_id="c1", received_at=RECEIVED))
    assert refusal.value.code == "UNKNOWN_TIME_ZONE"


def test_an_interval_sent_again_is_one_key_in_the_warehouse_and_another_quantity_a_second_content(tmp_path):
    data_dir = DataDir(tmp_path / "data")
    deliveries = {"first": [DAY], "again": [DAY, DAY.replace("l1", "l2")], "other": [DAY.replace("191.5", "190")]}
    for name, rows in deliveries.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        assert ingest_paths([path], data_dir, CENTER)[0].status == "accepted"
    assert ingest_paths([path], data_dir, CENTER)[0].rows_accepted == 0, "the same file is taken in once"
    with duckdb.connect() as connection:
        load_raw(connection, data_dir)
        keys = connection.execute(
            "select count(*), count(distinct content_hash) from raw.metered_usage group by usage_id order by all"
        ).fetchall()
    assert keys == [(1, 1), (3, 2)]
