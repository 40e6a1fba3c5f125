"""Worked examples of the lit rate, each a center of its own, through the real models."""

from datetime import timedelta

import polars as pl
import pytest

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA

HOURS = range(24)


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    examples = (
        silent_hours,
        short_bursts,
        thresholds,
        two_models,
        racked_and_planned,
        maintenance_and_fault,
        ladder,
        weighted_hours,
        slice_of_a_card,
    )
    rows = merge(*(example(make) for example in examples))
    return build_world(rows, select=["+fct_center_day__utilization", "+fct_center_month__utilization"])


def _one_card(make, center_id, hours):
    return {
        "centers": [make.center(center_id)],
        "capacity_plans": [make.plan(1, center_id=center_id)],
        "device_events": [make.event(f"{center_id}-0", center_id=center_id)],
        "device_hours": [
            make.hour(f"{center_id}-0", make.MIDNIGHT + timedelta(hours=number), center_id, **seconds)
            for number, seconds in hours
        ],
    }


def silent_hours(make):
    """EX-L1: 20 of 24 hours known, half of them lit."""
    hours = [(n, make.bins(b20_50=3600) if n < 10 else make.bins(b0_1=3600)) for n in range(20)]
    return _one_card(make, "l1", hours)


def short_bursts(make):
    """EX-L2: ten seconds of work every five minutes."""
    return _one_card(make, "l2", [(n, make.bins(b80_100=120, b0_1=3480)) for n in HOURS])


def thresholds(make):
    """EX-L3: 40 % of the time at 0 %, 20 % each at 2, 8 and 90 %."""
    return _one_card(make, "l3", [(n, make.bins(b0_1=1440, b1_5=720, b5_10=720, b80_100=720)) for n in HOURS])


def slice_of_a_card(make):
    """EX-L9: three slices of a seventh each busy all day, weighed by the real rollup."""
    start_ms = round(make.MIDNIGHT.timestamp() * 1_000)
    row = {"device_key": 1, "slice_parts": 1, "compute_active_pct": 95.0}
    samples = pl.DataFrame(
        [
            row | {"slice_id": slice_id, "sampled_at_ms": start_ms + 60_000 * minute}
            for slice_id in ("7", "8", "9")
            for minute in range(24 * 60)
        ],
        schema=LAKE_SAMPLE_SCHEMA,
    )
    rolled_up = roll_up_day(samples, "l9", make.MIDNIGHT.date(), "UTC", 60)
    columns = ("evidence_class", "known_seconds", *UTILIZATION_BIN_COLUMNS)
    return _one_card(make, "l9", list(enumerate(rolled_up.select(columns).to_dicts())))


def two_models(make):
    """EX-L4: slow cards busy, fast cards idle."""
    busy = {make.H20: 0.9, make.H800: 0.2}
    cards = [(f"l4-{model}-{n}", model, share) for model, share in busy.items() for n in range(10)]
    return {
        "centers": [make.center("l4")],
        "capacity_plans": [make.plan(10, model, center_id="l4") for model in busy],
        "device_events": [make.event(uid, center_id="l4", model_id=model) for uid, model, _ in cards],
        "device_days": [_share(make, uid, share, "l4") for uid, _, share in cards],
    }


def _share(make, uid, share, center_id):
    lit = round(make.DAY * share)
    return make.day(uid, make.SEPTEMBER[0], lit=lit, idle=make.DAY - lit, center_id=center_id)


def racked_and_planned(make):
    """EX-L6: 72 of 100 planned cards racked, 32 of them lit."""
    return {
        "centers": [make.center("l6")],
        "capacity_plans": [make.plan(100, center_id="l6")],
        "device_events": [make.event(f"l6-{n}", center_id="l6") for n in range(72)],
        "device_days": [_share(make, f"l6-{n}", 1 if n < 32 else 0, "l6") for n in range(72)],
    }


def maintenance_and_fault(make):
    """EX-L7: 720 h with 20 h of maintenance and 16 h of fault, 300 h lit."""
    maintained, failed = (make.MIDNIGHT + timedelta(days=days) for days in (4, 9))
    hours_down = {4: 20, 9: 16}
    hours_lit = {number: 24 for number in range(14, 26)} | {26: 12}
    days = []
    for number, local_day in enumerate(make.SEPTEMBER):
        lit = hours_lit.get(number, 0) * 3600
        idle = make.DAY - lit - hours_down.get(number, 0) * 3600
        days.append(make.day("l7-0", local_day, lit=lit, idle=idle, center_id="l7"))
    return {
        "centers": [make.center("l7")],
        "capacity_plans": [make.plan(1, center_id="l7")],
        "device_events": [
            make.event("l7-0", center_id="l7"),
            make.event("l7-0", "planned_maintenance", maintained, "l7"),
            make.event("l7-0", at=maintained + timedelta(hours=20), center_id="l7"),
            make.event("l7-0", "fault", failed, "l7"),
            make.event("l7-0", at=failed + timedelta(hours=16), center_id="l7"),
        ],
        "device_days": days,
    }


def ladder(make):
    """EX-L12: 100 planned cards on one day, and how far each step of the ladder gets.

    Lease A covers 52 cards from midnight. Lease B covers two cards all day, but they are handed over the next
    morning; lease C covers one card and is canceled after 0.6 of the day, before its hand-over.
    """
    tomorrow = make.MIDNIGHT + timedelta(days=1)
    end = make.MIDNIGHT + timedelta(days=300)
    cards = [f"l12-{n:02}" for n in range(82)]
    able = cards[:78]
    canceled = make.MIDNIGHT + timedelta(seconds=round(0.6 * make.DAY))
    hours = []
    for number, uid in enumerate(able):
        for clock in HOURS:
            day_share = clock * 3600
            active = 3600 if number < 31 else max(0, min(3600, 17_280 - day_share)) if number == 31 else 0
            productive = 3600 if number < 15 else max(0, min(3600, 51_840 - day_share)) if number == 15 else 0
            hours.append(
                make.hour(uid, make.MIDNIGHT + timedelta(hours=clock), "l12")
                | make.bins(b50_80=active, b0_1=3600 - active)
                | {
                    "occupied_seconds": 3600 if number < 41 else 0,
                    "occupancy_known_seconds": 3600,
                    "productive_seconds": productive,
                    "productive_known_seconds": 3600,
                }
            )
    return {
        "centers": [make.center("l12")],
        "capacity_plans": [make.plan(100, center_id="l12")],
        "device_events": [make.event(uid, "in_service" if uid in able else "fault", center_id="l12") for uid in cards],
        "device_hours": hours,
        "leases": [
            make.lease("l12-a", make.MIDNIGHT, end, "l12"),
            make.lease("l12-b", make.MIDNIGHT, end, "l12"),
            make.lease("l12-c", make.MIDNIGHT, end, "l12", cancelled_at=canceled),
        ],
        "lease_devices": [
            *(make.lease_device("l12-a", uid, make.MIDNIGHT, center_id="l12") for uid in cards[:52]),
            *(make.lease_device("l12-b", uid, tomorrow, center_id="l12") for uid in cards[52:54]),
            make.lease_device("l12-c", cards[54], tomorrow, center_id="l12"),
        ],
    }


def weighted_hours(make):
    """EX-L13: 200 Ascend 910B3 at 50 % and 50 H800 at 80 % for one day."""
    models = {make.ASCEND_910B3: (200, 0.5), make.H800: (50, 0.8)}
    cards = [(f"l13-{model}-{n}", model, share) for model, (count, share) in models.items() for n in range(count)]
    return {
        "centers": [make.center("l13")],
        "capacity_plans": [make.plan(count, model, center_id="l13") for model, (count, _) in models.items()],
        "device_events": [make.event(uid, center_id="l13", model_id=model) for uid, model, _ in cards],
        "device_days": [_share(make, uid, share, "l13") for uid, _, share in cards],
    }


@pytest.fixture(scope="module")
def first_day(world, query):
    sql = "from fct_center_day__utilization where local_day = date '2026-09-01'"
    return {row["center_id"]: row for row in query(world, sql)}


@pytest.fixture(scope="module")
def month(world, query):
    return {row["center_id"]: row for row in query(world, "from fct_center_month__utilization")}


def test_a_device_that_sent_nothing_is_unknown_and_never_idle(first_day, worked_examples):
    expected, row = worked_examples["EX-L1"], first_day["l1"]
    assert row["racked_card_seconds_upper"] == expected["expected_s"]
    assert row["known_card_seconds"] == expected["known_s"]
    assert row["lit_card_seconds"] == expected["lit_s"]
    assert row["unknown_card_seconds"] == expected["expected_s"] - expected["known_s"]
    assert row["coverage_of_racked"] == pytest.approx(expected["coverage"], abs=1e-6)
    assert row["lit_rate_of_racked_lower"] == pytest.approx(expected["lower"], abs=1e-6)
    assert row["lit_rate_of_racked_upper"] == pytest.approx(expected["upper"], abs=1e-6)
    assert row["lit_card_seconds"] / row["known_card_seconds"] == expected["observed"]
    assert row["lit_rate_of_racked_observed"] is None
    assert row["lit_rate_of_racked_withheld_reason"] == "coverage_below_95_pct"


def test_ten_seconds_of_work_in_five_minutes_are_three_percent(first_day, worked_examples):
    observed = first_day["l2"]["lit_rate_of_racked_observed"]
    assert observed == pytest.approx(worked_examples["EX-L2"]["time_weighted"], abs=1e-6)


def test_the_threshold_of_lit_is_applied_to_the_histogram(first_day, worked_examples):
    expected, row = worked_examples["EX-L3"], first_day["l3"]
    assert row["lit_rate_of_racked_at_1_pct_lower"] == expected["gt0"]
    assert row["lit_rate_of_racked_at_5_pct_lower"] == expected["ge5"]
    assert row["lit_rate_of_racked_at_10_pct_lower"] == expected["ge10"]
    assert row["lit_rate_of_racked_lower"] == expected["ge5"]


def test_a_busy_slow_card_weighs_less_than_an_idle_fast_one(first_day, worked_examples):
    expected, row = worked_examples["EX-L4"], first_day["l4"]
    assert row["lit_rate_of_racked_lower"] == pytest.approx(expected["card_weighted"])
    assert row["lit_rate_of_racked_pflops_lower"] == pytest.approx(expected["pflops_weighted"], abs=1e-6)


def test_lit_on_plan_is_racked_times_lit_of_racked(first_day, worked_examples):
    expected, row = worked_examples["EX-L6"], first_day["l6"]
    assert row["racked_rate_of_planned_device_lower"] == expected["racked"]
    assert row["lit_rate_of_racked_observed"] == pytest.approx(expected["lit_of_racked"], abs=1e-6)
    assert row["lit_rate_of_planned_lower"] == expected["lit_on_plan"]


@pytest.mark.parametrize(
    ("column", "answer"),
    [
        ("lit_rate_of_commissioned_gross", "gross"),
        ("lit_rate_of_net_maintenance", "net_planned"),
        ("lit_rate_of_available", "available"),
        ("lit_rate_of_maintenance_allowance", "allowance_2pct"),
    ],
)
def test_maintenance_and_faults_shrink_the_denominator_only_where_the_basis_says_so(
    month, worked_examples, column, answer
):
    expected = worked_examples["EX-L7"][answer]
    assert month["l7"][f"{column}_lower"] == pytest.approx(expected, abs=1e-6)
    assert month["l7"][f"{column}_upper"] == pytest.approx(expected, abs=1e-6)


def test_slices_of_a_card_count_with_their_share_of_its_time(first_day, worked_examples):
    row = first_day["l9"]
    assert row["known_card_seconds"] == 24 * 3600
    share = row["lit_card_seconds"] / row["known_card_seconds"]
    half_a_second_per_hour = 0.5 / 3600
    assert share == pytest.approx(worked_examples["EX-L9"]["mig_device_time"], abs=half_a_second_per_hour)


def test_every_step_of_the_ladder_is_its_own_number(first_day, worked_examples):
    expected, row = worked_examples["EX-L12"], first_day["l12"]
    assert row["installed_rate_of_planned"] == expected["installed"]
    assert row["racked_rate_of_planned_device_lower"] == expected["available"]
    assert row["sold_rate_of_planned"] == pytest.approx(expected["sold"])
    assert row["allocated_rate_of_planned"] == expected["allocated"]
    assert row["occupied_rate_of_planned"] == expected["occupied"]
    assert row["lit_rate_of_planned_lower"] == pytest.approx(expected["active"])
    assert row["productive_rate_of_planned"] == pytest.approx(expected["productive"])
    assert row["lit_rate_of_racked_observed"] == pytest.approx(expected["lit_of_available"])
    assert row["lit_rate_of_sold_upper"] == pytest.approx(expected["lit_of_sold_upper"], abs=1e-6)


def test_pflops_hours_weigh_each_card_by_its_model(first_day, worked_examples):
    expected, row = worked_examples["EX-L13"], first_day["l13"]
    assert row["lit_card_seconds"] / 3600 == expected["lit_card_h"]
    assert float(row["lit_gflops_seconds_lower"]) / 3600 / 1e6 == pytest.approx(expected["lit_pflops_h"])


def test_productive_time_of_a_tenancy_is_what_cannot_lie_outside_it(build_world, make, query):
    """A card productive for 50,000 s of a day and leased from noon on: at least 6,800 s of it were the tenant's."""
    noon = make.MIDNIGHT + timedelta(hours=12)
    hours = [
        make.hour("p", make.MIDNIGHT + timedelta(hours=number), "p1")
        | make.bins(b80_100=3600)
        | {
            "productive_seconds": 3600 if number < 13 else 3200 if number == 13 else 0,
            "productive_known_seconds": 0 if number == 23 else 3600,
        }
        for number in HOURS
    ]
    rows = {
        "centers": [make.center("p1")],
        "device_events": [make.event("p", center_id="p1")],
        "device_hours": hours,
        "leases": [make.lease("p-l", noon, noon + timedelta(days=9), "p1")],
        "lease_devices": [make.lease_device("p-l", "p", noon, noon + timedelta(days=9), "p1")],
    }
    path = build_world(rows, select=["+fct_center_model_day__parts"])
    found = query(path, f"from fct_center_model_day__parts where local_day = date '{make.SEPTEMBER[0]}'")[0]
    assert found["productive_sold_lower_seconds"] == 50_000 - 43_200
    assert found["productive_sold_upper_seconds"] == 43_200
    assert found["productive_commissioned_lower_seconds"] == 50_000
    assert found["productive_commissioned_upper_seconds"] == 50_000 + 3_600
