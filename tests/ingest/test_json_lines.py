"""Records as JSON lines: the same records as from CSV, line by line, with the text of every value kept."""

import json
from datetime import UTC, datetime

import pytest

from ingest.reading import Declaration
from ingest.recognize import reader_of

CARD_HOURS = {
    "usage_id": "u-1",
    "consumer_party_id": "p-1",
    "used_on": "2026-09-01",
    "quantity": 12.345,
    "unit": "card_hour",
}
RECEIVED = Declaration("c-1", received_at=datetime(2026, 10, 1, tzinfo=UTC))


@pytest.fixture
def taken(tmp_path):
    def take(*lines):
        path = tmp_path / "received"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        reading = reader_of(path, path.name).read(path, RECEIVED, "a" * 64)
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return take


def test_card_hours_come_as_json_lines_with_every_digit_they_were_written_with(taken):
    written = json.dumps(CARD_HOURS).replace("12.345", "1.10")
    found = taken(json.dumps(CARD_HOURS), written.replace("u-1", "u-2"))
    assert found.format_name == "jsonl:metered_usage"
    columns = ["usage_id", "center_id", "quantity_milli", "source_line"]
    assert found.records["metered_usage"].select(columns).rows() == [
        ("u-1", "c-1", 12_345, 1),
        ("u-2", "c-1", 1_100, 2),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"usage_id": "u-2", "quantity"', "MALFORMED_LINE"),
        ("[1]", "MALFORMED_LINE"),
        (json.dumps(CARD_HOURS | {"usage_id": "half a character \ud800"}), "MALFORMED_LINE"),
        (json.dumps(CARD_HOURS | {"usage_id": {"a": 1}}), "MALFORMED_LINE"),
        ('{"usage_id": "u-2", "usage_id": "u-3"}', "MALFORMED_LINE"),
        (json.dumps(CARD_HOURS | {"usage_id": None}), "MISSING_VALUE"),
        (json.dumps(CARD_HOURS | {"usage_id": "u-2", "quantity": 1e400}), "NOT_A_NUMBER"),
        (json.dumps(CARD_HOURS | {"usage_id": "u-2", "quantity": -1}), "OUT_OF_RANGE"),
        (json.dumps(CARD_HOURS | {"usage_id": "u-2", "used_on": "2026-12-01"}), "TIME_IN_FUTURE"),
        (json.dumps(CARD_HOURS), "EXACT_DUPLICATE"),
        (json.dumps(CARD_HOURS | {"quantity": 13}), "CONFLICTING_KEY"),
    ],
)
def test_a_line_that_cannot_be_used_is_set_aside_with_its_reason(taken, line, code):
    found = taken(json.dumps(CARD_HOURS), line)
    assert found.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(2, line, code)]


def test_a_key_that_no_record_has_is_counted(taken):
    assert taken(json.dumps(CARD_HOURS | {"weather": "rain"})).notices == {"column not used: weather": 1}


def test_a_gateways_log_is_not_taken_for_records(taken):
    usage = {"prompt_tokens": 1, "completion_tokens": 1}
    line = {"request_id": "r", "ts": "2026-09-01T00:00:00Z", "status": 200, "usage": usage}
    assert taken(json.dumps(line)).format_name == "gateway request log"
