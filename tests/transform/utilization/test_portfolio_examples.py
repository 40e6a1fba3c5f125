"""All centers together: sums of parts, and cards that two centers claim."""

from datetime import UTC, datetime, timedelta

import pytest

PORTFOLIO = ["+fct_portfolio_day__utilization", "+fct_center_day__utilization"]
NEXT_DAY = datetime(2026, 9, 2, tzinfo=UTC)


def test_the_portfolio_is_a_ratio_of_sums_and_not_a_mean_of_ratios(build_world, make, query, worked_examples):
    expected = worked_examples["EX-L5"]
    sizes = {"small": (10, 0.9), "large": (990, 0.1)}
    cards = [(name, f"{name}-{n}", share) for name, (count, share) in sizes.items() for n in range(count)]
    lit = {name: round(make.DAY * share) for name, (_, share) in sizes.items()}
    rows = {
        "centers": [make.center(name) for name in sizes],
        "device_events": [make.event(uid, center_id=name) for name, uid, _ in cards],
        "device_days": [
            make.day(uid, make.SEPTEMBER[0], lit=lit[name], idle=make.DAY - lit[name], center_id=name)
            for name, uid, _ in cards
        ],
    }
    path = build_world(rows, select=PORTFOLIO, as_of=NEXT_DAY)
    by_center = [row["lit_rate_of_racked_observed"] for row in query(path, "from fct_center_day__utilization")]
    together = query(path, "from fct_portfolio_day__utilization")[0]["lit_rate_of_racked_observed"]
    assert sum(by_center) / 2 == pytest.approx(expected["mean_of_ratios"])
    assert together == pytest.approx(expected["ratio_of_sums"])


def test_a_card_two_centers_claim_is_proven_for_neither_and_counted_once(build_world, make, query, worked_examples):
    expected = worked_examples["EX-L11"]
    hours = expected["hours"]
    claims = [
        make.event("card", state, make.MIDNIGHT + timedelta(hours=after), center_id)
        for center_id in ("east", "west")
        for state, after in (("in_service", 0), ("decommissioned", hours))
    ]
    rows = {
        "centers": [make.center("east"), make.center("west")],
        "device_events": claims,
        "device_hours": [
            make.hour("card", make.MIDNIGHT + timedelta(hours=n), "east") | make.bins(b80_100=3600)
            for n in range(hours)
        ],
    }
    path = build_world(rows, select=PORTFOLIO, as_of=NEXT_DAY)
    centers = query(path, "from fct_center_day__utilization order by center_id")
    portfolio = query(path, "from fct_portfolio_day__utilization")[0]
    assert [row["contested_card_seconds"] for row in centers] == [hours * 3600] * 2
    assert sum(row["racked_card_seconds_upper"] for row in centers) == expected["naive_double"] * 3600
    assert portfolio["racked_card_seconds_lower"] == expected["national_lower"]
    assert portfolio["lit_card_seconds_lower"] == expected["national_lower"]
    assert portfolio["racked_card_seconds_upper"] == expected["national_upper"] * 3600
    assert portfolio["lit_card_seconds_upper"] == expected["national_upper"] * 3600
    assert centers[0]["data_quality_note"] == "nothing_planned;claimed_by_two_centers;readings_outside_able_time"


def test_a_card_that_moved_is_claimed_by_one_center_at_a_time(build_world, make, query):
    noon = make.MIDNIGHT + timedelta(hours=12)
    rows = {
        "centers": [make.center("east"), make.center("west")],
        "device_events": [
            make.event("card", center_id="east"),
            make.event("card", "transferred", noon, "east"),
            make.event("card", at=noon, center_id="west"),
        ],
    }
    path = build_world(rows, select=PORTFOLIO, as_of=NEXT_DAY)
    portfolio = query(path, "from fct_portfolio_day__utilization")[0]
    assert portfolio["contested_card_seconds"] == 0
    assert portfolio["racked_card_seconds_upper"] == make.DAY
