"""EX-O1, EX-O4 and EX-O6: eight quarters of one commitment, to the last column."""

from datetime import UTC, datetime

import pytest

AFTER_ALL_PERIODS = datetime(2026, 1, 1, 4, tzinfo=UTC)
MILLI_OF_A_THOUSAND = 1_000_000
FEN_OF_A_THOUSAND_YUAN = 100_000


@pytest.fixture(scope="module")
def built(build_offtake, example):
    return build_offtake(example.world(), AFTER_ALL_PERIODS, extra=["int_figures__offtake"])


@pytest.fixture(scope="module")
def periods(built, query):
    return query(built, "select * from fct_commitment_period__offtake order by period_no")


def test_every_column_of_the_worked_example_is_met(periods, worked_examples):
    expected = worked_examples["EX-O1"]["rows"]
    assert len(periods) == len(expected) == 8
    cumulative_take = 0
    for period, row in zip(periods, expected, strict=True):
        cumulative_take += row["eligible"]
        in_thousands = {
            "commit": period["relieved_quantity_milli"],
            "gross": period["gross_quantity_milli"],
            "eligible": period["eligible_quantity_milli"],
            "credit_used": period["credit_used_quantity_milli"],
            "shortfall": period["shortfall_quantity_milli"],
            "credit_new": period["credit_new_quantity_milli"],
            "cum": period["cumulative_eligible_quantity_milli"],
        }
        assert in_thousands == {name: row[name] * MILLI_OF_A_THOUSAND for name in in_thousands}
        assert period["true_up_due_cny_fen"] == row["trueup_kcny"] * FEN_OF_A_THOUSAND_YUAN
        assert round(period["cumulative_compliance_rate"], 4) == row["cum_compliance"]
        rolling = period["rolling_compliance_rate"]
        assert (None if rolling is None else round(rolling, 4)) == row["roll4"]


def test_related_take_is_the_vendors_own(periods):
    related = [period["related_quantity_milli"] // MILLI_OF_A_THOUSAND for period in periods]
    assert related == [60, 30, 30, 40, 60, 40, 0, 0]


def test_the_claim_is_what_is_owed_less_what_was_paid_and_withheld(built, query, worked_examples):
    totals, claim = worked_examples["EX-O1"], worked_examples["EX-O6"]
    (row,) = query(built, "select * from dim_commitment")
    assert row["shortfall_quantity_milli"] == totals["total_shortfall"] * MILLI_OF_A_THOUSAND
    assert row["true_up_due_cny_fen"] == totals["total_trueup_kcny"] * FEN_OF_A_THOUSAND_YUAN
    assert row["outstanding_cny_fen"] == claim["claim"] * FEN_OF_A_THOUSAND_YUAN
    assert row["tail_withheld_cny_fen"] == claim["tail"] * FEN_OF_A_THOUSAND_YUAN
    assert row["net_claim_cny_fen"] == claim["net_claim"] * FEN_OF_A_THOUSAND_YUAN
    assert row["state"] == "lapsed"


def test_compliance_is_registered_with_its_parts(built, query):
    figures = {row["metric_id"]: row for row in query(built, "select * from int_figures__offtake")}
    cumulative, rolling = figures["offtake_cumulative_compliance"], figures["offtake_rolling_compliance"]
    assert cumulative["figure_id"] == "offtake_cumulative_compliance/take-1/as_of/2026-01-01"
    assert (cumulative["numerator_lower"], cumulative["denominator"]) == (790_000_000, 1_700_000_000)
    assert round(cumulative["lower"], 4) == round(cumulative["upper"], 4) == 0.4647
    assert round(rolling["observed"], 4) == 0.13
    assert rolling["basis"] == "commitment:take-1"


def test_a_center_that_could_not_deliver_relieves_the_vendor(build_offtake, example, query, worked_examples):
    rows = example.world(offtake_periods=example.periods((250,), availability_bp=9_200))
    path = build_offtake(rows, AFTER_ALL_PERIODS)
    (period,) = query(path, "select * from fct_commitment_period__offtake")
    # Quantities are kept in thousandths of a card-hour; the example counts in thousands of card-hours.
    relieved = period["relieved_quantity_milli"] / MILLI_OF_A_THOUSAND
    assert relieved == pytest.approx(worked_examples["EX-O4"]["relief"], abs=1e-6)
    assert period["committed_quantity_milli"] == 250 * MILLI_OF_A_THOUSAND
