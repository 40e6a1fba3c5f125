"""The worked examples of milestones, clawback, cost and inspection, from the models that the screens read."""

from datetime import UTC, date, datetime, timedelta

import pytest

FEN_PER_MILLION = 100_000_000
AS_OF = datetime(2026, 9, 30, 17, tzinfo=UTC)
AS_OF_ON = date(2026, 10, 1)
CENTER = {"center_id": "c1", "time_zone": "Asia/Shanghai"}


@pytest.fixture(scope="module")
def world(build_world, rows):
    """p1 is the worked example; the others show what each variant does with the same three conditions."""
    programmes, milestones, assessments, payments = [], [], [], []
    for variant, programme_id in (("weighted", "p1"), ("cliff", "p2"), ("tranche", "p3"), ("rolling", "p4")):
        programmes.append(rows.programme(programme_id, earning_variant=variant))
        for name, weight, target, lower, upper, metric, due_on in (
            ("racked", 4_000, 1_000, 820, None, "delivered_pflops", date(2026, 1, 1)),
            ("lit", 4_000, 0.5, 0.31, 0.38 if programme_id == "p1" else 0.2, "lit_of_racked", date(2026, 1, 1)),
            ("local", 2_000, 0.6, 0.72, None, "local_share", date(2025, 6, 1)),
        ):
            milestone_id = f"{programme_id}-{name}"
            milestones.append(
                rows.milestone(milestone_id, weight, target, metric, programme_id=programme_id, due_on=due_on)
            )
            if programme_id != "p1" and name == "lit":
                lower = upper
            assessments.append(rows.assessment(milestone_id, lower, upper))
    # p5 does not say what hangs on its second condition.
    programmes.append(rows.programme("p5"))
    for name, weight in (("said", 6_000), ("unsaid", None)):
        milestones.append(rows.milestone(f"p5-{name}", weight, 0.5, "local_share", programme_id="p5"))
        assessments.append(rows.assessment(f"p5-{name}", 0.5))
    paid_on = AS_OF_ON - timedelta(days=200)
    payments.append(rows.payment("e", 24, paid_on, programme_id="p5"))
    payments.append(rows.payment("a", 24, paid_on))
    payments.append(rows.payment("b", 24, paid_on, programme_id="p2"))
    payments.append(rows.payment("c1", 12, paid_on, programme_id="p3", milestone_id="p3-racked"))
    payments.append(rows.payment("c2", 6, paid_on, programme_id="p3", milestone_id="p3-local"))
    payments.append(rows.payment("c3", 5, paid_on, programme_id="p3"))
    payments.append(rows.payment("d1", 5, paid_on, programme_id="p4", milestone_id="p4-racked"))
    payments.append(rows.payment("d2", 8, paid_on, programme_id="p4", milestone_id="p4-local"))
    return build_world(
        {
            "centers": [CENTER],
            "subsidy_programmes": programmes,
            "subsidy_milestones": [*milestones, rows.milestone("p1-later", 0, 0.5, due_on=date(2027, 1, 1))],
            "subsidy_assessments": assessments,
            "subsidy_payments": payments,
        },
        select=["+fct_programme__settlement", "+fct_milestone__earned", "+fct_programme_account__settlement"],
        as_of=AS_OF,
    )


def test_earned_clawback_interest_and_exposure_are_those_of_the_example(world, query, worked_examples):
    expected = worked_examples["EX-G1"]
    (row,) = query(world, "from fct_programme__settlement where programme_id = 'p1'")
    millions = {name: row[name] / FEN_PER_MILLION for name in row if "cny_fen" in name}
    assert millions["earned_cny_fen_lower"] == expected["earned_lower"]
    assert millions["earned_cny_fen_upper"] == expected["earned_upper"]
    assert millions["clawback_cny_fen_if_lower"] == expected["clawback_if_lower"]
    assert millions["clawback_cny_fen_if_upper"] == expected["clawback_if_upper"]
    assert round(millions["interest_cny_fen_if_lower"], 6) == expected["interest"]
    assert (millions["fine_low_cny_fen"], millions["fine_high_cny_fen"]) == (
        expected["fine_low"],
        expected["fine_high"],
    )
    assert row["verdict"] == "undetermined"


def test_a_condition_is_judged_at_both_bounds_and_what_is_not_due_is_not_judged(world, query):
    found = {row["milestone_id"]: row for row in query(world, "from fct_milestone__earned")}
    assert {name: found[f"p1-{name}"]["verdict"] for name in ("racked", "lit", "local", "later")} == {
        "racked": "partly_met",
        "lit": "undetermined",
        "local": "met",
        "later": "not_due",
    }
    assert (found["p1-lit"]["credit_lower"], found["p1-lit"]["credit_upper"]) == (0.62, 0.76)
    assert found["p1-lit"]["value_source"] == "assessed"


def test_a_condition_without_a_weight_earns_nothing_for_certain_and_at_most_what_nothing_else_weighs(world, query):
    (row,) = query(world, "from fct_programme__settlement where programme_id = 'p5'")
    assert (row["earned_cny_fen_lower"], row["earned_cny_fen_upper"]) == (18 * FEN_PER_MILLION, 30 * FEN_PER_MILLION)
    assert (row["clawback_cny_fen_if_lower"], row["clawback_cny_fen_if_upper"]) == (6 * FEN_PER_MILLION, 0)
    assert (row["terms_note"], row["verdict"]) == ("weight_missing", "undetermined")
    (unsaid,) = query(world, "from fct_milestone__earned where milestone_id = 'p5-unsaid'")
    assert (unsaid["weight_cny_fen"], unsaid["verdict"], unsaid["undetermined_reason"]) == (
        None,
        "undetermined",
        "no_weight",
    )


def test_under_a_cliff_one_condition_below_the_floor_takes_all(world, query):
    (row,) = query(world, "from fct_programme__settlement where programme_id = 'p2'")
    assert (row["earned_cny_fen_lower"], row["earned_cny_fen_upper"]) == (0, 0)
    assert row["clawback_cny_fen_if_upper"] == 24 * FEN_PER_MILLION
    assert row["verdict"] == "owed"


def test_under_tranches_each_condition_is_its_own_account_and_money_for_none_is_undetermined(world, query):
    found = {
        row["account_id"]: (row["clawback_cny_fen_if_lower"], row["clawback_cny_fen_if_upper"])
        for row in query(world, "from fct_programme_account__settlement where programme_id = 'p3'")
    }
    assert found["p3-racked"] == (round(2.16 * FEN_PER_MILLION), round(2.16 * FEN_PER_MILLION))
    assert found["p3-local"] == (0, 0)
    assert found["unassigned"] == (5 * FEN_PER_MILLION, 0)


def test_under_yearly_renewal_a_good_year_does_not_pay_for_another(world, query):
    found = {
        row["account_id"]: (row["net_paid_cny_fen"], row["clawback_cny_fen_if_upper"])
        for row in query(world, "from fct_programme_account__settlement where programme_id = 'p4'")
    }
    assert found == {
        "2025": (8 * FEN_PER_MILLION, 2 * FEN_PER_MILLION),
        "2026": (5 * FEN_PER_MILLION, 0),
    }


def test_a_grant_has_three_prices_and_an_effective_hour_its_interval(run_on, query, worked_examples):
    terms = {
        "programme_id": "p1",
        "center_id": "c1",
        "granted_cny_fen": 30 * FEN_PER_MILLION,
        "valid_from": date(2025, 1, 1),
        "covered_to": AS_OF_ON,
    }
    capacity = {
        "programme_id": "p1",
        "center_id": "c1",
        "last_day": date(2026, 9, 30),
        "promised_gflops": 1_000_000_000,
        "delivered_gflops_lower": 820_000_000,
        "delivered_gflops_upper": 820_000_000,
        "lit_gflops_lower": 254_200_000,
        "lit_gflops_upper": 254_200_000,
    }
    hours = {"programme_id": "p1", "hours_kind": "lit"} | {
        f"gflops_seconds_{bound}": p_hours * 10**6 * 3600
        for bound, p_hours in (("lower", 1_900_000), ("upper", 2_300_000))
    }
    world = run_on(
        {
            "int_subsidy__programme_terms": [terms],
            "int_subsidy__programme_capacity": [capacity],
            "int_subsidy__programme_hours": [hours],
            "int_subsidy__account_settlements": [{"programme_id": "p1", "net_paid_cny_fen": 24 * FEN_PER_MILLION}],
        },
        ["fct_programme__capacity", "int_subsidy__programme_costs", "fct_programme__cost"],
    )
    (prices,) = query(world, "from fct_programme__capacity")
    found = {
        "cny_per_delivered_p": round(prices["cny_per_delivered_p_upper"], 6),
        "cny_per_promised_p": round(prices["cny_per_promised_p"], 6),
        "cny_per_lit_p": round(prices["cny_per_lit_p_upper"], 6),
    }
    assert found == worked_examples["EX-G4"]
    (cost,) = query(world, "from fct_programme__cost")
    expected = worked_examples["EX-G3"]
    assert round(cost["cny_per_p_hour_upper"], 6) == expected["cost_per_p_h_lower"]
    assert round(cost["cny_per_p_hour_lower"], 6) == expected["cost_per_p_h_upper"]
    assert cost["verdict"] == "undetermined"
    assert round(cost["market_cny_per_p_hour_low"], 2) == 11.93


def test_fifty_nine_cards_found_bound_the_missing_share(run_on, query, worked_examples):
    cards = [{"center_id": center, "device_uid": f"{center}-{n}"} for center, n in (("big", 0), ("small", 0))]
    cards += [{"center_id": "big", "device_uid": f"b{n}"} for n in range(100)]
    found = {
        row["center_id"]: row
        for row in query(
            run_on({"int_inventory__devices": cards}, ["fct_center__inspection_plan"]),
            "from fct_center__inspection_plan",
        )
    }
    assert found["big"]["sample_size"] == 59
    expected = worked_examples["EX-G5"]["prob_no_miss_if_5pct_missing"]
    assert round(found["big"]["chance_of_none_missing"], 6) == expected
    assert (found["small"]["sample_size"], found["small"]["chance_of_none_missing"]) == (1, 0.0)
