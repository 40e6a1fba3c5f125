"""Whatever is taken in bit by bit (lake, manifest, dirty days) is by hash what taking in everything at once gives.

What dbt builds on top is built in full each time; that two orders of delivery publish one file is tested with it.
"""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.reading import Declaration
from ingest.rollups import roll_up_dirty_days
from orchestration.warehouse import RAW_TABLES, load_raw

CENTER = "yangzhou-01"
CENTERS = "center_id,center_name_zh,center_name_en,province_code,time_zone,telemetry_interval_seconds,revision\n"
DAYS = (
    "center_id,device_uid,local_day,evidence_class,known_seconds,util_0_1_seconds,util_1_5_seconds,util_5_10_seconds,"
    "util_10_20_seconds,util_20_50_seconds,util_50_80_seconds,util_80_100_seconds,revision\n"
)


def samples(device: str, day: int, hours: range, utilization: int) -> str:
    """One sample a minute, in China's time."""
    header = "center_id,device_uid,sampled_at,utilization_pct\n"
    instants = (f"2026-09-{day:02d}T{hour:02d}:{minute:02d}:00+08:00" for hour in hours for minute in range(60))
    return header + "".join(f"{CENTER},{device},{instant},{utilization}\n" for instant in instants)


BATCHES = (
    ("centers", CENTERS + f"{CENTER},扬州,Yangzhou,320000,Asia/Shanghai,60,1\n"),
    ("first", samples("GPU-1", 2, range(12), 60)),
    ("said-twice", samples("GPU-1", 2, range(6), 60)),
    ("days", DAYS + f"{CENTER},GPU-3,2026-09-02,B,100,50,0,0,0,0,0,50,1\n"),
    ("late", samples("GPU-2", 1, range(20, 24), 0) + samples("GPU-2", 2, range(3), 5).split("\n", 1)[1]),
    ("contradicting", samples("GPU-1", 2, range(2, 4), 90)),
    ("days-corrected", DAYS + f"{CENTER},GPU-3,2026-09-02,B,100,80,0,0,0,0,0,20,2\n"),
    ("centers-corrected", CENTERS + f"{CENTER},扬州,Yangzhou,320000,Asia/Shanghai,30,2\n"),
)
UNTOLD = {"file_id", "device_key"}
"""Numbers given in the order of arrival; devices are compared by their names."""


def receive(data_dir: DataDir, folder: Path, batches: tuple[tuple[str, str], ...], *, step_by_step: bool) -> None:
    folder.mkdir()
    for name, text in batches:
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        number = [known for known, _ in BATCHES].index(name)
        declared = Declaration(received_at=datetime(2026, 9, 3 + number, tzinfo=UTC))
        (outcome,) = ingest_paths([path], data_dir, declared)
        assert outcome.status == "accepted", outcome.message
        if step_by_step:
            roll_up_dirty_days(data_dir)
    roll_up_dirty_days(data_dir)


def hashes(data_dir: DataDir) -> dict[str, tuple[int, int]]:
    """Rows and a hash over all of them, in no order, of every raw table that a build starts from."""
    with duckdb.connect() as connection:
        load_raw(connection, data_dir)
        found = {}
        for table, schema in RAW_TABLES.items():
            columns = [f'rows."{name}"' for name in schema if name not in UNTOLD]
            names = "left join raw.devices as devices on rows.device_key = devices.device_key"
            with_names = "device_key" in schema and table != "devices"
            columns += ["devices.device_uid"] if with_names else []
            found[table] = connection.execute(
                f"""
                select count(*), coalesce(sum(md5_number_lower(concat_ws('|', {
                    ", ".join(f"coalesce(cast({column} as varchar), '-')" for column in columns)
                }))::hugeint), 0)
                from raw."{table}" as rows {names if with_names else ""}
                """
            ).fetchone()
        return found


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> dict[str, tuple[int, int]]:
    """Everything at once, in another order, rolled up once."""
    folder = tmp_path_factory.mktemp("full")
    receive(data_dir := DataDir(folder / "data").create(), folder / "in", BATCHES[::-1], step_by_step=False)
    return hashes(data_dir)


def test_day_by_day_is_by_hash_what_a_full_rebuild_gives(full, tmp_path):
    receive(data_dir := DataDir(tmp_path / "data").create(), tmp_path / "in", BATCHES, step_by_step=True)
    assert hashes(data_dir) == full
    assert full["device_hours"][0] > 12
    assert full["device_days"][0] == 2


def test_each_batch_is_seen_in_the_hash(full, tmp_path):
    """A comparison that could not fail would prove nothing: without its last batch a world is another."""
    receive(data_dir := DataDir(tmp_path / "data").create(), tmp_path / "in", BATCHES[:-1], step_by_step=True)
    other = hashes(data_dir)
    assert {table for table in full if other[table] != full[table]} >= {"centers", "device_hours", "files"}
