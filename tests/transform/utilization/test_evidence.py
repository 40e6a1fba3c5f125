"""What proves a card, and what becomes of readings that the register contradicts."""

from datetime import timedelta

import pytest


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    examples = (
        seen_once,
        board_controller,
        declared,
        powered_off_at_noon,
        short_of_samples,
        surplus_day,
        claimed_twice,
    )
    return build_world(merge(*(example(make) for example in examples)), with_tests=True)


def _center(make, name, **tables):
    base = {"centers": [make.center(name)], "capacity_plans": [make.plan(1, center_id=name)]}
    return base | {"device_events": [make.event(name, center_id=name)]} | tables


def seen_once(make):
    """One hour of telemetry at six in the morning of the first day."""
    seen = make.hour("seen", make.MIDNIGHT + timedelta(hours=6), "seen") | make.bins(b20_50=3600)
    return _center(make, "seen", device_hours=[seen])


def board_controller(make):
    """No telemetry; the board controller reports power at noon."""
    report = {
        "center_id": "bmc",
        "server_id": "s",
        "device_uid": "bmc",
        "reported_at": make.MIDNIGHT + timedelta(hours=12),
        "is_powered": True,
        "power_source": "bmc",
    }
    return _center(make, "bmc", power_reports=[report])


def declared(make):
    """The operator declares a day of full use, with nothing behind it."""
    day = make.day("declared", make.SEPTEMBER[0], lit=make.DAY, center_id="declared", evidence_class="D")
    return _center(make, "declared", device_days=[day])


def powered_off_at_noon(make):
    """Telemetry runs on all day, but the register has the card out of its slot from half past twelve."""
    gone = make.MIDNIGHT + timedelta(hours=12, minutes=30)
    hours = [make.hour("off", make.MIDNIGHT + timedelta(hours=n), "off") | make.bins(b20_50=3600) for n in range(24)]
    events = [make.event("off", center_id="off"), make.event("off", "decommissioned", gone, "off")]
    return _center(make, "off", device_events=events, device_hours=hours)


def short_of_samples(make):
    """A day's row beside telemetry of the same day: the telemetry speaks, even where it says less."""
    hour = make.hour("both", make.MIDNIGHT, "both") | make.bins(b0_1=3600)
    day = make.day("both", make.SEPTEMBER[0], lit=make.DAY, center_id="both")
    return _center(make, "both", device_hours=[hour], device_days=[day])


def surplus_day(make):
    """A day's row of 24 h for a card that was able for 18: a quarter of it lit, three quarters idle."""
    events = [
        make.event("surplus", "fault", center_id="surplus"),
        make.event("surplus", at=make.MIDNIGHT + timedelta(hours=6), center_id="surplus"),
    ]
    day = make.day("surplus", make.SEPTEMBER[0], lit=6 * 3600, idle=18 * 3600, center_id="surplus")
    return _center(make, "surplus", device_events=events, device_days=[day])


def claimed_twice(make):
    """Two centers have the same card in service and under lease, overlapping for some hours."""
    noon = make.MIDNIGHT + timedelta(hours=12)
    end = make.MIDNIGHT + timedelta(days=20)
    pair = [_center(make, name) for name in ("twin-a", "twin-b")]
    events = [make.event("twin", center_id="twin-a"), make.event("twin", at=noon, center_id="twin-b")]
    return {
        "centers": [row for world in pair for row in world["centers"]],
        "device_events": [*events, make.event("twin", "sold", end, "twin-a")],
        "leases": [make.lease(f"lease-{name}", make.MIDNIGHT, end, name) for name in ("twin-a", "twin-b")],
        "lease_devices": [
            make.lease_device(f"lease-{name}", "twin", make.MIDNIGHT, center_id=name) for name in ("twin-a", "twin-b")
        ],
    }


@pytest.fixture(scope="module")
def days(world, query):
    rows = query(world, "from fct_center_day__utilization where local_day < date '2026-09-04'")
    return {(row["center_id"], row["local_day"].day): row for row in rows}


def test_contested_time_begins_when_the_second_claim_does(days):
    assert days["twin-a", 1]["contested_card_seconds"] == 12 * 3600
    assert days["twin-b", 1]["contested_card_seconds"] == 12 * 3600
    assert days["twin-a", 1]["duplicate_claim_card_seconds"] == 0
    assert days["twin-b", 1]["duplicate_claim_card_seconds"] == 12 * 3600


def test_a_sighting_proves_the_24_hours_after_it_and_nothing_before(days):
    hour = 3600
    assert days["seen", 1]["racked_card_seconds_lower"] == 18 * hour
    assert days["seen", 2]["racked_card_seconds_lower"] == 6 * hour + 59 * 60
    assert days["seen", 3]["racked_card_seconds_lower"] == 0
    assert days["seen", 3]["racked_card_seconds_upper"] == 24 * hour


def test_a_power_report_proves_a_card_racked_but_not_lit(days):
    first = days["bmc", 1]
    assert first["racked_card_seconds_lower"] == 12 * 3600
    assert first["known_card_seconds"] == 0
    assert first["lit_rate_of_racked_lower"] == 0
    assert first["lit_rate_of_racked_upper"] == 1
    assert first["lit_rate_of_racked_withheld_reason"] == "nothing_known"


def test_what_the_operator_merely_declares_is_in_no_lower_bound(days, world, query):
    first = days["declared", 1]
    assert first["racked_card_seconds_lower"] == 0
    assert first["lit_rate_of_racked_lower"] == 0
    assert first["lit_rate_of_racked_upper"] == 1
    sql = "from fct_center_day__data_quality where center_id = 'declared' and local_day = date '2026-09-01'"
    assert query(world, sql)[0]["evidence_d_seconds"] == 86_400


def test_telemetry_of_time_the_card_was_gone_is_set_aside(days):
    first = days["off", 1]
    assert first["racked_card_seconds_upper"] == first["known_card_seconds"] == 45_000
    assert first["lit_card_seconds"] == 45_000
    assert first["reported_outside_card_seconds"] == 86_400 - 45_000
    assert first["data_quality_note"] == "readings_outside_able_time"


def test_telemetry_comes_before_the_operators_daily_row(days):
    first = days["both", 1]
    assert first["known_card_seconds"] == 3600
    assert first["lit_card_seconds"] == 0


def test_the_surplus_of_a_daily_row_is_taken_from_lit_and_idle_alike(days):
    first = days["surplus", 1]
    assert first["racked_card_seconds_upper"] == 18 * 3600
    assert first["lit_card_seconds"] == 0
    assert first["known_card_seconds"] == 12 * 3600
    assert first["unknown_card_seconds"] == 6 * 3600


def test_a_card_retired_for_good_leaves_the_plan_as_it_was(days):
    assert days["off", 3]["planned_card_seconds"] == 86_400
    assert days["off", 3]["racked_card_seconds_upper"] == 0
    assert days["off", 3]["lit_rate_of_racked_withheld_reason"] == "empty_denominator"
    assert days["off", 3]["lit_rate_of_racked_upper"] is None
