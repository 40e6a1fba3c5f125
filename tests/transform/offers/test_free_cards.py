"""From when to when nobody has a card, and how large a block the free ones make."""

from datetime import UTC, date, datetime

import pytest

AS_OF = datetime(2026, 10, 1, tzinfo=UTC)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def _card(server: str, number: int, last_state: str = "in_service") -> list[dict]:
    states = ("installed", "powered", "commissioned", last_state)
    return [
        {"event_id": f"{server}-{number}-{state}", "center_id": "c1", "device_uid": f"{server}-{number}",
         "model_id": "nvidia-h20-96g", "server_id": server, "occurred_at": BEGAN.replace(minute=minute), "state": state}
        for minute, state in enumerate(states)
    ]  # fmt: skip


def _lease(lease_id: str, starts: datetime, ends: datetime, cancelled: datetime | None = None) -> dict:
    return {"lease_id": lease_id, "center_id": "c1", "tenant_party_id": "t", "starts_at": starts, "ends_at": ends,
            "cancelled_at": cancelled}  # fmt: skip


def _allocated(lease_id: str, uid: str, start: datetime = BEGAN) -> dict:
    return {"lease_id": lease_id, "center_id": "c1", "device_uid": uid, "allocated_from": start}


@pytest.fixture(scope="module")
def world(build_world):
    """s1: 3 free and 1 let to the end of the year; s2: 1 free until a lease begins, 1 cancelled, 1 faulty."""
    events = [event for number in range(4) for event in _card("s1", number)]
    events += [event for number in range(2) for event in _card("s2", number)] + _card("s2", 2, "fault")
    return build_world(
        {
            "centers": [
                {"center_id": "c1", "center_name_zh": "甲", "center_name_en": "A", "time_zone": "Asia/Shanghai",
                 "province_code": 320000}
            ],
            "device_events": events,
            "servers": [{"server_id": "s1", "center_id": "c1", "cabinet_id": "r1"}],
            "cabinets": [{"cabinet_id": "r1", "center_id": "c1", "u_count": 42, "contracted_w": 13_000}],
            "server_links": [
                {"server_id": server, "center_id": "c1", "cluster_id": "k", "interconnect": "roce"}
                for server in ("s1", "s2")
            ],
            "leases": [
                _lease("l1", BEGAN, NEXT_YEAR),
                _lease("l2", datetime(2026, 12, 1, tzinfo=UTC), NEXT_YEAR),
                _lease("l3", BEGAN, NEXT_YEAR, cancelled=datetime(2026, 5, 1, tzinfo=UTC)),
            ],
            "lease_devices": [
                _allocated("l1", "s1-3"),
                _allocated("l2", "s2-0", datetime(2026, 12, 1, tzinfo=UTC)),
                _allocated("l3", "s2-1"),
            ],
            "sale_terms": [
                {"center_id": "c1", "model_id": "nvidia-h20-96g", "valid_from": date(2026, 1, 1),
                 "valid_to": date(2026, 9, 1), "asking_price_cny_fen": 900, "dispatch_scope": "city"},
                {"center_id": "c1", "model_id": "nvidia-h20-96g", "valid_from": date(2026, 9, 1),
                 "asking_price_cny_fen": 690, "dispatch_scope": "province"},
            ],
        },
        select=["+fct_cluster__offer"],
        as_of=AS_OF,
    )  # fmt: skip


def test_a_let_card_is_offered_from_the_end_of_its_lease_and_a_reserved_one_until_it_begins(world, query):
    rows = query(world, "from fct_server__offer")
    found = {(row["server_id"], row["free_from"], row["free_until"]): row["card_count"] for row in rows}
    assert found == {
        ("s1", date(2026, 10, 1), None): 3,
        ("s1", date(2027, 1, 1), None): 1,
        ("s2", date(2026, 10, 1), date(2026, 12, 1)): 1,
        ("s2", date(2026, 10, 1), None): 1,
    }
    assert {row["is_free_now"] for row in rows if row["free_from"] == date(2027, 1, 1)} == {False}


def test_terms_are_those_in_force_and_what_is_not_told_is_null(world, query):
    rows = query(world, "from fct_server__offer")
    assert {(row["asking_price_cny_fen"], row["dispatch_scope"]) for row in rows} == {(690, "province")}
    assert {row["server_id"]: row["rack_w"] for row in rows} == {"s1": 13_000, "s2": None}
    assert {row["longitude"] for row in rows} == {None}


def test_the_largest_block_is_that_of_one_server(world, query):
    (row,) = query(world, "from fct_cluster__offer")
    assert (row["card_count"], row["free_card_count"], row["largest_server_block_count"]) == (6, 5, 3)
    assert (row["free_server_count"], row["next_free_from"]) == (1, date(2027, 1, 1))
