"""Money, promises and registers of a center that no register knows wait for it, whichever file comes first."""

from datetime import UTC, date, datetime

import pytest

from ingest.records import RECORD_KINDS, Field

DAYS = [datetime(2026, 9, day, tzinfo=UTC) for day in (1, 2, 3, 4)]
OF_CARDS = {
    "capacity_plans",
    "cabinets",
    "servers",
    "slots",
    "device_events",
    "device_aliases",
    "power_reports",
    "device_days",
    "lease_devices",
    "occupancy_jobs",
    "node_counts",
    "inventory_nodes",
}
"""Kinds that count by their center's calendar, cards or lease, and fall out there."""

KINDS = [kind for kind in RECORD_KINDS.values() if "center_id" in kind.headers and kind.name != "centers"]
MONEY = [kind for kind in KINDS if kind.name not in OF_CARDS]
CENTER = {"center_id": "late", "center_name_zh": "late", "province_code": 320000, "time_zone": "UTC"}
VALUES = {
    "text": "x",
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "date": date(2026, 8, 1),
    "instant": DAYS[0],
    "money_cny": 1,
    "quantity": 1,
}


def value(field: Field) -> object:
    return "late" if field.name == "center_id" else field.choices[0] if field.choices else VALUES[field.type]


def one_row_of_each_kind() -> dict[str, list[dict]]:
    """Recorded on the second day; only what is required is told."""
    return {
        kind.name: [
            {field.lake_name: value(field) for field in kind.fields if field.required} | {"recorded_at": DAYS[1]}
        ]
        for kind in KINDS
    }


def counted(built, query) -> set[str]:
    """Kinds of which the figures see a row."""
    return {kind.name for kind in MONEY if query(built, f"from stg_registers__{kind.name}")}


def set_aside(built, query) -> set[str]:
    """Kinds of which a row waits for its center."""
    rows = query(built, "from int_integrity__unknown_rows where reason_code = 'UNKNOWN_CENTER'")
    return {row["record_kind"] for row in rows}


@pytest.fixture(scope="module")
def build(build_world):
    def with_a_center_from(recorded_at: datetime | None, as_of: datetime):
        centers = [] if recorded_at is None else [CENTER | {"recorded_at": recorded_at}]
        staging = [f"stg_registers__{kind.name}" for kind in MONEY]
        rows = one_row_of_each_kind() | {"centers": centers}
        return build_world(rows, select=[*staging, "+int_integrity__unknown_rows"], as_of=as_of)

    return with_a_center_from


def test_rows_of_every_kind_wait_for_their_center_and_none_of_money_or_promises_counts(build, query):
    built = build(DAYS[2], as_of=DAYS[1])
    assert set_aside(built, query) == {kind.name for kind in KINDS}
    assert counted(built, query) == set()


@pytest.mark.parametrize("registered_at", [DAYS[0], DAYS[2]], ids=["the center first", "the center last"])
def test_a_row_of_centers_lets_them_in_whether_it_comes_before_or_after(build, query, registered_at):
    built = build(registered_at, as_of=DAYS[3])
    assert set_aside(built, query) == set()
    assert counted(built, query) == {kind.name for kind in MONEY}
