"""Which numbers of a sender's deliveries are missing."""

from datetime import UTC, datetime, timedelta

import polars as pl

from ingest.sequences import MISSING_SCHEMA, in_words, missing_deliveries
from ingest.state.store import FILES_FRAME

START = datetime(2026, 9, 1, tzinfo=UTC)


def received(*deliveries: tuple[str | None, str | None, int | None, str | None]) -> pl.DataFrame:
    """Files received an hour apart: center, sender, number, reason of refusal."""
    rows = [
        {
            "source_sha256": f"{hour:064}",
            "recorded_at": START + timedelta(hours=hour),
            "center_id": center_id,
            "sender": sender,
            "sender_sequence": number,
            "refusal_code": refusal,
        }
        for hour, (center_id, sender, number, refusal) in enumerate(deliveries)
    ]
    return pl.DataFrame(rows, schema=FILES_FRAME)


def gaps(*deliveries: tuple[str | None, str | None, int | None, str | None]) -> list[tuple]:
    missing = missing_deliveries(received(*deliveries))
    assert missing.schema == MISSING_SCHEMA
    return missing.drop("noticed_at", "missing_count").rows()


def test_numbers_between_the_first_and_the_last_are_missed_in_runs_whatever_the_order():
    sent = [("c", None, number, None) for number in (9, 3, 4, 7, 3)]
    assert gaps(*sent) == gaps(*reversed(sent)) == [("c", "", 5, 6, 0), ("c", "", 8, 8, 0)]


def test_files_without_a_manifest_and_numbers_that_follow_each_other_miss_nothing():
    assert gaps(("c", None, None, None), ("c", None, 5, None), ("c", None, 6, None)) == []
    assert gaps() == []


def test_each_sender_and_each_center_counts_for_itself():
    sent = [("c", "jobs", 1, None), ("c", "power", 2, None), ("c", "jobs", 3, None), ("d", "jobs", 2, None)]
    assert gaps(*sent, (None, None, 1, None), (None, None, 3, None)) == [
        ("", "", 2, 2, 0),
        ("c", "jobs", 2, 2, 0),
    ]


def test_a_number_that_came_and_was_refused_is_missing_until_it_counts():
    sent = [("c", None, 1, None), ("c", None, 3, "MANIFEST_MISMATCH"), ("c", None, 3, "MANIFEST_MISMATCH")]
    assert gaps(*sent) == [("c", "", 2, 3, 1)]
    assert gaps(*sent, ("c", None, 3, None)) == [("c", "", 2, 2, 0)]


def test_a_number_beyond_imagination_is_one_run_and_costs_nothing():
    (gap,) = missing_deliveries(received(("c", None, 1, None), ("c", None, 1 << 62, None))).to_dicts()
    assert gap["missing_count"] == (1 << 62) - 2


def test_a_gap_is_noticed_when_the_first_number_beyond_it_comes_and_said_in_words():
    (gap,) = missing_deliveries(
        received(("c", None, 1, None), ("c", None, 9, None), ("c", None, 8, "NOT_UTF8"), ("c", None, 7, None))
    ).to_dicts()[:1]
    assert (gap["missing_from"], gap["missing_to"], gap["noticed_at"]) == (2, 6, START + timedelta(hours=1))
    assert in_words(gap) == "c: 2 to 6"
