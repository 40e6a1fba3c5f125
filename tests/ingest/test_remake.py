"""The lake may be deleted: it is made again from the raw store, and so is what an earlier schema wrote."""

import hashlib
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import remake
from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.remake import remake_lake
from ingest.rollups import roll_up_dirty_days
from ingest.state import tables
from ingest.state.store import StateStore

FILES = {
    "centers.csv": "center_id,center_name_zh,center_name_en,province_code,time_zone\n"
    "c-1,一号,One,320000,Asia/Shanghai\n",
    "cash.csv": "movement_id,center_id,booked_on,movement_kind,amount_cny\n"
    "m1,c-1,2026-01-02,receipt,12.50\nm2,c-1,2026-01-02,rain,1\n",
    "samples.csv": "center_id,device_uid,sampled_at,utilization_pct\n"
    + "".join(f"c-1,GPU-{card},2026-02-01T0{hour}:30:00Z,{card}\n" for card in (2, 1) for hour in range(9)),
    "feed.toml": 'received_at = "2026-03-01T00:00:00+00:00"\n',
}


@pytest.fixture
def data_dir(tmp_path: Path) -> DataDir:
    landing = tmp_path / "landing"
    landing.mkdir()
    for name, text in FILES.items():
        (landing / name).write_text(text)
    data_dir = DataDir(tmp_path / "data")
    ingest_paths([landing], data_dir)
    roll_up_dirty_days(data_dir)
    return data_dir


def lake_hashes(data_dir: DataDir) -> dict[str, str]:
    files = (path for path in data_dir.lake.rglob("*") if path.is_file())
    return {str(path.relative_to(data_dir.lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_deleted_lake_comes_back_byte_for_byte(data_dir):
    before, state = lake_hashes(data_dir), StateStore(data_dir).input_hash()
    shutil.rmtree(data_dir.lake)
    assert sorted(remake_lake(data_dir)) == ["cash.csv", "centers.csv", "samples.csv"]
    assert len(roll_up_dirty_days(data_dir).rolled_up) == 1
    assert lake_hashes(data_dir) == before
    assert StateStore(data_dir).input_hash() == state


def test_a_whole_lake_is_left_alone(data_dir):
    assert remake_lake(data_dir) == []
    assert roll_up_dirty_days(data_dir).rolled_up == ()


def test_one_lost_file_is_made_again_and_no_other(data_dir):
    next((data_dir.lake / "samples").rglob("*.parquet")).unlink()
    assert remake_lake(data_dir) == ["samples.csv"]
    assert remake_lake(data_dir) == []


def test_files_of_an_earlier_schema_are_made_again_once_under_new_names(data_dir, monkeypatch):
    today = remake.schema_hash
    cash = StateStore(data_dir).record_files("cash_movements")
    monkeypatch.setattr(remake, "schema_hash", lambda kind: "new" if kind == "cash_movements" else today(kind))
    monkeypatch.setattr("ingest.lake.schema_hash", remake.schema_hash)
    assert remake_lake(data_dir) == ["cash.csv"]
    assert remake_lake(data_dir) == []
    store = StateStore(data_dir)
    assert [path.parent.name for path in store.record_files("cash_movements")] == ["reading-2"]
    assert cash[0].exists(), "what a build in progress reads stays"
    assert store.quarantine()["reason_code"].to_list() == ["NOT_A_CHOICE"]


def test_files_from_before_schemas_were_told_are_made_again(data_dir):
    with StateStore(data_dir).engine.begin() as connection:
        connection.execute(sa.update(tables.lake_files).values(schema_hash=None))
    assert len(remake_lake(data_dir)) == 3
    assert len(roll_up_dirty_days(data_dir).rolled_up) == 1
    assert remake_lake(data_dir) == []
