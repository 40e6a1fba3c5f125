"""EX-E3 and EX-E5: months until the money is back."""

import pytest

RAMP = [0, 0.5, 1, 1.5, 2, 2.5] + [2.5] * 6
EIGHTEEN_MONTHS = [1.4] * 6 + [0.9] * 9 + [1.5] * 3
FEN_PER_MILLION_YUAN = 100_000_000


@pytest.fixture(scope="module")
def ramp(build_payback, cash_book):
    return build_payback(cash_book(120, RAMP, (3, "subsidy", 15)), months=12)


@pytest.fixture(scope="module")
def eighteen_months(build_payback, cash_book):
    return build_payback(cash_book(100, EIGHTEEN_MONTHS), months=18, extra=["+int_figures__payback"])


def test_months_to_payback_with_and_without_subsidy_are_those_of_the_example(ramp, payback_row, worked_examples):
    expected = worked_examples["EX-E3"]
    assert payback_row(ramp, "run_rate_t3m")["payback_months"] == expected["simple"]
    assert payback_row(ramp, "run_rate_t3m", subsidy="with")["payback_months"] == expected["with_subsidy"]


def test_discounted_months_are_those_of_the_example(ramp, payback_row, worked_examples):
    row = payback_row(ramp, "run_rate_t3m")
    assert row["discounted_payback_months"] == worked_examples["EX-E3"]["discounted8"]
    assert row["discount_rate"] == 0.08


def test_a_flat_run_rate_that_reaches_capex_only_beyond_the_horizon_is_never(
    build_payback, cash_book, payback_row, worked_examples
):
    path = build_payback(cash_book(120, [0.4] * 12), months=12)
    row = payback_row(path, "run_rate_t12m")
    assert row["payback_months"] is worked_examples["EX-E3"]["never"]
    assert row["payback_reason"] == row["discounted_payback_reason"] == "never_at_this_run_rate"
    assert row["trailing_monthly_net_cash_cny_fen"] == 0.4 * FEN_PER_MILLION_YUAN


def test_both_run_rates_of_the_example_stand_side_by_side(eighteen_months, payback_row, worked_examples):
    expected = worked_examples["EX-E5"]
    for flow_basis, name in (("run_rate_t12m", "t12m"), ("run_rate_t3m", "t3m")):
        row = payback_row(eighteen_months, flow_basis)
        assert row["recovered_share"] == expected["recovered"]
        assert row["elapsed_months"] == 18
        assert row["payback_months"] / 12 == pytest.approx(expected[f"{name}_total_y"], abs=1e-6)
        assert (row["payback_months"] - 18) / 12 == pytest.approx(expected[f"{name}_remaining_y"], abs=1e-6)


def test_realised_months_alone_give_no_payback_before_it_is_reached(eighteen_months, payback_row):
    row = payback_row(eighteen_months, "realised")
    assert (row["payback_months"], row["payback_reason"]) == (None, "not_reached")
    assert row["trailing_monthly_net_cash_cny_fen"] is None


def test_a_payback_reached_in_realised_months_is_the_same_on_every_basis(build_payback, cash_book, payback_row):
    path = build_payback(cash_book(10, [1.0] * 12), months=12)
    bases = ("realised", "run_rate_t3m", "run_rate_t12m")
    assert [payback_row(path, basis)["payback_months"] for basis in bases] == [10.0, 10.0, 10.0]


def test_payback_figures_are_registered_with_their_parts(eighteen_months, query, worked_examples):
    figures = {row["metric_id"]: row for row in query(eighteen_months, "select * from int_figures__payback")}
    share = figures["recovered_share"]
    assert share["figure_id"] == "recovered_share/c1/as_of/2025-08-10"
    assert share["observed"] == worked_examples["EX-E5"]["recovered"]
    assert (share["numerator_lower"], share["denominator"]) == (2_100_000_000, 10_000_000_000)
    months = figures["payback_months_run_rate_t12m"]
    assert months["observed"] / 12 == pytest.approx(worked_examples["EX-E5"]["t12m_total_y"], abs=1e-6)
    assert months["denominator"] == 105_000_000
