"""Node series: the repeated hour of autumn must not double what stands there."""

from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.occupancy.node_series import read
from ingest.reading import Declaration
from ingest.records.occupancy import NODE_COUNTS

HEADER = "time,active,total\n"
PACIFIC = Declaration(center_id="philly", time_zone="America/Los_Angeles")


def test_a_line_is_one_instant_with_the_nodes_busy_and_there(landed):
    counts = read(landed(HEADER + "2017-10-03 00:00:00,312,420\n"), PACIFIC, "sha").records["node_counts"]
    assert counts.schema == pl.Schema(NODE_COUNTS.lake_schema)
    assert counts.drop("revision").rows() == [
        ("philly", datetime(2017, 10, 3, 7, tzinfo=UTC), 312, 420, "sha", 2),
    ]


@pytest.mark.parametrize(
    ("line", "reason_code"),
    [
        ("2017-10-03 00:01:00,312", "WRONG_COLUMN_COUNT"),
        ("2017-10-03 00:01:00,,420", "MISSING_VALUE"),
        ("2017-13-03 00:01:00,312,420", "NOT_AN_INSTANT"),
        ("2018-03-11 02:00:00,312,420", "TIME_DOES_NOT_EXIST"),
        ("2017-10-03 00:01:00,many,420", "NOT_AN_INTEGER"),
        ("2017-10-03 00:01:00,-1,420", "OUT_OF_RANGE"),
        ("2017-10-03 00:01:00,421,420", "OUT_OF_RANGE"),
        ("2017-10-03 00:00:00,312,420", "EXACT_DUPLICATE"),
        ("2017-10-03 00:00:00,313,420", "CONFLICTING_KEY"),
    ],
)
def test_a_line_that_breaks_a_rule_is_set_aside(landed, line, reason_code):
    reading = read(landed(HEADER + "2017-10-03 00:00:00,312,420\n" + line + "\n"), PACIFIC, "sha")
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(3, line, reason_code)]
    assert (reading.rows_in, reading.rows_accepted) == (2, 1)


def test_without_a_declared_zone_every_count_is_set_aside(landed):
    reading = read(landed(HEADER + "2017-10-03 00:00:00,312,420\n"), Declaration("philly"), "sha")
    assert reading.quarantined["reason_code"].to_list() == ["TIME_WITHOUT_ZONE"]


def test_the_repeated_hour_of_the_real_series_is_counted_once_and_its_second_pass_is_unknown(trace):
    reading = read(trace("philly/philly_node_sequence.csv"), PACIFIC, "sha")
    assert (reading.rows_in, reading.rows_accepted) == (105_644, 105_644)
    counts = reading.records["node_counts"]
    assert counts["counted_at"].n_unique() == 105_644

    first_pass = counts.filter(pl.col("counted_at").is_between(*hour(8), closed="left"))
    assert first_pass.height == 60
    assert first_pass["total_node_count"].unique().to_list() == [174]
    assert counts.filter(pl.col("counted_at").is_between(*hour(9), closed="left")).is_empty()
    assert counts.filter(pl.col("counted_at").is_between(*hour(10), closed="left")).height == 60


def hour(utc_hour: int) -> tuple[datetime, datetime]:
    """An hour of 2017-11-05 in UTC; local clocks show 01:00 to 01:59 in the hours 8 and 9."""
    return datetime(2017, 11, 5, utc_hour, tzinfo=UTC), datetime(2017, 11, 5, utc_hour + 1, tzinfo=UTC)
