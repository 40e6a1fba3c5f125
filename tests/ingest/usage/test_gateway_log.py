"""Request logs of gateways: each request counts once, and tokens nobody told are never zero."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.records.tokens import TOKEN_USAGE
from ingest.usage.gateway_log import read, recognizes

SAMPLE = Path(__file__).parents[4] / "shared" / "samples" / "generated" / "llm_gateway_usage.jsonl"
CENTER = Declaration(center_id="c-1")
USAGE = {"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14, "prompt_tokens_details": {"cached_tokens": 3}}


def line(usage=USAGE, **changed):
    entry = {
        "request_id": "r-1",
        "ts": "2025-09-01T00:00:10.250Z",
        "tenant_id": "T-7",
        "model": "qwen",
        "served_by": "node-7",
        "status": 200,
        "usage": usage,
    }
    return json.dumps(entry | changed)


@pytest.fixture
def log(tmp_path):
    def read_lines(*lines, declaration=CENTER):
        path = tmp_path / "log"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = read(path, declaration, "sha")
        noticed = sum(found.notices.values())
        assert found.rows_in == requests_of(found).height + found.quarantined.height + noticed
        assert found.rows_in == found.rows_accepted + found.quarantined.height
        return found

    return read_lines


def requests_of(found):
    return found.records["token_usage"]


def reasons(found):
    return found.quarantined.select("source_line", "reason_code").rows()


def test_a_line_becomes_a_request_with_its_tokens(log):
    requests = requests_of(log(line()))
    assert requests.schema == pl.Schema(TOKEN_USAGE.lake_schema)
    at = datetime(2025, 9, 1, 0, 0, 10, 250_000, tzinfo=UTC)
    assert requests.rows() == [("c-1", "r-1", at, "T-7", "qwen", "node-7", 200, 10, 3, 4, 1, "sha", 1)]


def test_a_retry_counts_once_and_one_that_says_otherwise_waits(log):
    other = USAGE | {"prompt_tokens": 20, "total_tokens": 24}
    found = log(line(), line(ts="2025-09-01T00:00:15Z"), line(other))
    assert requests_of(found)["prompt_token_count"].to_list() == [10]
    assert reasons(found) == [(2, "EXACT_DUPLICATE"), (3, "CONFLICTING_KEY")]


def test_an_aborted_request_without_usage_is_noted_and_its_retry_counts(log):
    found = log(line(None, status=499), line())
    assert requests_of(found)["source_line"].to_list() == [2]
    assert found.notices == {"requests that failed or were aborted without usage": 1}


def test_cached_tokens_that_nobody_told_are_unknown_and_never_zero(log):
    found = log(line({"prompt_tokens": 10, "completion_tokens": 4}))
    assert requests_of(found)["cached_token_count"].to_list() == [None]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ('{"request_id": "r-2", "ts"', "MALFORMED_LINE"),
        ("[]", "MALFORMED_LINE"),
        (line(request_id="half a character \ud800"), "MALFORMED_LINE"),
        (line("much", request_id="r-2"), "MALFORMED_LINE"),
        (line(request_id=None), "MISSING_VALUE"),
        (line(request_id="r-2", ts=None), "MISSING_VALUE"),
        (line(None, request_id="r-2"), "MISSING_VALUE"),
        (line({"prompt_tokens": 1}, request_id="r-2"), "MISSING_VALUE"),
        (line(request_id="r-2", ts="noon"), "NOT_AN_INSTANT"),
        (line(request_id="r-2", ts="2025-09-01T00:00:10"), "TIME_WITHOUT_ZONE"),
        (line(request_id="r-2", status="ok"), "NOT_AN_INTEGER"),
        (line(request_id="r-2", status=2000), "OUT_OF_RANGE"),
        (line(USAGE | {"prompt_tokens": 10.5}, request_id="r-2"), "NOT_AN_INTEGER"),
        (line(USAGE | {"prompt_tokens": True}, request_id="r-2"), "NOT_AN_INTEGER"),
        (line(USAGE | {"prompt_tokens": -10}, request_id="r-2"), "OUT_OF_RANGE"),
        (line(USAGE | {"prompt_tokens_details": {"cached_tokens": 11}}, request_id="r-2"), "OUT_OF_RANGE"),
        (line(USAGE | {"total_tokens": 15}, request_id="r-2"), "PARTS_DO_NOT_SUM"),
    ],
)
def test_a_line_that_cannot_be_believed_is_set_aside_with_its_reason(log, bad, code):
    found = log(line(), "", bad)
    assert reasons(found) == [(3, code)]
    assert found.quarantined["raw_text"].to_list() == [bad]
    assert requests_of(found).height == 1


def test_a_request_from_after_the_files_receipt_is_set_aside(log):
    early = Declaration("c-1", received_at=datetime(2025, 8, 31, tzinfo=UTC))
    assert reasons(log(line(), declaration=early)) == [(1, "TIME_IN_FUTURE")]


def test_a_log_needs_a_declared_center(log):
    with pytest.raises(UnreadableFileError) as refused:
        log(line(), declaration=Declaration())
    assert refused.value.code == "NO_CENTER"


def test_the_sample_log_counts_four_requests_once_each():
    if not SAMPLE.exists():
        pytest.skip("the reference samples are not beside this checkout")
    assert recognizes(SAMPLE.read_bytes())
    found = read(SAMPLE, CENTER, "sha")
    assert requests_of(found)["request_id"].to_list() == [f"req_00000{number}" for number in range(4)]
    assert requests_of(found)["completion_token_count"].to_list() == [510, 568, 260, 1160]
    assert found.notices == {"requests that failed or were aborted without usage": 1}
    assert reasons(found) == [(6, "CONFLICTING_KEY")]


def test_other_files_of_lines_are_left_to_others():
    assert not recognizes(b'{"metric":{"__name__":"x"},"values":[1],"timestamps":[1]}\n')
    assert not recognizes(b"request_id,ts,usage\n")
