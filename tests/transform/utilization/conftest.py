"""Short ways to write the raw rows that the worked examples need. Times are UTC unless a zone is named."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

MIDNIGHT = datetime(2026, 9, 1, tzinfo=UTC)
SEPTEMBER = [date(2026, 9, 1) + timedelta(days=number) for number in range(30)]
H800 = "nvidia-h800-sxm5-80g"
H20 = "nvidia-h20-96g"
ASCEND_910B3 = "huawei-ascend-910b3"
RTX_4090 = "nvidia-rtx-4090-24g"
BINS = ("0_1", "1_5", "5_10", "10_20", "20_50", "50_80", "80_100")


def center(center_id: str = "c1", time_zone: str = "UTC") -> dict:
    return {
        "center_id": center_id,
        "center_name_zh": center_id,
        "center_name_en": center_id,
        "province_code": 320000,
        "time_zone": time_zone,
    }


def plan(cards: int, model: str = H800, due: date = date(2026, 9, 1), center_id: str = "c1", **more) -> dict:
    return {
        "plan_line_id": f"{center_id}-{model}-{due}",
        "center_id": center_id,
        "plan_basis": "approved_total",
        "model_id": model,
        "planned_card_count": cards,
        "due_on": due,
    } | more


def event(device: str, state: str = "in_service", at: datetime = MIDNIGHT, center_id: str = "c1", **more) -> dict:
    return {
        "event_id": f"{center_id}-{device}-{state}-{at.isoformat()}",
        "center_id": center_id,
        "device_uid": device,
        "model_id": H800,
        "occurred_at": at,
        "state": state,
    } | more


def bins(**seconds: int) -> dict:
    """`bins(b20_50=60)`: seconds by histogram bin, the other bins empty, known seconds their sum."""
    by_bin = {f"util_{name}_seconds": seconds.get(f"b{name}", 0) for name in BINS}
    return by_bin | {"known_seconds": sum(by_bin.values())}


def day(device: str, local_day: date, lit: int = 0, idle: int = 0, center_id: str = "c1", **more) -> dict:
    """One daily row of class B: `lit` seconds at 20 to 50 %, `idle` seconds at 0 %."""
    return (
        {"center_id": center_id, "device_uid": device, "local_day": local_day, "evidence_class": "B"}
        | bins(b20_50=lit, b0_1=idle)
        | more
    )


def hour(device: str, start: datetime, center_id: str = "c1", **more) -> dict:
    """One device-hour of telemetry; its local day is the UTC day unless given."""
    return {
        "center_id": center_id,
        "device_uid": device,
        "local_day": start.date(),
        "hour_start_at": start,
        "evidence_class": "B",
        "expected_seconds": 3600,
        "sample_count": 60,
        "first_sampled_at": start,
        "last_sampled_at": start + timedelta(minutes=59),
    } | more


def lease(lease_id: str, starts: datetime, ends: datetime, center_id: str = "c1", **more) -> dict:
    return {
        "lease_id": lease_id,
        "center_id": center_id,
        "tenant_party_id": "tenant",
        "lease_kind": "card_hour",
        "purpose": "external_paid",
        "starts_at": starts,
        "ends_at": ends,
    } | more


def lease_device(
    lease_id: str, device: str, start: datetime, end: datetime | None = None, center_id: str = "c1"
) -> dict:
    return {
        "lease_id": lease_id,
        "center_id": center_id,
        "device_uid": device,
        "allocated_from": start,
        "allocated_to": end,
    }


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The row makers above and the constants they go with."""
    makers = (center, plan, event, bins, day, hour, lease, lease_device)
    constants = {"MIDNIGHT": MIDNIGHT, "SEPTEMBER": SEPTEMBER, "DAY": 86_400}
    models = {"H800": H800, "H20": H20, "ASCEND_910B3": ASCEND_910B3, "RTX_4090": RTX_4090}
    return SimpleNamespace(**{maker.__name__: maker for maker in makers}, **constants, **models)


@pytest.fixture(scope="session")
def merge():
    """A function that puts the tables of several small worlds into one."""

    def put_together(*worlds: dict[str, list[dict]]) -> dict[str, list[dict]]:
        names = {name for world in worlds for name in world}
        return {name: [row for world in worlds for row in world.get(name, [])] for name in sorted(names)}

    return put_together
