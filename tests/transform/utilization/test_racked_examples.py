"""Worked examples of the racked rate, each a center of its own, through the real models."""

from datetime import timedelta

import pytest

UTILIZATION = ["+fct_center_day__utilization", "+fct_center_month__utilization"]
CABINETS = ["+fct_center_day__cabinets"]


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    examples = (
        unequal_models,
        half_a_month_late,
        silent_cards,
        repair_swap,
        cabinets_and_power,
        plan_in_two_stages,
        seven_of_eight,
    )
    return build_world(merge(*(example(make) for example in examples)), select=UTILIZATION + CABINETS)


def unequal_models(make):
    """EX-R1: one model over plan does not make up for another under plan."""
    planned = {make.ASCEND_910B3: 512, make.H20: 256, make.RTX_4090: 128}
    racked = {make.ASCEND_910B3: 400, make.H20: 256, make.RTX_4090: 160}
    return {
        "centers": [make.center("r1")],
        "capacity_plans": [make.plan(cards, model, center_id="r1") for model, cards in planned.items()],
        "device_events": [
            make.event(f"r1-{model}-{number}", center_id="r1", model_id=model)
            for model, cards in racked.items()
            for number in range(cards)
        ],
    }


def half_a_month_late(make):
    """EX-R2: 40 of 100 cards for two thirds of the time, then all of them."""
    later = make.MIDNIGHT + timedelta(days=20)
    starts = [make.MIDNIGHT] * 40 + [later] * 60
    return {
        "centers": [make.center("r2")],
        "capacity_plans": [make.plan(100, center_id="r2")],
        "device_events": [make.event(f"r2-{n}", at=at, center_id="r2") for n, at in enumerate(starts)],
    }


def silent_cards(make):
    """EX-R4: 70 cards seen, 12 in the register but silent, of 100 planned."""
    return {
        "centers": [make.center("r4")],
        "capacity_plans": [make.plan(100, center_id="r4")],
        "device_events": [make.event(f"r4-{n}", center_id="r4") for n in range(82)],
        "device_days": [make.day(f"r4-{n}", make.SEPTEMBER[0], idle=make.DAY, center_id="r4") for n in range(70)],
    }


def repair_swap(make):
    """EX-L8: card A leaves for repair on day 10, its replacement B enters on day 24 of 30."""
    leaves, enters = (make.MIDNIGHT + timedelta(days=days) for days in (10, 24))
    a_days = [make.day("l8-a", day, lit=make.DAY, center_id="l8") for day in make.SEPTEMBER[:10]]
    b_days = [
        make.day("l8-b", day, lit=make.DAY // 2, idle=make.DAY // 2, center_id="l8") for day in make.SEPTEMBER[24:]
    ]
    return {
        "centers": [make.center("l8")],
        "capacity_plans": [make.plan(1, center_id="l8")],
        "device_events": [
            make.event("l8-a", center_id="l8"),
            make.event("l8-a", "rma_out", leaves, center_id="l8"),
            make.event("l8-b", at=enters, center_id="l8"),
        ],
        "device_days": a_days + b_days,
    }


def cabinets_and_power(make):
    """EX-R3: 80 servers of 8 cards in 30 of 40 cabinets of 42 U and 12 kW."""
    servers = [
        {
            "server_id": f"r3-s{n}",
            "center_id": "r3",
            "cabinet_id": f"r3-c{n % 30}",
            "u_height": 8,
            "nameplate_w": 5600,
        }
        for n in range(80)
    ]
    return {
        "centers": [make.center("r3")],
        "capacity_plans": [make.plan(1024, center_id="r3")],
        "cabinets": [
            {"cabinet_id": f"r3-c{n}", "center_id": "r3", "u_count": 42, "contracted_w": 12_000} for n in range(40)
        ],
        "servers": servers,
        "device_events": [
            make.event(f"r3-{server['server_id']}-{card}", center_id="r3", server_id=server["server_id"])
            for server in servers
            for card in range(8)
        ],
    }


def plan_in_two_stages(make):
    """Two cards due on the 1st and eight more on the 21st; the first two are all that came."""
    later = make.SEPTEMBER[20]
    return {
        "centers": [make.center("due")],
        "capacity_plans": [make.plan(2, center_id="due"), make.plan(8, due=later, center_id="due")],
        "device_events": [make.event(f"due-{n}", center_id="due") for n in range(2)],
    }


def seven_of_eight(make):
    """A whole machine let for the month: seven cards compute without a pause, the eighth is in fault."""
    cards = [f"seven-{n}" for n in range(8)]
    ends = make.MIDNIGHT + timedelta(days=30)
    return {
        "centers": [make.center("seven")],
        "capacity_plans": [make.plan(8, center_id="seven")],
        "servers": [{"server_id": "seven-s", "center_id": "seven", "u_height": 8, "nameplate_w": 9000}],
        "device_events": [
            make.event(card, "fault" if card == cards[7] else "in_service", center_id="seven", server_id="seven-s")
            for card in cards
        ],
        "leases": [make.lease("seven-l", make.MIDNIGHT, ends, "seven", lease_kind="whole_machine")],
        "lease_devices": [make.lease_device("seven-l", card, make.MIDNIGHT, ends, "seven") for card in cards],
        "device_days": [
            make.day(card, day, lit=make.DAY, center_id="seven") for card in cards[:7] for day in make.SEPTEMBER
        ],
    }


@pytest.fixture(scope="module")
def month(world, query):
    return {row["center_id"]: row for row in query(world, "from fct_center_month__utilization")}


@pytest.fixture(scope="module")
def last_day(world, query):
    sql = "from fct_center_day__utilization where local_day = date '2026-09-30'"
    return {row["center_id"]: row for row in query(world, sql)}


def test_surplus_of_one_model_does_not_fill_the_plan_of_another(month, worked_examples):
    expected, row = worked_examples["EX-R1"], month["r1"]
    assert row["planned_card_count"] == expected["planned_devices"]
    assert row["racked_rate_of_planned_device_upper"] == pytest.approx(expected["device_raw"], abs=1e-6)
    assert row["racked_rate_of_planned_device_capped_upper"] == pytest.approx(expected["device_capped"], abs=1e-6)
    assert row["racked_rate_of_planned_pflops_upper"] == pytest.approx(expected["pflops_raw"], abs=1e-6)
    assert row["racked_rate_of_planned_pflops_capped_upper"] == pytest.approx(expected["pflops_capped"], abs=1e-6)
    planned_pflops = float(row["planned_gflops_seconds"]) / 1e6 / (30 * 86_400)
    assert planned_pflops == pytest.approx(expected["planned_pflops"])


def test_the_end_of_a_period_and_its_average_are_two_figures(month, worked_examples):
    expected, row = worked_examples["EX-R2"], month["r2"]
    assert row["racked_rate_of_planned_device_at_day_end_upper"] == expected["end_of_period"]
    assert row["racked_rate_of_planned_device_upper"] == pytest.approx(expected["period_average"])


def test_cabinets_units_power_and_cards_are_four_different_rates(world, query, last_day, worked_examples):
    expected = worked_examples["EX-R3"]
    row = query(world, "from fct_center_day__cabinets where center_id = 'r3' and local_day = date '2026-09-30'")[0]
    assert row["powered_rate_of_cabinets"] == expected["cabinet"]
    assert row["occupied_rate_of_u"] == pytest.approx(expected["rack_unit"], abs=1e-6)
    assert row["installed_nameplate_rate_of_contracted_power"] == pytest.approx(expected["power_nameplate"], abs=1e-6)
    assert last_day["r3"]["racked_rate_of_planned_device_at_day_end_upper"] == expected["device"]


def test_silent_cards_are_in_the_upper_bound_only(world, query, worked_examples):
    expected = worked_examples["EX-R4"]
    row = query(world, "from fct_center_day__utilization where center_id = 'r4' and local_day = date '2026-09-01'")[0]
    assert row["racked_rate_of_planned_device_lower"] == pytest.approx(expected["lower"])
    assert row["racked_rate_of_planned_device_upper"] == pytest.approx(expected["upper"])


def test_a_slot_stays_planned_while_its_card_is_away_for_repair(month, worked_examples):
    expected, row = worked_examples["EX-L8"], month["l8"]
    assert row["planned_card_seconds"] == expected["slot_days"] * 86_400
    assert row["installed_card_seconds"] == expected["installed_days"] * 86_400
    assert row["racked_rate_of_planned_device_lower"] == pytest.approx(expected["racked_avg"], abs=1e-6)
    assert row["lit_rate_of_racked_observed"] == pytest.approx(expected["lit_on_installed"])
    assert row["lit_rate_of_planned_lower"] == pytest.approx(expected["lit_on_plan"], abs=1e-6)
    assert row["racked_excused_card_seconds"] == 20 * 86_400


def test_a_plan_that_starts_within_the_period_is_counted_from_its_due_date(month):
    row = month["due"]
    assert row["planned_card_seconds"] == (2 * 30 + 8 * 10) * 86_400
    assert row["racked_rate_of_planned_device_upper"] == pytest.approx(60 / 140)
    assert row["racked_rate_of_planned_device_at_day_end_upper"] == 2 / 10


def test_a_whole_machine_with_seven_of_eight_cards_is_lit_card_by_card(month):
    row = month["seven"]
    assert row["planned_card_seconds"] == 8 * 30 * 86_400
    assert row["sold_card_seconds"] == 7 * 30 * 86_400
    assert row["lit_rate_of_planned_lower"] == row["lit_rate_of_planned_upper"] == 7 / 8
