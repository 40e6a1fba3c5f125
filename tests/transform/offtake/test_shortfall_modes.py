"""What a shortfall leads to, clause by clause, in one world of small commitments reckoned by hand."""

from datetime import UTC, date, datetime

import pytest

END_OF_2024 = datetime(2024, 12, 31, 4, tzinfo=UTC)
QUARTER_STARTS = [date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1)]
THOUSAND = 1_000_000
FEN = 100

CLAUSES = {
    "make_up": {"shortfall_mode": "make_up"},
    "carry_back": {"carry_back": "allowed"},
    "buy_back": {"shortfall_mode": "buy_back", "buy_back_price_cny_fen": 800},
    "extend_term": {"shortfall_mode": "extend_term"},
    "share": {"unit": "pct_of_capacity"},
    "cut_short": {"ended_on": date(2024, 1, 31)},
    "other_unit": {},
    "amended": {},
}
"""Commitment -> what its contract says besides the terms of the worked example."""

QUANTITIES = {
    "make_up": ((100, 100, 100), (60, 130, 110)),
    "carry_back": ((100, 100), (80, 115)),
    "buy_back": ((100,), (60,)),
    "extend_term": ((91, 91), (61, 91, 92)),
    "share": ((0.05,), (10,)),
    "cut_short": ((91,), (20,)),
    "other_unit": ((100,), (60,)),
    "amended": ((100,), (60,)),
}
"""Commitment -> thousands promised in each quarter of 2024, and taken by a stranger."""


@pytest.fixture(scope="module")
def built(build_offtake, example):
    periods, usage = [], []
    for name, (committed, taken) in QUANTITIES.items():
        periods += [
            {
                "commitment_id": name,
                "period_no": number,
                "period_start_on": start,
                "period_end_on": end,
                "committed_quantity_milli": round(quantity * THOUSAND),
            }
            for number, (quantity, start, end) in enumerate(
                zip(committed, QUARTER_STARTS, QUARTER_STARTS[1:], strict=False), start=1
            )
        ]
        for quantity, start, end in zip(taken, QUARTER_STARTS, QUARTER_STARTS[1:], strict=False):
            last = date(2024, 1, 31) if name == "cut_short" else end
            usage += [
                row | {"commitment_id": name, "usage_id": f"{name}-{row['used_on']}"}
                for row in example.spread("stranger", quantity, start, last)
            ]
    usage += [
        row | {"commitment_id": "amended", "usage_id": f"own-{row['used_on']}"}
        for row in example.spread("vendor", 50, QUARTER_STARTS[0], QUARTER_STARTS[1])
    ]
    tokens = {"usage_id": "tokens", "commitment_id": "other_unit", "unit": "output_token_million"}
    rows = example.world(
        offtake_commitments=[example.commitment(commitment_id=name) | terms for name, terms in CLAUSES.items()],
        offtake_periods=periods,
        metered_usage=[*usage, usage[0] | tokens],
        offtake_settlements=[example.settlement(1, date(2024, 5, 10), 30) | {"commitment_id": "carry_back"}],
        offtake_amendments=[
            {"commitment_id": "amended", "version_no": 1, "valid_from": date(2024, 3, 1), "related_cap_bp": 0,
             "due_days": 10},
            {"commitment_id": "amended", "version_no": 2, "valid_from": date(2024, 4, 1), "related_cap_bp": 9_000},
        ],
        capacity_plans=[
            {"plan_line_id": str(due_on), "center_id": "c1", "plan_basis": "approved_total", "planned_card_count": 10,
             "due_on": due_on}
            for due_on in (date(2023, 12, 1), date(2024, 2, 15))
        ],
    )  # fmt: skip
    return build_offtake(rows, END_OF_2024)


@pytest.fixture(scope="module")
def period(built, query):
    rows = query(built, "select * from fct_commitment_period__offtake")
    return {(row["commitment_id"], row["period_no"]): row for row in rows}


@pytest.fixture(scope="module")
def state(built, query):
    rows = query(built, "select * from fct_commitment_day__offtake_state")
    return {(row["commitment_id"], str(row["local_day"])): row for row in rows}


def test_a_shortfall_to_be_made_up_is_filled_by_later_excess_oldest_first_and_owes_no_money(period, state):
    first, second, third = (period["make_up", number] for number in (1, 2, 3))
    assert (first["shortfall_quantity_milli"], first["filled_quantity_milli"]) == (40 * THOUSAND, 40 * THOUSAND)
    assert (first["filled_on"], first["resolved_on"]) == (date(2024, 10, 1), date(2024, 10, 1))
    # Due thirty days after the first period in which it can be made up.
    assert (first["due_on"], first["true_up_due_cny_fen"]) == (date(2024, 7, 31), 0)
    assert (second["credit_new_quantity_milli"], third["credit_new_quantity_milli"]) == (0, 0)
    days = ("2024-04-01", "2024-07-31", "2024-08-01", "2024-09-30", "2024-10-01")
    assert [state["make_up", day]["state"] for day in days] == [
        "shortfall_open", "shortfall_open", "in_breach", "in_breach_uncured", "on_track",
    ]  # fmt: skip


def test_carry_back_fills_the_shortfall_of_the_period_before_and_money_the_rest(period, state):
    first, second = period["carry_back", 1], period["carry_back", 2]
    assert (first["shortfall_quantity_milli"], first["filled_quantity_milli"]) == (20 * THOUSAND, 15 * THOUSAND)
    assert first["open_shortfall_quantity_milli"] == 5 * THOUSAND
    assert (first["true_up_due_cny_fen"], first["outstanding_cny_fen"]) == (30_000 * FEN, 0)
    assert first["resolved_on"] == date(2024, 7, 1)
    assert second["credit_new_quantity_milli"] == 0
    assert state["carry_back", "2024-06-30"]["outstanding_cny_fen"] == 90_000 * FEN
    assert state["carry_back", "2024-06-30"]["state"] == "in_breach"
    assert state["carry_back", "2024-07-01"]["outstanding_cny_fen"] == 0


def test_capacity_that_is_bought_back_costs_its_own_price(period):
    assert period["buy_back", 1]["shortfall_price_cny_fen"] == 800
    assert period["buy_back", 1]["true_up_due_cny_fen"] == 320_000 * FEN


def test_a_shortfall_that_extends_the_term_is_worth_its_days_and_filled_in_them(built, query, period, state):
    # 30 short of 182 in 182 days: thirty days from 1 July on, in each of which one thousand is taken.
    (row,) = query(built, "select * from dim_commitment where commitment_id = 'extend_term'")
    assert row["extended_to_on"] == date(2024, 7, 31)
    first = period["extend_term", 1]
    assert (first["filled_quantity_milli"], first["filled_on"]) == (30 * THOUSAND, date(2024, 7, 30))
    assert (first["due_on"], first["true_up_due_cny_fen"]) == (date(2024, 8, 30), 0)
    assert state["extend_term", "2024-07-29"]["state"] == "shortfall_open"
    assert state["extend_term", "2024-07-30"]["state"] == "on_track"


def test_a_share_of_capacity_is_one_of_the_cards_planned_for_each_day(period):
    # Half of 10 cards for 45 days and of 20 cards for 46 days, 24 hours each.
    row = period["share", 1]
    assert row["committed_quantity_milli"] == 16_440 * 1_000
    assert (row["unit"], row["committed_unit"]) == ("card_hour", "pct_of_capacity")
    assert row["shortfall_quantity_milli"] == 6_440 * 1_000


def test_a_document_that_ends_a_commitment_within_a_period_prorates_it_by_the_days_it_lived(period):
    row = period["cut_short", 1]
    assert (row["period_end_on"], row["is_closed"]) == (date(2024, 1, 31), True)
    assert (row["signed_quantity_milli"], row["committed_quantity_milli"]) == (91 * THOUSAND, 30 * THOUSAND)
    assert row["true_up_due_cny_fen"] == 60_000 * FEN


def test_take_in_a_unit_that_no_rule_converts_leaves_the_verdict_undetermined(period, state):
    row = period["other_unit", 1]
    assert (row["refused_reason"], row["other_unit_row_count"]) == ("no_rule_between_units", 1)
    assert (row["eligible_upper_quantity_milli"], row["certain_shortfall_quantity_milli"]) == (None, 0)
    assert row["state_at_as_of"] == "undetermined"
    day = state["other_unit", "2024-12-31"]
    assert (day["state_at_lower"], day["state_at_upper"], day["state"]) == ("lapsed", "on_track", "undetermined")


def test_a_cap_and_a_clock_are_those_of_the_version_in_force_on_the_last_day_of_the_period(period):
    row = period["amended", 1]
    assert (row["related_cap_quantity_milli"], row["eligible_quantity_milli"]) == (0, 60 * THOUSAND)
    assert row["due_on"] == date(2024, 4, 11)
