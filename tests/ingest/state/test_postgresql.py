"""The state store on PostgreSQL says what it says on SQLite: migrations, intake, days rolled up, and the register."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.quarantine import retry
from ingest.reading import Declaration
from ingest.remake import remake_lake
from ingest.rollups import roll_up_dirty_days
from ingest.state import store as store_module
from ingest.state import tables
from ingest.state.register import NewPublication, Register
from ingest.state.store import FileEntry, ReconciliationError, StateStore, engine_url

RECEIVED = datetime(2026, 3, 1, tzinfo=UTC)
AS_OF = datetime(2026, 10, 1, tzinfo=UTC)
FILES = {
    "centers.csv": "center_id,center_name_zh,center_name_en,province_code,time_zone\n"
    "c-1,一号,One,320000,Asia/Shanghai\n",
    "cash.csv": "movement_id,center_id,booked_on,movement_kind,amount_cny\n"
    "m1,c-1,2026-01-02,receipt,12.50\nm\0 2,c-1,2026-01-02,receipt,1\nm3,c-1,2026-01-02,rain,1\n",
    "samples.csv": "center_id,device_uid,sampled_at,utilization_pct\n"
    + "".join(f"c-1,GPU-{card},2026-02-01T0{hour}:30:00Z,{card}\n" for card in (2, 1) for hour in range(9)),
    "prose.txt": "nobody knows this\n",
}


def taken_in(data_dir: DataDir, landing) -> StateStore:
    for name, text in FILES.items():
        (landing / name).write_text(text)
    ingest_paths([landing], data_dir, Declaration(received_at=RECEIVED))
    roll_up_dirty_days(data_dir)
    return StateStore(data_dir)


def said(store: StateStore) -> dict:
    """All that the rest of Racklight asks of the store."""
    frames = (store.files(), store.refusals(), store.quarantine(), store.devices(), store.lake_row_counts())
    return {
        "frames": [frame.to_dicts() for frame in frames],
        "lake": store.lake_files(),
        "samples": [row[:2] + row[3:] for row in store.sample_files().rows()],
        "days": store.rolled_up(),
        "latest": store.latest_recorded_at(),
        "hash": store.input_hash(),
    }


@pytest.fixture
def landing(tmp_path):
    folder = tmp_path / "landing"
    folder.mkdir()
    return folder


def test_the_same_files_give_the_same_state_in_both(tmp_path, landing, monkeypatch, new_database):
    on_sqlite = said(taken_in(DataDir(tmp_path / "sqlite"), landing))
    monkeypatch.setenv("RACKLIGHT_STATE_URL", new_database())
    data_dir = DataDir(tmp_path / "postgresql")
    assert said(taken_in(data_dir, landing)) == on_sqlite
    assert not (data_dir.state / "racklight.sqlite").exists()


def test_a_second_delivery_a_retry_and_a_remade_lake_change_nothing(tmp_path, landing, on_postgresql):
    data_dir = DataDir(tmp_path / "data")
    before = said(taken_in(data_dir, landing))
    outcomes = ingest_paths([landing], data_dir, Declaration(received_at=RECEIVED))
    assert sorted(outcome.status for outcome in outcomes) == ["already_known"] * 3 + ["refused"]
    assert {outcome.status for outcome in retry(data_dir)} == {"refused", "unchanged"}
    next((data_dir.lake / "samples").rglob("*.parquet")).unlink()
    assert remake_lake(data_dir) == ["samples.csv"]
    without_order = [said(StateStore(data_dir))[name] for name in ("lake", "samples", "days", "hash")]
    assert without_order == [before[name] for name in ("lake", "samples", "days", "hash")]


def test_a_file_whose_rows_do_not_add_up_leaves_no_trace(tmp_path, on_postgresql):
    store = StateStore(DataDir(tmp_path))
    entry = FileEntry("0" * 64, "a.csv", 1, RECEIVED, rows_in=2, rows_accepted=1)
    with pytest.raises(ReconciliationError):
        store.commit_file(entry)
    assert store.files().is_empty()


def test_what_fails_within_a_transaction_takes_all_of_it_back(tmp_path, on_postgresql):
    store = StateStore(DataDir(tmp_path))
    entry = FileEntry("0" * 64, "a.csv", 1, RECEIVED, rows_in=1, rows_quarantined=1)
    row = {"source_line": 1, "raw_text": None, "reason_code": "MALFORMED_LINE", "detail": ""}
    with pytest.raises(sa.exc.IntegrityError):
        store.commit_file(entry, quarantined=[row], device_keys={"GPU-1": 1})
    assert (store.files().height, store.devices().height) == (0, 0)


def test_the_register_chains_publications_and_refuses_changes(tmp_path, on_postgresql):
    register = Register(StateStore(DataDir(tmp_path)))
    figures = {"racked": {"metric_id": "racked", "lower": 1 / 3}, "lit": {"metric_id": "lit", "lower": 0.25}}
    for number in range(2):
        as_of_at = AS_OF + timedelta(days=number)
        changed = figures if number == 0 else figures | {"lit": {"metric_id": "lit", "lower": 0.5}}
        said_then = NewPublication("all", f"v{number}", as_of_at, "0.1", {"nodes": {}}, {"f" * 64: 7}, changed)
        entry = register.record(said_then)
    first, second = register.entries()
    assert (first.as_of_at, entry.changed_count) == (AS_OF, 1)
    assert [register.figure(entry, "lit")["lower"] for entry in (first, second)] == [0.25, 0.5]
    assert register.faults() == []
    for change in ("delete from publications", "update registered_figures set content = ''"):
        with (
            StateStore(DataDir(tmp_path)).engine.begin() as connection,
            pytest.raises(sa.exc.DBAPIError, match="append"),
        ):
            connection.execute(sa.text(change))


def test_migrations_go_down_to_nothing_and_up_again(tmp_path, on_postgresql):
    store = StateStore(DataDir(tmp_path))
    config = Config()
    config.set_main_option("script_location", str(store_module.MIGRATIONS))
    for direction, revision in ((command.downgrade, "base"), (command.upgrade, "head")):
        with store.engine.begin() as connection:
            config.attributes["connection"] = connection
            direction(config, revision)
    columns = {
        table: {column["name"] for column in sa.inspect(store.engine).get_columns(table)} for table in tables_of()
    }
    assert columns == {name: set(table.columns.keys()) for name, table in tables.metadata.tables.items()}


def tables_of() -> list[str]:
    return list(tables.metadata.tables)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p@h:5432/d", "postgresql+psycopg://u:p@h:5432/d"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://h/d?sslmode=require", "postgresql+psycopg://h/d?sslmode=require"),
        ("sqlite:////tmp/x.sqlite", "sqlite:////tmp/x.sqlite"),
    ],
)
def test_a_url_may_leave_out_the_driver(given, used):
    assert engine_url(given) == used
