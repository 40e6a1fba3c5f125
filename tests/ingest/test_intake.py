"""A file counts once, whole or not at all, and every row of it is accepted or set aside with a reason."""

import errno
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.intake import FileOutcome, ingest_paths
from ingest.locks import WriterBusyError, writer_lock
from ingest.paths import DataDir
from ingest.quarantine import retry
from ingest.reading import Declaration
from ingest.recognize import READERS
from ingest.rollups import dirty_days, roll_up_dirty_days
from ingest.state.store import FileEntry, ReconciliationError, StateStore
from ingest.tabular import RECORD_CSV

CENTERS = """center_id,center_name_zh,center_name_en,province_code,time_zone
yangzhou-01,扬州一号,Yangzhou One,320000,Asia/Shanghai
"""
CASH = """movement_id,center_id,booked_on,movement_kind,amount_cny
m1,yangzhou-01,2026-01-02,receipt,12.50
m2,yangzhou-01,2026-01-02,rain,12.50
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    folder.mkdir()
    (folder / "feed.toml").write_text('received_at = "2026-03-01T00:00:00+00:00"\n')
    return folder


def write_samples(path: Path, *times: str, utilization: float = 60.0) -> None:
    header = "center_id,device_uid,sampled_at,utilization_pct\n"
    path.write_text(header + "".join(f"yangzhou-01,GPU-1,{time},{utilization}\n" for time in times))


def test_rows_in_are_accepted_plus_quarantined_for_each_file(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    (landing / "cash.csv").write_text(CASH)
    outcomes = {outcome.name: outcome for outcome in ingest_paths([landing], data_dir)}
    assert (outcomes["cash.csv"].rows_in, outcomes["cash.csv"].rows_accepted) == (2, 1)
    files = StateStore(data_dir).files()
    assert files.filter(pl.col("rows_in") != pl.col("rows_accepted") + pl.col("rows_quarantined")).is_empty()
    assert StateStore(data_dir).quarantine().select("source_line", "reason_code").rows() == [(3, "NOT_A_CHOICE")]


def test_a_reader_that_meets_what_it_does_not_know_holds_up_no_other_file(data_dir, landing, monkeypatch):
    (landing / "centers.csv").write_text(CENTERS)
    (landing / "cash.csv").write_text(CASH)

    def fail(path: Path, declaration: Declaration, sha256: str) -> None:
        raise TypeError("no such thing was foreseen")

    with monkeypatch.context() as broken:
        readers = tuple(replace(reader, read=fail) if reader is RECORD_CSV else reader for reader in READERS)
        broken.setattr("ingest.recognize.READERS", readers)
        outcomes = ingest_paths([landing], data_dir)
    assert [outcome.status for outcome in outcomes] == ["refused", "refused"]
    assert "TypeError in test_intake.py line" in outcomes[0].message
    assert set(StateStore(data_dir).files()["refusal_code"]) == {"READER_FAILED"}
    assert {outcome.status for outcome in retry(data_dir)} == {"let_in"}


def test_a_full_disk_is_no_fault_of_a_file(data_dir, landing, monkeypatch):
    (landing / "centers.csv").write_text(CENTERS)

    def fail(path: Path, declaration: Declaration, sha256: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ingest.recognize.READERS", (replace(RECORD_CSV, read=fail),))
    with pytest.raises(OSError, match="No space left"):
        ingest_paths([landing], data_dir)
    assert StateStore(data_dir).files().is_empty()


def test_a_declared_instant_is_the_same_whatever_offset_it_is_written_with():
    china, utc = (datetime.fromisoformat(text) for text in ("2026-09-01T12:00:00+08:00", "2026-09-01T04:00:00+00:00"))
    assert Declaration(observed_at=china) == Declaration(observed_at=utc)
    assert Declaration(received_at=china).received_at.tzinfo is UTC


def test_a_declaration_that_is_no_text_is_refused_with_its_name(data_dir, landing):
    (landing / "feed.toml").write_text("center_id = 7\n")
    (landing / "centers.csv").write_text(CENTERS)
    (outcome,) = ingest_paths([landing], data_dir)
    assert outcome.message.endswith("feed.toml: center_id must be a text in quotes.")


def test_a_name_in_another_encoding_is_a_name_and_what_cannot_be_opened_is_said(data_dir, landing):
    (landing / os.fsdecode(b"\xd1\xef\xd6\xdd.csv")).write_text(CENTERS)
    (landing / "cash.csv").write_text(CASH)
    outcomes = ingest_paths([landing], data_dir)
    assert {outcome.name: outcome.status for outcome in outcomes} == {
        "cash.csv": "accepted",
        "\\xd1\\xef\\xd6\\xdd.csv": "accepted",
    }
    locked = FileOutcome("cash.csv", "", "refused", None, 0, 0, 0, "it cannot be opened: Permission denied")
    whole = Path.open

    def deny(path: Path, *arguments: str) -> object:
        if path.name == "cash.csv":
            raise PermissionError(errno.EACCES, "Permission denied")
        return whole(path, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", deny)
        assert ingest_paths([landing / "cash.csv"], data_dir) == [locked]


@pytest.mark.parametrize("moment", ["keep", "write_records", "commit_file", "after"])
def test_a_process_killed_at_any_moment_leaves_what_the_next_one_completes(data_dir, landing, moment):
    """The first file counts before, the second dies on its way, and both count once after."""
    (landing / "a.csv").write_text(CENTERS)
    (landing / "b.csv").write_text(CASH)
    victim = subprocess.run([sys.executable, "-c", KILLED, moment, landing, data_dir.root], check=False)
    assert victim.returncode == -signal.SIGKILL
    assert StateStore(data_dir).files().height == (2 if moment == "after" else 1)
    statuses = [outcome.status for outcome in ingest_paths([landing], data_dir)]
    assert statuses == ["already_known", "already_known" if moment == "after" else "accepted"]
    store = StateStore(data_dir)
    assert [(row["rows_in"], row["rows_accepted"]) for row in store.files().sort("original_name").to_dicts()] == [
        (1, 1),
        (2, 1),
    ]
    assert pl.concat(map(pl.read_parquet, store.record_files("cash_movements"))).height == 1
    assert store.quarantine().height == 1


def test_a_process_killed_while_it_makes_the_tables_leaves_a_folder_that_opens(data_dir, landing):
    (landing / "a.csv").write_text(CENTERS)
    victim = subprocess.run([sys.executable, "-c", KILLED_AT_THE_FIFTH_TABLE, data_dir.root], check=False)
    assert victim.returncode == -signal.SIGKILL
    assert [outcome.status for outcome in ingest_paths([landing], data_dir)] == ["accepted"]


KILLED_AT_THE_FIFTH_TABLE = """
import os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from ingest.paths import DataDir
from ingest.state.store import StateStore
made = []
def dying(connection, cursor, statement, *_):
    made.extend([statement] if "CREATE TABLE" in statement else [])
    if len(made) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "before_cursor_execute", dying)
StateStore(DataDir(Path(sys.argv[1])))
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from ingest import intake
from ingest.paths import DataDir
moment, landing, root = sys.argv[1:]
owner = intake.StateStore if moment in ("commit_file", "after") else intake
name = "commit_file" if moment == "after" else moment
whole, calls = getattr(owner, name), []
def dying(*arguments, **named):
    calls.append(name)
    if len(calls) == 2 and moment != "after":
        os.kill(os.getpid(), signal.SIGKILL)
    found = whole(*arguments, **named)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return found
setattr(owner, name, dying)
intake.ingest_paths([Path(landing)], DataDir(Path(root)))
"""


def test_a_file_known_already_says_what_is_declared_otherwise_and_what_waits(data_dir, landing):
    (landing / "cash.csv").write_text(CASH)
    ingest_paths([landing], data_dir, Declaration(center_id="c-1"))
    (again,) = ingest_paths([landing], data_dir, Declaration(center_id="c-2", time_zone="Asia/Shanghai"))
    assert again.status == "already_known"
    assert "center_id c-2 (then c-1), time_zone Asia/Shanghai (then nothing)" in again.message
    assert "1 rows are set aside: `racklight quarantine retry" in again.message
    assert StateStore(data_dir).files()["center_id"].to_list() == ["c-1"]


def test_receiving_a_file_again_changes_nothing_and_says_so(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    ingest_paths([landing], data_dir)
    before = StateStore(data_dir).input_hash()
    (landing / "centers.csv").rename(landing / "another name.csv")
    (again,) = ingest_paths([landing], data_dir)
    assert again.status == "already_known"
    assert "already received as centers.csv" in again.message
    assert StateStore(data_dir).input_hash() == before


def test_the_order_of_arrival_does_not_change_what_counts(tmp_path, landing):
    (landing / "centers.csv").write_text(CENTERS)
    (landing / "cash.csv").write_text(CASH)
    declaration = Declaration(received_at=datetime(2026, 3, 1, tzinfo=UTC))
    hashes = []
    for order in (("centers.csv", "cash.csv"), ("cash.csv", "centers.csv")):
        data_dir = DataDir(tmp_path / "-".join(order))
        ingest_paths([landing / name for name in order], data_dir, declaration)
        hashes.append(StateStore(data_dir).input_hash())
    assert hashes[0] == hashes[1]


def test_the_raw_store_keeps_the_bytes_as_received_and_read_only(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    (outcome,) = ingest_paths([landing], data_dir)
    kept = data_dir.raw_store / outcome.source_sha256[:2] / outcome.source_sha256
    assert kept.read_text() == CENTERS
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "EMPTY_FILE"), (b"what is this\n", "UNKNOWN_FORMAT"), (b"PAR1 not parquet", "DAMAGED_FILE")],
)
def test_a_file_that_is_not_understood_is_refused_with_a_code_and_can_be_offered_again(
    data_dir, landing, content, code
):
    (landing / "thing.csv").write_bytes(content)
    for _ in range(2):
        (outcome,) = ingest_paths([landing], data_dir)
        assert outcome.status == "refused"
        assert "thing.csv" in outcome.message
    assert StateStore(data_dir).files().select("refusal_code").rows() == [(code,)]


def test_an_unfinished_or_hidden_file_waits(data_dir, landing):
    (landing / "centers.csv.part").write_text(CENTERS)
    (landing / ".centers.csv").write_text(CENTERS)
    assert ingest_paths([landing], data_dir) == []


def test_a_declaration_with_an_unknown_key_is_refused_with_the_keys_that_are_known(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    (landing / "feed.toml").write_text('timezone = "Asia/Shanghai"\n')
    (outcome,) = ingest_paths([landing], data_dir)
    assert outcome.status == "refused"
    assert "unknown key timezone" in outcome.message
    assert "time_zone" in outcome.message


def test_two_writers_at_once_are_refused_with_a_sentence(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    with writer_lock(StateStore(data_dir).lock_path), pytest.raises(WriterBusyError, match="Wait until it is done"):
        ingest_paths([landing], data_dir)


def test_a_file_whose_rows_do_not_add_up_does_not_count(data_dir):
    store = StateStore(data_dir)
    entry = FileEntry("0" * 64, "x.csv", 1, datetime(2026, 1, 1, tzinfo=UTC), rows_in=2, rows_accepted=1)
    with pytest.raises(ReconciliationError):
        store.commit_file(entry)
    assert store.files().is_empty()


def test_telemetry_waits_for_its_center_and_one_late_file_makes_one_day_dirty(data_dir, landing):
    write_samples(landing / "a.csv", "2026-02-01T10:00:00+08:00", "2026-02-03T10:00:00+08:00")
    ingest_paths([landing], data_dir)
    assert roll_up_dirty_days(data_dir).waiting_centers == ("yangzhou-01",)
    (landing / "centers.csv").write_text(CENTERS)
    ingest_paths([landing], data_dir)
    days = {day for _, day in roll_up_dirty_days(data_dir).rolled_up}
    assert {date(2026, 2, 1), date(2026, 2, 3)} <= days
    assert dirty_days(StateStore(data_dir))[0] == []
    write_samples(landing / "late.csv", "2026-02-01T12:00:00+08:00")
    ingest_paths([landing], data_dir)
    rolled_up = roll_up_dirty_days(data_dir).rolled_up
    hours = pl.concat(pl.read_parquet(path) for path in StateStore(data_dir).device_hour_files())
    assert hours.filter(pl.col("local_day") == date(2026, 2, 1))["sample_count"].sum() == 2
    assert date(2026, 2, 3) not in {day for _, day in rolled_up}


@pytest.mark.parametrize("first_hour", [0, 7, 8, 23])
def test_one_late_day_is_rolled_up_again_and_no_other(data_dir, landing, first_hour):
    """A local day in Shanghai lies in two UTC days, whichever hours of it come late."""
    (landing / "centers.csv").write_text(CENTERS)
    for day in range(1, 6):
        write_samples(landing / f"{day}.csv", *(f"2026-02-0{day}T{hour:02d}:00:00+08:00" for hour in range(24)))
    ingest_paths([landing], data_dir)
    assert [day for _, day in roll_up_dirty_days(data_dir).rolled_up] == [date(2026, 2, day) for day in range(1, 6)]
    late = (f"2026-02-03T{hour:02d}:30:00+08:00" for hour in range(first_hour, 24))
    write_samples(landing / "late.csv", *late)
    ingest_paths([landing], data_dir)
    assert roll_up_dirty_days(data_dir).rolled_up == (("yangzhou-01", date(2026, 2, 3)),)


def test_a_center_id_from_outside_is_never_a_path(data_dir, landing):
    (landing / "samples.csv").write_text(
        "center_id,device_uid,sampled_at,utilization_pct\n../../escape,GPU-1,2026-02-01T10:00:00+08:00,60\n"
    )
    ingest_paths([landing], data_dir)
    (path,) = StateStore(data_dir).sample_files()["path"]
    assert Path(path).resolve().is_relative_to(data_dir.lake.resolve())
    assert not (data_dir.root.parent / "escape").exists()


@pytest.mark.parametrize(
    "name", ["x..csv", "%2e%2e%2fescape.csv", "a;rm -rf ~.csv", "\u202egnp.csv", "CON.csv", "\n.csv"]
)
def test_a_file_name_from_outside_is_never_a_path(data_dir, landing, name):
    (landing / name).write_text(CENTERS)
    (outcome,) = ingest_paths([landing], data_dir)
    assert outcome.status in ("accepted", "already_known")
    kept = [path for path in data_dir.root.rglob("*") if path.is_file() and path.parent != data_dir.state]
    assert [path for path in kept if name in path.name] == []
    assert StateStore(data_dir).files()["original_name"].to_list() == [name]


def test_a_zone_that_does_not_exist_is_refused_with_how_to_write_one(data_dir, landing):
    (landing / "centers.csv").write_text(CENTERS)
    (outcome,) = ingest_paths([landing], data_dir, Declaration(time_zone="Mars/X"))
    assert outcome.status == "refused"
    assert "Asia/Shanghai" in outcome.message
