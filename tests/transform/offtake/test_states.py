"""EX-O3: the state of a commitment on each day, and the clauses that decide it."""

from datetime import UTC, date, datetime

import pytest

END_OF_2025 = datetime(2025, 12, 31, 4, tzinfo=UTC)


def states(path, query) -> dict[str, str]:
    rows = query(path, "select local_day, state from fct_commitment_day__offtake_state order by local_day")
    return {str(row["local_day"]): row["state"] for row in rows}


@pytest.fixture(scope="module")
def timeline(build_offtake, example, query):
    return states(build_offtake(example.world(), END_OF_2025), query)


def test_the_worked_timeline_is_met_on_each_of_its_days(timeline, worked_examples):
    expected = worked_examples["EX-O3"]["timeline"]
    assert {day: timeline[day] for day in expected} == expected


def test_before_the_first_period_nothing_has_started(timeline):
    assert timeline["2023-12-01"] == timeline["2023-12-31"] == "not_started"


def test_lapsed_needs_rolling_compliance_below_half_beside_two_uncured_periods(timeline):
    # Both p5 and p6 are uncured on this day, but the last four closed periods stand at 0.5684.
    assert timeline["2025-09-30"] == "in_breach_uncured"
    assert timeline["2025-10-01"] == "lapsed"


def test_an_open_period_that_will_fall_short_at_its_rate_is_at_risk(build_offtake, example, query, worked_examples):
    # Forty-five of ninety days are over, 80 of 250 are taken, and 10 are left from the quarter before.
    before, start, end = date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1)
    quarters = [
        {"period_no": 1, "period_start_on": before, "period_end_on": start, "committed_quantity_milli": 200_000_000},
        {"period_no": 2, "period_start_on": start, "period_end_on": end, "committed_quantity_milli": 250_000_000},
    ]
    rows = example.world(
        offtake_periods=[{"commitment_id": "take-1"} | quarter for quarter in quarters],
        metered_usage=example.spread("stranger", 210, before, start)
        + example.spread("stranger", 80, start, date(2025, 2, 15)),
        offtake_settlements=[],
    )
    path = build_offtake(rows, datetime(2025, 2, 14, 4, tzinfo=UTC))
    (day,) = query(path, "select * from fct_commitment_day__offtake_state where local_day = date '2025-02-14'")
    assert day["state"] == "at_risk"
    assert day["projected_quantity_milli"] / 1_000_000 == worked_examples["EX-O3"]["midperiod_projection"]
    assert day["projected_rate"] == worked_examples["EX-O3"]["midperiod_ratio"]


def test_no_take_for_180_days_with_money_due_is_a_lapse_even_without_four_closed_periods(build_offtake, example, query):
    rows = example.world(offtake_periods=example.periods((100, 100)), metered_usage=[], offtake_settlements=[])
    found = states(build_offtake(rows, datetime(2024, 9, 30, 4, tzinfo=UTC)), query)
    # The quarter begins on 1 January; its 180th day without take is 28 June.
    assert found["2024-06-27"] == "in_breach"
    assert found["2024-06-28"] == "lapsed"


def test_a_price_of_zero_leaves_a_breach_that_no_payment_cures(build_offtake, example, query):
    rows = example.world(
        offtake_commitments=[example.commitment(floor_price_cny_fen=0)],
        offtake_periods=example.periods((100,)),
        metered_usage=example.usage((60,), (0,)),
        offtake_settlements=[example.settlement(1, date(2024, 4, 5), 999)],
    )
    found = states(build_offtake(rows, datetime(2024, 8, 1, 4, tzinfo=UTC)), query)
    assert found["2024-05-01"] == "shortfall_open"
    assert found["2024-05-02"] == "in_breach"
    assert found["2024-07-01"] == "in_breach_uncured"


def test_half_a_true_up_paid_cures_nothing(build_offtake, example, query):
    rows = example.world(
        offtake_periods=example.periods((100,)),
        offtake_settlements=[example.settlement(1, date(2024, 5, 10), 30)],
    )
    found = states(build_offtake(rows, datetime(2024, 8, 1, 4, tzinfo=UTC)), query)
    assert found["2024-05-20"] == "in_breach"
    assert found["2024-07-01"] == "in_breach_uncured"


@pytest.mark.parametrize(
    ("end_kind", "paid_kilo_cny", "state"),
    [("completed", 60, "completed"), ("completed", 59, "lapsed"), ("terminated", 0, "terminated")],
)
def test_completed_with_money_outstanding_stays_lapsed(build_offtake, example, query, end_kind, paid_kilo_cny, state):
    rows = example.world(
        offtake_commitments=[example.commitment(ended_on=date(2024, 4, 1), end_kind=end_kind)],
        offtake_periods=example.periods((100,)),
        offtake_settlements=[example.settlement(1, date(2024, 4, 20), paid_kilo_cny)],
    )
    found = states(build_offtake(rows, datetime(2024, 6, 1, 4, tzinfo=UTC)), query)
    assert found["2024-05-31"] == state


@pytest.mark.parametrize(("possible", "state"), [(100, "undetermined"), (99, "in_breach")])
def test_a_shortfall_that_time_without_a_meter_could_fill_is_undetermined(
    build_offtake, example, query, possible, state
):
    usage = example.usage((90,), (0,))
    usage[0]["quantity_upper_milli"] = usage[0]["quantity_milli"] + (possible - 90) * 1_000_000
    rows = example.world(offtake_periods=example.periods((100,)), metered_usage=usage, offtake_settlements=[])
    path = build_offtake(rows, datetime(2024, 6, 1, 4, tzinfo=UTC))
    assert states(path, query)["2024-05-31"] == state
    (period,) = query(path, "select * from fct_commitment_period__offtake")
    assert (period["shortfall_quantity_milli"], period["state_at_as_of"]) == (10_000_000, state)
    assert period["certain_shortfall_quantity_milli"] == (100 - possible) * 1_000_000
