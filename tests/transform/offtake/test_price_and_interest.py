"""Escalated floor price, tax basis, late interest, set-off and the vendor's share, reckoned by hand."""

from datetime import UTC, date, datetime

import pytest

AFTER_ALL_PERIODS = datetime(2026, 1, 1, 4, tzinfo=UTC)
FEN = 100


@pytest.fixture(scope="module")
def built(build_offtake, example):
    clauses = {
        "price_escalator_bp": 500,
        "price_escalates_from_on": date(2024, 1, 1),
        "price_tax_basis": "included",
        "price_vat_bp": 600,
        "late_interest_bp": 730,
        "tail_set_off": "not_allowed",
    }
    rows = example.world(
        offtake_commitments=[example.commitment(**clauses)],
        offtake_settlements=[
            example.settlement(1, date(2024, 4, 20), 60),
            example.settlement(3, date(2024, 12, 19), 240),
            # Of the 945,000 due on 1 May 2025, 445,000 came before it was due.
            example.settlement(5, date(2025, 4, 20), 445),
        ],
        capital_contributions=[
            {
                "contribution_id": name,
                "center_id": "c1",
                "contributor_party_id": party,
                "contribution_nature": "loan",
                "committed_on": date(2023, 12, 1),
                "amount_cny_fen": 7_000 * FEN,
            }
            for name, party in (("own", "vendor"), ("other", "stranger"))
        ],
    )
    return build_offtake(rows, AFTER_ALL_PERIODS)


@pytest.fixture(scope="module")
def periods(built, query):
    rows = query(built, "select * from fct_commitment_period__offtake order by period_no")
    return {row["period_no"]: row for row in rows}


def test_the_price_rises_with_the_first_period_that_begins_a_full_year_later(periods):
    assert [periods[number]["floor_price_cny_fen"] for number in (1, 4, 5, 8)] == [600, 600, 630, 630]
    assert periods[5]["true_up_due_cny_fen"] == 945_000 * FEN


def test_a_true_up_with_tax_in_it_has_a_net_amount(periods):
    assert periods[1]["true_up_due_cny_fen"] == 60_000 * FEN
    assert periods[1]["true_up_net_cny_fen"] == 5_660_377


def test_late_interest_runs_from_the_due_date_to_payment_or_as_of_on_what_is_unpaid(periods):
    # p3: 240,000 x 7.3 % x 49 / 365; p5: 500,000 x 245 days; p6: 1,323,000 x 154 days; p8 is not due yet.
    assert [periods[number]["late_interest_cny_fen"] for number in (1, 3, 5, 6, 8)] == [
        0,
        2_352 * FEN,
        24_500 * FEN,
        4_074_840,
        0,
    ]


def test_interest_and_the_vendors_share_are_in_no_claim(built, query):
    (row,) = query(built, "select * from dim_commitment")
    assert row["outstanding_cny_fen"] == row["true_up_due_cny_fen"] - row["paid_cny_fen"]
    assert row["late_interest_cny_fen"] > 0
    assert (row["vendor_capex_cny_fen"], row["vendor_capex_nature"]) == (7_000 * FEN, "loan")
    assert round(row["true_up_net_cny_fen"] * 1.06 / FEN) == row["true_up_due_cny_fen"] / FEN


def test_a_contract_that_excludes_set_off_leaves_the_tail_out_of_the_claim(built, query):
    (row,) = query(built, "select * from dim_commitment")
    assert (row["tail_set_off_cny_fen"], row["net_claim_cny_fen"]) == (0, row["outstanding_cny_fen"])
