"""Five deliveries, with a duplicate, a late one and a correction among them, give one warehouse in any order."""

from pathlib import Path

import pytest

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


def samples(device: str, hours: range, utilization: int) -> str:
    header = "center_id,device_uid,sampled_at,utilization_pct\n"
    times = (f"2026-09-02T{hour:02d}:{minute:02d}:00+08:00" for hour in hours for minute in range(60))
    return header + "".join(f"{CENTER},{device},{time},{utilization}\n" for time in times)


BATCHES = {
    "registers": ("2026-09-01T09:00:00+08:00", REGISTERS),
    "telemetry": ("2026-09-03T09:00:00+08:00", {"morning.csv": samples("GPU-1", range(12), 60)}),
    "duplicate": ("2026-09-03T10:00:00+08:00", {"again.csv": samples("GPU-1", range(6), 60)}),
    "late": ("2026-09-05T09:00:00+08:00", {"late.csv": samples("GPU-2", range(24), 0)}),
    "correction": ("2026-09-06T09:00:00+08:00", CORRECTION),
}
ORDERS = (
    ("registers", "telemetry", "duplicate", "late", "correction"),
    ("correction", "late", "duplicate", "telemetry", "registers", "telemetry"),
)


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("deliveries")
    for batch, (received, files) in BATCHES.items():
        (root / batch).mkdir()
        (root / batch / "feed.toml").write_text(FEED.format(received=received))
        for name, text in files.items():
            (root / batch / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def published(new_racklight, deliveries) -> list:
    worlds = []
    for order in ORDERS:
        racklight = new_racklight()
        for batch in order:
            racklight.run("ingest", deliveries / batch)
        racklight.run("build")
        worlds.append(racklight)
    return worlds


def test_any_order_of_delivery_gives_one_warehouse_by_hash(published):
    versions = {(world.data_dir / "published/all/marts.duckdb").resolve().name for world in published}
    assert len(versions) == 1


def test_what_arrived_twice_counts_once_and_what_was_corrected_counts_as_corrected(published):
    ((known, lit, sold),) = published[0].query(
        "select known_card_seconds, lit_card_seconds, sold_card_seconds from fct_center_day__utilization "
        "where local_day = '2026-09-02'"
    )
    half_a_day = 12 * 3600
    assert lit == half_a_day + 60, "the last sample of the morning holds one interval longer"
    assert known == half_a_day + 60 + 24 * 3600
    assert sold == half_a_day
