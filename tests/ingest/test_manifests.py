"""A file that comes with its sender's manifest is read only when it is complete and equal to it."""

import hashlib
import json
from pathlib import Path

import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.quarantine import retry
from ingest.reading import Declaration
from ingest.state.store import StateStore

CASH = b"movement_id,center_id,booked_on,movement_kind,amount_cny\nm1,c1,2026-01-02,receipt,12.50\n"
GOOD = {"rows": 1, "bytes": len(CASH), "sha256": hashlib.sha256(CASH).hexdigest(), "schema_version": 1, "sequence": 7}
TEXTS = {
    "no JSON": "rows = 1",
    "a list": "[1]",
    "a field missing": json.dumps({name: value for name, value in GOOD.items() if name != "rows"}),
    "a field too many": json.dumps(GOOD | {"mood": "fine"}),
    "rows in words": json.dumps(GOOD | {"rows": "one"}),
    "rows below zero": json.dumps(GOOD | {"rows": -1}),
    "rows that are true": json.dumps(GOOD | {"rows": True}),
    "sha256 a number": json.dumps(GOOD | {"sha256": 1}),
    "an unknown schema": json.dumps(GOOD | {"schema_version": 9}),
}


@pytest.fixture
def data_dir(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


@pytest.fixture
def deliver(tmp_path: Path, data_dir: DataDir):
    landing = tmp_path / "landing"
    landing.mkdir()

    def send(content: bytes, manifest: str):
        (landing / "cash.csv").write_bytes(content)
        (landing / "cash.csv.manifest.json").write_text(manifest)
        (outcome,) = ingest_paths([landing], data_dir, Declaration())
        row = StateStore(data_dir).find_file(outcome.source_sha256)
        return outcome.status, row.refusal_code, row.sender_sequence

    return send


def test_a_file_equal_to_its_manifest_counts_with_the_senders_number(deliver):
    assert deliver(CASH, json.dumps(GOOD)) == ("accepted", None, 7)
    assert deliver(CASH, json.dumps(GOOD | {"sha256": GOOD["sha256"].upper()}))[0] == "already_known"


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (CASH[:-10], {}),
        (b"", {}),
        (CASH + b"m2,c1,2026-01-02,receipt,1\n", {}),
        (CASH, {"rows": 2}),
        (CASH, {"bytes": 1}),
        (CASH, {"sha256": "0" * 64}),
    ],
    ids=["cut off", "empty", "longer", "other rows", "other bytes", "other content"],
)
def test_a_file_unlike_its_manifest_is_refused_whole_until_it_is_sent_again(data_dir, deliver, content, changes):
    assert deliver(content, json.dumps(GOOD | changes))[:2] == ("refused", "MANIFEST_MISMATCH")
    assert StateStore(data_dir).lake_files() == {}
    (again,) = retry(data_dir)
    assert again.status == "refused", "no other reading makes it what was sent"
    assert deliver(CASH, json.dumps(GOOD)) == ("accepted", None, 7)


@pytest.mark.parametrize("name", TEXTS)
def test_a_manifest_that_cannot_be_used_keeps_its_file_out(deliver, name):
    assert deliver(CASH, TEXTS[name])[:2] == ("refused", "BAD_MANIFEST")


def test_a_manifest_alone_waits_for_its_file(tmp_path, data_dir):
    (tmp_path / "landing").mkdir()
    (tmp_path / "landing/cash.csv.manifest.json").write_text(json.dumps(GOOD))
    assert ingest_paths([tmp_path / "landing"], data_dir) == []
