"""What only other files can judge: which rows are set aside, with which reason, and what the figures make of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

START = datetime(2026, 9, 1, tzinfo=UTC)
DAY = 86_400
H800 = "nvidia-h800-sxm5-80g"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def center(name: str) -> dict:
    return {
        "center_id": name,
        "center_name_zh": name,
        "center_name_en": name,
        "province_code": 320000,
        "time_zone": "UTC",
    }


def event(center_id: str, device: str, state: str = "in_service", hours: float = 0, model: str = H800) -> dict:
    return {
        "event_id": f"{center_id}-{device}-{state}-{hours}",
        "center_id": center_id,
        "device_uid": device,
        "model_id": model,
        "occurred_at": at(hours),
        "state": state,
    }


def hour(center_id: str, device: str, number: int, lit: int = 3600, watts: int = 400) -> tuple[dict, dict]:
    """One device-hour, all of it lit, and what its file said of it."""
    start = at(number)
    rolled = {
        "center_id": center_id,
        "device_uid": device,
        "local_day": start.date(),
        "hour_start_at": start,
        "evidence_class": "B",
        "expected_seconds": 3600,
        "known_seconds": lit,
        "util_50_80_seconds": lit,
        "energy_wh": watts,
        "energy_known_seconds": lit,
        "sample_count": 60,
        "first_sampled_at": start,
        "last_sampled_at": start + timedelta(minutes=59),
    }
    counted = {
        "source_sha256": "telemetry",
        "center_id": center_id,
        "device_uid": device,
        "hour_start_at": start,
        "row_count": 60,
        "highest_power_mw": watts * 1000,
    }
    return rolled, counted


def hand_over(lease_id: str, center_id: str, device: str, start: float, end: float | None) -> dict:
    return {
        "lease_id": lease_id,
        "center_id": center_id,
        "device_uid": device,
        "allocated_from": at(start),
        "allocated_to": None if end is None else at(end),
    }


def lease(lease_id: str, center_id: str, start: float, end: float) -> dict:
    return {
        "lease_id": lease_id,
        "center_id": center_id,
        "tenant_party_id": "tenant",
        "lease_kind": "card_hour",
        "purpose": "external_paid",
        "starts_at": at(start),
        "ends_at": at(end),
    }


def alias(alias_id: str, center_id: str, device: str, value: str, start: float, end: float | None = None) -> dict:
    return {
        "alias_id": alias_id,
        "center_id": center_id,
        "device_uid": device,
        "alias_kind": "host_index",
        "alias_value": value,
        "valid_from": at(start),
        "valid_to": None if end is None else at(end),
    }


def daily(center_id: str, device: str, day: int, lit: int = DAY) -> dict:
    """One daily row, all of it lit."""
    return {
        "center_id": center_id,
        "device_uid": device,
        "local_day": at(24 * day).date(),
        "evidence_class": "B",
        "known_seconds": lit,
        "util_50_80_seconds": lit,
    }


def powered(center_id: str, device: str, hours: float) -> dict:
    return {
        "center_id": center_id,
        "server_id": "n02",
        "device_uid": device,
        "reported_at": at(hours),
        "is_powered": True,
        "power_source": "bmc",
    }


def world() -> dict[str, list[dict]]:
    """One center per story; every card is in service from the start unless its story says otherwise."""
    hours = [
        *(hour("unknown-card", "stranger", number) for number in range(2)),
        *(hour("rma", "returned", number) for number in range(12)),
        *(hour("power", "hot", number, watts=5_000 if number == 3 else 400) for number in range(5)),
        *(hour("swap", "n01/0", number) for number in range(24)),
        *(hour("edge", "n01/0", number) for number in range(24)),
        *(hour("both-names", "n01/0", number) for number in range(4)),
        *(hour("both-names", "card", number, lit=1800) for number in range(2)),
        *(hour("clash", "n01/0", number) for number in range(24)),
    ]
    return {
        "centers": [
            center(name)
            for name in (
                "unknown-card",
                "rma",
                "power",
                "swap",
                "edge",
                "both-names",
                "clash",
                "states",
                "leases",
                "capacity",
                "two-a",
                "two-b",
                "daily",
                "daily-too",
            )
        ],
        "device_events": [
            event("unknown-card", "own"),
            event("rma", "returned"),
            event("rma", "returned", "rma_out", 6),
            event("power", "hot"),
            *(event(name, f"{name}-{card}") for name in ("swap", "edge", "clash") for card in ("old", "new")),
            event("both-names", "card"),
            event("states", "torn"),
            event("states", "torn", "sold", 12),
            event("states", "torn", "fault", 12),
            event("leases", "twice"),
            event("leases", "spare"),
            event("capacity", "only"),
            event("two-a", "twin"),
            event("two-a", "twin", "sold", 10),
            event("two-b", "twin"),
            event("two-b", "twin", "sold", 10),
            event("nowhere", "lost"),
            event("daily", "daily-old"),
            event("daily", "daily-new"),
            event("daily-too", "daily-third"),
        ],
        "device_aliases": [
            alias("swap-old", "swap", "swap-old", "n01/0", 0, 10.5),
            alias("swap-new", "swap", "swap-new", "n01/0", 10.5),
            alias("edge-old", "edge", "edge-old", "n01/0", 0, 10),
            alias("edge-new", "edge", "edge-new", "n01/0", 10),
            alias("both", "both-names", "card", "n01/0", 0),
            alias("clash-old", "clash", "clash-old", "n01/0", 0, 12),
            alias("clash-new", "clash", "clash-new", "n01/0", 11),
            alias("steals", "clash", "clash-old", "clash-new", 0),
            alias("daily-old", "daily", "daily-old", "n02/0", 0, 36),
            alias("daily-new", "daily", "daily-new", "n02/0", 36),
            alias("daily-third", "daily-too", "daily-third", "n02/0", 0),
        ],
        "device_days": [
            *(daily("daily", "n02/0", day) for day in range(3)),
            daily("daily", "daily-new", 2, lit=3600),
            daily("daily", "n02/9", 0),
            daily("daily-too", "n02/0", 0, lit=7200),
        ],
        "power_reports": [powered("daily", "n02/0", 1), powered("daily", "n02/0", 40), powered("daily", "n02/9", 1)],
        "leases": [
            lease("l1", "leases", 0, 20),
            lease("l2", "leases", 10, 30),
            lease("l3", "leases", 30, 40),
            lease("big", "capacity", 0, 24),
        ],
        "lease_devices": [
            hand_over("l1", "leases", "twice", 0, 20),
            hand_over("l2", "leases", "twice", 10, 30),
            hand_over("l3", "leases", "twice", 30, 40),
            hand_over("l1", "leases", "ghost", 0, 20),
            hand_over("big", "capacity", "only", 0, 24),
            hand_over("big", "capacity", "more", 0, 24),
        ],
        "device_hours": [rolled for rolled, _ in hours],
        "sample_hours": [counted for _, counted in hours],
        "files": [
            {"source_sha256": name, "recorded_at": START, "original_name": name} for name in ("telemetry", "test")
        ],
    }


@pytest.fixture(scope="module")
def built(build_world):
    return build_world(world(), select=["+fct_row__set_aside", "+fct_center_day__utilization"], as_of=at(72))


@pytest.fixture(scope="module")
def set_aside(built, query) -> dict[tuple[str, str], dict]:
    """Rows set aside by center and reason: how many, their standing, and their keys."""
    found: dict[tuple[str, str], dict] = {}
    for row in query(built, "from fct_row__set_aside order by all"):
        entry = found.setdefault((row["center_id"], row["reason_code"]), {"rows": 0, "keys": [], "others": []})
        entry["rows"] += row["row_count"]
        entry["standing"] = row["standing"]
        entry["keys"].append(row["row_key"])
        entry["others"].append(row["other_source_line"])
    return found


@pytest.fixture(scope="module")
def cards(built, query) -> dict[tuple[str, str], dict]:
    """Seconds of each card on the first day."""
    rows = query(built, "from int_utilization__device_days where local_day = date '2026-09-01'")
    return {(row["center_id"], row["device_uid"]): row for row in rows}


def test_rows_of_a_center_that_no_register_names_are_set_aside(set_aside):
    assert set_aside["nowhere", "UNKNOWN_CENTER"]["keys"] == ["nowhere-lost-in_service-0"]


def test_telemetry_of_a_card_that_no_register_names_is_set_aside_by_file_and_day(set_aside):
    assert set_aside["unknown-card", "UNKNOWN_CARD"] == {
        "rows": 120,
        "standing": "set_aside",
        "keys": ["unknown-card / stranger / 2026-09-01"],
        "others": [None],
    }


def test_a_hand_over_of_a_card_that_no_register_names_is_set_aside(set_aside):
    assert set_aside["leases", "UNKNOWN_CARD"]["rows"] == 1


def test_telemetry_of_a_card_after_its_rma_is_set_aside_and_its_seconds_are_not_known(set_aside, cards):
    assert set_aside["rma", "SERIAL_AFTER_RMA"]["rows"] == 6 * 60
    card = cards["rma", "returned"]
    assert (card["known_seconds"], card["lit_seconds"]) == (6 * 3600, 6 * 3600)


def test_an_hour_with_power_above_the_limit_keeps_its_utilization_and_loses_its_energy(set_aside, cards):
    entry = set_aside["power", "POWER_ABOVE_TDP"]
    assert (entry["rows"], entry["standing"]) == (60, "partly_used")
    assert (cards["power", "hot"]["lit_seconds"], cards["power", "hot"]["energy_wh"]) == (5 * 3600, 4 * 400)


def test_telemetry_under_an_alias_is_the_canonical_cards_and_the_hour_of_the_swap_nobodys(set_aside, cards):
    assert cards["swap", "swap-old"]["known_seconds"] == 10 * 3600
    assert cards["swap", "swap-new"]["known_seconds"] == 13 * 3600
    assert set_aside["swap", "ALIAS_CHANGED_IN_HOUR"]["rows"] == 60


def test_a_swap_at_the_edge_of_an_hour_loses_no_second(set_aside, cards):
    assert cards["edge", "edge-old"]["known_seconds"] == 10 * 3600
    assert cards["edge", "edge-new"]["known_seconds"] == 14 * 3600
    assert not any(center_id == "edge" for center_id, _ in set_aside)


def test_a_card_that_reports_under_two_names_counts_once_under_its_own(set_aside, cards):
    assert cards["both-names", "card"]["known_seconds"] == 2 * 1800 + 2 * 3600
    assert set_aside["both-names", "SAME_CARD_OTHER_NAME"]["rows"] == 2 * 60


def test_a_name_that_is_live_on_two_cards_is_no_cards(set_aside, cards):
    assert set_aside["clash", "ALIAS_ON_TWO_DEVICES"]["keys"] == ["clash-old", "clash-new", "steals"]
    assert (cards["clash", "clash-old"]["known_seconds"], cards["clash", "clash-new"]["known_seconds"]) == (0, 0)
    assert set_aside["clash", "UNKNOWN_CARD"]["rows"] == 24 * 60


def test_states_of_one_card_that_contradict_each_other_at_one_instant_are_set_aside_both(set_aside, cards):
    entry = set_aside["states", "STATES_OVERLAP"]
    assert (entry["rows"], entry["standing"]) == (2, "set_aside")
    assert None not in entry["others"]
    assert cards["states", "torn"]["able_seconds"] == DAY, "the state before them goes on"


def test_leases_that_sell_one_card_at_the_same_time_are_named_and_the_card_is_sold_once(set_aside, cards):
    entry = set_aside["leases", "LEASES_OVERLAP"]
    assert (entry["rows"], entry["standing"]) == (2, "contested")
    assert cards["leases", "twice"]["sold_seconds"] == DAY


def test_a_lease_of_more_cards_than_the_center_has_sells_none(set_aside, cards):
    assert set_aside["capacity", "LEASE_ABOVE_CAPACITY"]["rows"] == 2
    assert cards["capacity", "only"]["sold_seconds"] == 0


def test_a_card_that_two_centers_claim_is_named_with_the_other_claim(set_aside, cards):
    for name in ("two-a", "two-b"):
        entry = set_aside[name, "CARD_IN_TWO_CENTERS"]
        assert (entry["rows"], entry["standing"]) == (1, "contested")
        assert cards[name, "twin"]["contested_seconds"] == 10 * 3600


def test_a_daily_row_and_a_power_report_under_an_alias_are_the_canonical_cards(built, query, cards):
    assert cards["daily", "daily-old"]["known_seconds"] == DAY
    assert cards["daily-too", "daily-third"]["known_seconds"] == 7200, "another center may use the same name"
    told = "select device_uid, reported_epoch_seconds from int_identity__power_reports where center_id = 'daily'"
    first, second = (int(at(hours).timestamp()) for hours in (1, 40))
    rows = [("daily-new", second), ("daily-old", first), ("n02/9", first)]
    assert sorted(tuple(row.values()) for row in query(built, told)) == rows
    days = query(built, "select * from int_utilization__device_days where device_uid = 'daily-new'")
    assert {row["local_day"].day: row["known_seconds"] for row in days} == {1: 0, 2: 0, 3: 3600}


def test_a_daily_row_is_nobodys_when_its_name_changed_hands_and_none_beside_the_cards_own(set_aside):
    assert set_aside["daily", "ALIAS_CHANGED_IN_DAY"]["keys"] == ["daily / n02/0 / 2026-09-02"]
    assert set_aside["daily", "SAME_CARD_OTHER_NAME"]["keys"] == ["daily / n02/0 / 2026-09-03"]
    assert set_aside["daily", "UNKNOWN_CARD"]["rows"] == 2, "a name that no alias explains"


def test_nothing_else_is_set_aside(set_aside):
    named = {
        ("nowhere", "UNKNOWN_CENTER"),
        ("unknown-card", "UNKNOWN_CARD"),
        ("leases", "UNKNOWN_CARD"),
        ("capacity", "UNKNOWN_CARD"),
        ("clash", "UNKNOWN_CARD"),
        ("rma", "SERIAL_AFTER_RMA"),
        ("power", "POWER_ABOVE_TDP"),
        ("swap", "ALIAS_CHANGED_IN_HOUR"),
        ("both-names", "SAME_CARD_OTHER_NAME"),
        ("clash", "ALIAS_ON_TWO_DEVICES"),
        ("states", "STATES_OVERLAP"),
        ("leases", "LEASES_OVERLAP"),
        ("capacity", "LEASE_ABOVE_CAPACITY"),
        ("two-a", "CARD_IN_TWO_CENTERS"),
        ("two-b", "CARD_IN_TWO_CENTERS"),
        ("daily", "ALIAS_CHANGED_IN_DAY"),
        ("daily", "SAME_CARD_OTHER_NAME"),
        ("daily", "UNKNOWN_CARD"),
    }
    assert set(set_aside) == named


def test_a_card_of_a_model_without_a_published_peak_is_unweighted_and_not_zero(build_world, query):
    rows = {
        "centers": [center("c1")],
        "capacity_plans": [
            {
                "plan_line_id": "p",
                "center_id": "c1",
                "plan_basis": "approved_total",
                "model_id": H800,
                "planned_card_count": 2,
                "due_on": date(2026, 9, 1),
            }
        ],
        "device_events": [event("c1", "known"), event("c1", "nameless", model="no-such-model")],
    }
    built = build_world(rows, select=["+fct_center_day__utilization"], as_of=at(48))
    (day,) = query(built, "from fct_center_day__utilization where local_day = date '2026-09-01'")
    assert day["racked_card_seconds_upper"] == 2 * DAY
    assert day["unweighted_card_seconds"] == DAY
    (weight,) = query(built, f"select weight_gflops from accelerators where model_id = '{H800}'")
    assert day["racked_gflops_seconds_upper"] == DAY * weight["weight_gflops"], "of the weighted card alone"
    assert day["planned_gflops_seconds"] == 2 * DAY * weight["weight_gflops"]
