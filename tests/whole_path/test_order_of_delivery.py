"""Deliveries with a duplicate, a late one, a correction and contradictions give one warehouse in any order.

Telemetry of a card that nobody registered waits until its registration comes, and counts once then. Two orders are
built whole and published; of these and of many more, what is in the lake and all that the warehouse is built from is
compared.
"""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.rollups import roll_up_dirty_days
from ingest.state.store import StateStore
from orchestration.warehouse import RAW_TABLES, load_raw

CENTER = "yangzhou-01"
FEED = 'received_at = "{received}"\ntime_zone = "Asia/Shanghai"\n'
REGISTERS = {
    "centers.csv": "center_id,center_name_zh,center_name_en,province_code,time_zone\n"
    f"{CENTER},扬州一号,Yangzhou One,320000,Asia/Shanghai\n",
    "capacity_plans.csv": "plan_line_id,center_id,plan_basis,model_id,planned_card_count,due_on\n"
    f"p1,{CENTER},approved_total,huawei-ascend-910b3,2,2026-09-01\n",
    "device_events.csv": "event_id,center_id,device_uid,model_id,occurred_at,state\n"
    f"e1,{CENTER},GPU-1,huawei-ascend-910b3,2026-09-01T00:00:00+08:00,in_service\n"
    f"e2,{CENTER},GPU-2,huawei-ascend-910b3,2026-09-01T00:00:00+08:00,in_service\n",
    "leases.csv": "lease_id,center_id,tenant_party_id,lease_kind,purpose,starts_at,ends_at\n"
    f"l1,{CENTER},t1,card_hour,external_paid,2026-09-01T00:00:00+08:00,2026-10-01T00:00:00+08:00\n",
    "lease_devices.csv": f"lease_id,center_id,device_uid,allocated_from\nl1,{CENTER},GPU-1,2026-09-01T00:00:00+08:00\n",
}
CORRECTION = {
    "leases.csv": "lease_id,center_id,tenant_party_id,lease_kind,purpose,starts_at,ends_at,cancelled_at,revision\n"
    f"l1,{CENTER},t1,card_hour,external_paid,2026-09-01T00:00:00+08:00,2026-10-01T00:00:00+08:00,"
    "2026-09-02T12:00:00+08:00,2\n",
}
EVENTS = "event_id,center_id,device_uid,model_id,occurred_at,state\n"
REGISTRATION = {
    "device_events.csv": f"{EVENTS}e9,{CENTER},GPU-9,huawei-ascend-910b3,2026-09-01T00:00:00+08:00,in_service\n",
    "device_aliases.csv": "alias_id,center_id,device_uid,alias_kind,alias_value,valid_from\n"
    f"a9,{CENTER},GPU-9,host_index,n01/0,2026-09-02T12:00:00+08:00\n",
}


def second_lease(ends_on: str) -> dict[str, str]:
    """One side of a contradiction: the same lease, the same revision, another end."""
    header = "lease_id,center_id,tenant_party_id,lease_kind,purpose,starts_at,ends_at\n"
    row = f"l2,{CENTER},t2,card_hour,external_paid,2026-09-01T00:00:00+08:00,{ends_on}T00:00:00+08:00\n"
    return {"leases.csv": header + row}


def samples(device: str, hours: range, utilization: int) -> str:
    header = "center_id,device_uid,sampled_at,utilization_pct\n"
    times = (f"2026-09-02T{hour:02d}:{minute:02d}:00+08:00" for hour in hours for minute in range(60))
    return header + "".join(f"{CENTER},{device},{time},{utilization}\n" for time in times)


BATCHES = {
    "registers": ("2026-09-01T09:00:00+08:00", REGISTERS),
    "telemetry": ("2026-09-03T09:00:00+08:00", {"morning.csv": samples("GPU-1", range(12), 60)}),
    "stranger": (
        "2026-09-03T09:30:00+08:00",
        {"stranger.csv": samples("GPU-9", range(2), 60), "position.csv": samples("n01/0", range(12, 14), 60)},
    ),
    "duplicate": ("2026-09-03T10:00:00+08:00", {"again.csv": samples("GPU-1", range(6), 60)}),
    "late": ("2026-09-05T09:00:00+08:00", {"late.csv": samples("GPU-2", range(24), 0)}),
    "correction": ("2026-09-06T09:00:00+08:00", CORRECTION),
    "one-side": ("2026-09-07T09:00:00+08:00", second_lease("2026-10-01")),
    "other-side": ("2026-09-07T09:00:00+08:00", second_lease("2026-11-01")),
    "registration": ("2026-09-08T09:00:00+08:00", REGISTRATION),
}
ORDERS = (
    ("registers", "telemetry", "stranger", "duplicate", "late", "correction", "one-side", "other-side", "registration"),
    (
        "registration",
        "other-side",
        "correction",
        "one-side",
        "late",
        "duplicate",
        "stranger",
        "telemetry",
        "registers",
        "telemetry",
    ),
)
SET_ASIDE = "select reason_code, record_kind, sum(row_count) from fct_row__set_aside group by all order by all"


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("deliveries")
    for batch, (received, files) in BATCHES.items():
        (root / batch).mkdir()
        (root / batch / "feed.toml").write_text(FEED.format(received=received))
        for name, text in files.items():
            (root / batch / name).write_text(text)
    return root


@dataclass(frozen=True)
class Worlds:
    """Two published worlds; lake and raw schema of the second one, whose lake was deleted before the build."""

    published: list
    before_the_loss: dict[str, tuple]


@pytest.fixture(scope="module")
def worlds(new_racklight, deliveries) -> Worlds:
    kept, lost = (new_racklight() for _ in ORDERS)
    for racklight, order in zip((kept, lost), ORDERS, strict=True):
        for batch in order:
            racklight.run("ingest", deliveries / batch)
    roll_up_dirty_days(DataDir(lost.data_dir))
    before_the_loss = digests(DataDir(lost.data_dir))
    shutil.rmtree(lost.data_dir / "lake")
    for racklight in (kept, lost):
        racklight.run("build")
    return Worlds([kept, lost], before_the_loss)


@pytest.fixture(scope="module")
def before_registration(deliveries, dbt_project, tmp_path_factory) -> Path:
    """A warehouse of all that comes before the registration, of the marts that are looked at."""
    batches = [batch for batch in ORDERS[0] if batch != "registration"]
    data_dir = delivered(deliveries, batches, tmp_path_factory.mktemp("before-registration"))
    warehouse = tmp_path_factory.mktemp("unregistered") / "warehouse.duckdb"
    with duckdb.connect(warehouse) as connection:
        load_raw(connection, data_dir)
    dbt_project.invoke(warehouse, "seed")
    dbt_project.invoke(warehouse, "run", "--select", "+fct_row__set_aside", "+fct_center_day__utilization")
    return warehouse


DAY = """select known_card_seconds, lit_card_seconds, sold_card_seconds from fct_center_day__utilization
    where local_day = '2026-09-02'"""
"""Known, lit and sold card-seconds of the day."""


def test_any_order_of_delivery_gives_one_warehouse_by_hash(worlds):
    versions = {(world.data_dir / "published/all/marts.duckdb").resolve().name for world in worlds.published}
    assert len(versions) == 1


def shuffled(number: int) -> list[str]:
    """One order of delivery of all batches, in which a third of them come twice."""
    chance = random.Random(number)
    batches = [*BATCHES, *chance.sample(sorted(BATCHES), 3)]
    chance.shuffle(batches)
    return batches


def digests(data_dir: DataDir) -> dict[str, tuple]:
    """Of each raw table a hash of its rows in any order, and of each lake file of records one of its bytes.

    Keys of devices and numbers of files are given in order of arrival and stand for nothing: a device's name goes in.
    What the gate says follows from these rows and costs as much as all else, so it is left to the two whole worlds.
    """
    store = StateStore(data_dir)
    found: dict[str, tuple] = {}
    with duckdb.connect() as connection, mock.patch("orchestration.warehouse.judged", return_value={}):
        load_raw(connection, data_dir)
        for table, schema in RAW_TABLES.items():
            columns = [f"t.{name}" for name in schema if name not in ("device_key", "file_id")]
            by_name = "join raw.devices as d using (device_key)" if "device_key" in schema else ""
            row = ", ".join(columns + (["d.device_uid"] if by_name else []))
            sql = f'select count(*), sum(hash({row})) from raw."{table}" as t {by_name}'
            found[table] = connection.execute(sql).fetchone()
    for sha256, files in store.lake_files().items():
        records = [file for file in files if file.utc_day is None and file.record_kind != "sample_hours"]
        found[sha256] = tuple(hash((data_dir.lake / file.path).read_bytes()) for file in records)
    return found


@pytest.fixture(scope="module")
def first_digests(deliveries: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple]:
    return digests(delivered(deliveries, list(BATCHES), tmp_path_factory.mktemp("in-order")))


def delivered(deliveries: Path, batches: list[str], root: Path) -> DataDir:
    """A data folder in which batches were taken in one after the other, rolled up in between."""
    data_dir = DataDir(root)
    for number, batch in enumerate(batches):
        ingest_paths([deliveries / batch], data_dir)
        if number % 4 == 3:
            roll_up_dirty_days(data_dir)
    roll_up_dirty_days(data_dir)
    return data_dir


@pytest.mark.parametrize("number", range(8))
def test_each_of_many_orders_gives_one_lake_and_one_raw_schema_by_hash(deliveries, first_digests, tmp_path, number):
    assert digests(delivered(deliveries, shuffled(number), tmp_path)) == first_digests


def test_a_deleted_lake_is_made_again_from_the_raw_store_and_gives_the_same_warehouse_by_hash(worlds):
    kept, lost = (world.data_dir for world in worlds.published)
    assert digests(DataDir(lost)) == worlds.before_the_loss
    assert any((lost / "lake/device_hours").rglob("*.parquet"))
    published = {(root / "published/all/marts.duckdb").resolve().name for root in (kept, lost)}
    assert len(published) == 1


def test_what_arrived_twice_counts_once_and_what_was_corrected_counts_as_corrected(worlds):
    ((known, lit, sold),) = worlds.published[0].query(DAY)
    half_a_day, registered_later = 12 * 3600 + 60, 2 * (2 * 3600 + 60)
    assert lit == half_a_day + registered_later, "the last sample of each span holds one interval longer"
    assert known == lit + 24 * 3600
    assert sold == 12 * 3600


def test_rows_that_disagree_under_one_key_and_revision_are_both_set_aside(worlds):
    for world in worlds.published:
        assert world.query(SET_ASIDE) == [("CONFLICTING_KEY", "leases", 2)]


def test_what_came_before_its_card_was_registered_waits_and_counts_once_when_it_is(worlds, before_registration):
    with duckdb.connect(before_registration, read_only=True) as connection:
        connection.execute("use marts")
        set_aside = connection.execute(SET_ASIDE).fetchall()
        ((known, lit, _),) = connection.execute(DAY).fetchall()
    assert ("UNKNOWN_CARD", "samples", 240) in set_aside, "two hours under its own id, two under its position"
    assert (known, lit) == (12 * 3600 + 60 + 24 * 3600, 12 * 3600 + 60)
    ((_, lit_at_last, _),) = worlds.published[0].query(DAY)
    assert lit_at_last - lit == 2 * (2 * 3600 + 60)
