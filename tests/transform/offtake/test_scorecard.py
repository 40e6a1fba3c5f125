"""What a commitment's history says of its vendor: changes of state, periods kept, take that outlives acceptance."""

from datetime import UTC, date, datetime

import pytest


@pytest.fixture(scope="module")
def built(build_offtake, example):
    center = example.world()["centers"][0] | {"acceptance_end_on": date(2024, 7, 1)}
    return build_offtake(
        example.world(centers=[center]), datetime(2025, 12, 31, 4, tzinfo=UTC), extra=["marts.offtake"]
    )


def test_each_change_of_state_is_an_event_with_its_cause_and_what_it_rests_on(built, query):
    rows = query(built, "select * from fct_commitment__state_change order by changed_on")
    events = {str(row["changed_on"]): (row["state"], row["cause"], row["period_no"]) for row in rows}
    assert events["2024-04-01"] == ("shortfall_open", "period_closed", 1)
    assert events["2024-11-01"] == ("in_breach", "due_passed", 3)
    assert events["2025-10-01"] == ("lapsed", "period_closed", 7)
    (paid,) = [row for row in rows if row["changed_on"] == date(2024, 12, 19)]
    assert (paid["previous_state"], paid["state"]) == ("in_breach", "cured")
    assert (paid["cause"], paid["settlement_id"], paid["period_no"]) == ("payment", "paid-3-2024-12-19", 3)
    assert {row["rule_version"] for row in rows} == {"offtake-2/policy-1"}


def test_every_closed_period_is_filled_or_paid_in_time_or_late_or_not_at_all(built, query):
    (row,) = query(built, "select * from fct_vendor__scorecard")
    # The eighth quarter ends at the midnight after as-of.
    assert row["closed_period_count"] == 7
    parts = ("filled", "paid_in_time", "paid_late", "unpaid")
    assert [row[f"{part}_period_count"] for part in parts] == [2, 1, 1, 3]
    assert row["at_risk_commitment_count"] == 0
    assert row["kept_rate_of_closed_periods"] == 3 / 7
    assert (row["kept_commitment_count"], row["late_commitment_count"], row["lapsed_commitment_count"]) == (0, 0, 1)


def test_take_is_retained_while_it_is_half_of_what_it_was_before_acceptance_ended(built, query):
    rows = query(built, "select * from fct_vendor_month__retained_take where vendor_party_id = 'ALL' order by 2")
    # 160 a quarter before the end; 90 in the fifth quarter is more than half of it, 40 in the sixth is not.
    assert [row["commitments_retained"] for row in rows][:10] == [1] * 9 + [0]
    assert {row["commitments_at_risk"] for row in rows} == {1}
    assert rows[-1]["months_since_acceptance"] == 17
