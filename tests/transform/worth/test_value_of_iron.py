"""EX-E12, E13, E14: a server of 2.83 M yuan after two years, let for 69,000 a month, and what a PFLOPS brings."""

from datetime import UTC, date, datetime

import pytest

H800 = "nvidia-h800-sxm5-80g"
RENT_FEN = 69_000_00
SERVER_FEN = 2_830_000_00
AS_OF = datetime(2026, 1, 10, tzinfo=UTC)
MONTHS = [date(2025, number, 1) for number in range(1, 13)]
MODELS = [
    "+fct_center_model__iron_value",
    "+fct_lease__deal",
    "+fct_center__implied_price",
    "+fct_center_model__market_price",
]


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def movement(kind: str, fen: int, day: date) -> dict:
    return {
        "movement_id": f"{kind}-{day}",
        "center_id": "c1",
        "booked_on": day,
        "movement_kind": kind,
        "amount_cny_fen": fen,
    }


def line(month: date) -> dict:
    return {
        "invoice_line_id": str(month),
        "invoice_id": str(month),
        "center_id": "c1",
        "payer_party_id": "t",
        "lease_id": "L",
        "issued_on": next_month(month),
        "service_from": month,
        "service_to": next_month(month),
        "net_cny_fen": RENT_FEN,
        "tax_cny_fen": 0,
    }


def rows(*prices: dict) -> dict[str, list[dict]]:
    installed = datetime(2024, 1, 5, tzinfo=UTC)
    started = datetime(2024, 1, 1, tzinfo=UTC)
    cards = [f"card{number}" for number in range(8)]
    center = {"center_id": "c1", "center_name_zh": "c1", "center_name_en": "c1", "province_code": 320000}
    return {
        "centers": [center | {"time_zone": "UTC", "opened_on": date(2024, 1, 1)}],
        "capacity_plans": [
            {
                "plan_line_id": "p",
                "center_id": "c1",
                "plan_basis": "approved_total",
                "model_id": H800,
                "planned_card_count": 8,
                "declared_pflops": 15.832,
                "due_on": date(2024, 1, 1),
            }
        ],
        "device_events": [
            {
                "event_id": card,
                "center_id": "c1",
                "device_uid": card,
                "model_id": H800,
                "server_id": "s1",
                "occurred_at": installed,
                "state": "in_service",
            }
            for card in cards
        ],
        "leases": [
            {
                "lease_id": "L",
                "center_id": "c1",
                "tenant_party_id": "t",
                "lease_kind": "whole_machine",
                "purpose": "external_paid",
                "firmness": "firm",
                "starts_at": started,
                "ends_at": datetime(2028, 1, 1, tzinfo=UTC),
            }
        ],
        "lease_devices": [
            {"lease_id": "L", "center_id": "c1", "device_uid": card, "allocated_from": installed} for card in cards
        ],
        "invoice_lines": [line(month) for month in MONTHS],
        "cash_movements": [
            movement("capex_servers", SERVER_FEN, date(2024, 1, 3)),
            *(movement("receipt", RENT_FEN, month.replace(day=20)) for month in MONTHS),
        ],
        "power_terms": [
            {
                "center_id": "c1",
                "valid_from": date(2024, 1, 1),
                "tariff_cny_per_kwh_milli": 0,
                "pue_milli": 1000,
                "demand_charge_cny_per_kw_month_fen": 0,
                "contracted_demand_w": 0,
                "it_idle_w": 2900,
                "it_full_w": 10200,
                "it_card_count": 8,
            }
        ],
        "market_prices": list(prices),
    }


@pytest.fixture(scope="module")
def world(build_world):
    return build_world(rows(), select=MODELS, as_of=AS_OF)


def test_book_and_market_after_two_years_are_those_of_the_example(world, query, worked_examples):
    (iron,) = query(world, "select * from fct_center_model__iron_value")
    expected = worked_examples["EX-E13"]
    assert iron["book_value_cny_fen"] == expected["book_after_2y"] * 100
    assert iron["market_value_cny_fen"] == expected["market_after_2y_30pct"] * 100
    assert iron["market_value_basis"] == "decay"
    assert iron["liquidation_value_cny_fen"] == expected["market_after_2y_30pct"] * 90
    yearly = 1.08 ** (1 / 12) - 1
    three_years_of_rent = RENT_FEN * (1 - 1.08**-3) / yearly
    assert iron["lease_value_cny_fen"] == pytest.approx(three_years_of_rent + SERVER_FEN * 0.05 / 1.08**3, abs=8)
    assert iron["better_use"] == "lease"


def test_rent_per_card_hour_and_gross_payback_are_those_of_the_example(world, query, worked_examples):
    (deal,) = query(world, "select * from fct_lease__deal")
    assert deal["gross_payback_months"] == pytest.approx(worked_examples["EX-E12"]["gross_payback_months"], abs=1e-6)
    # The example's month has 730 hours; October to December have 2,208.
    of_this_quarter = worked_examples["EX-E12"]["card_hour"] * 2190 / 2208
    assert deal["billed_cny_fen_per_card_hour"] / 100 == pytest.approx(of_this_quarter, abs=1e-6)
    assert deal["market_reason"] == "no_market_price"


def test_the_return_of_a_deal_is_the_rate_at_which_its_flows_are_worth_nothing(world, query):
    (deal,) = query(world, "select * from fct_lease__deal")
    flows = query(world, "select * from int_leases__deal_flows order by period_index")
    assert [flow["flow_cny_fen"] for flow in flows[:2]] == [-SERVER_FEN, RENT_FEN]
    assert flows[-1]["flow_cny_fen"] == RENT_FEN + round(SERVER_FEN * 0.7**4)
    present = sum(flow["flow_cny_fen"] / (1 + deal["irr_rate"]) ** (flow["period_index"] / 12) for flow in flows)
    assert present == pytest.approx(0, abs=RENT_FEN / 1000)
    assert deal["irr_rate"] > deal["bank_rate"]
    assert deal["is_below_bank_rate"] is False


def test_a_year_of_it_per_pflops_is_that_of_the_example_dense_and_sparse(world, query, worked_examples):
    found = {row["pflops_basis"]: row for row in query(world, "select * from fct_center__implied_price")}
    expected = worked_examples["EX-E14"]
    assert found["planned_dense"]["billed_cny_fen_per_pflops_year"] / 100 == pytest.approx(
        expected["contract_rev_per_dense_p"], rel=1e-9
    )
    assert found["planned_as_declared"]["billed_cny_fen_per_pflops_year"] / 100 == pytest.approx(
        expected["contract_rev_per_sparse_p"], rel=1e-9
    )
    assert (found["planned_dense"]["pflops_flag"], found["planned_as_declared"]["pflops_flag"]) == ("dense", "sparse")


def test_a_used_card_that_rose_in_price_makes_selling_worth_more_than_letting(build_world, query):
    quoted = {
        "price_id": "used",
        "price_kind": "used_card",
        "model_id": H800,
        "price_cny_fen": 60_000_000,
        "tax_basis": "included",
        "valid_from": date(2025, 1, 1),
        "quoted_by": "dealer",
    }
    lettings = [
        quoted
        | {
            "price_id": f"{months} months",
            "price_kind": "lease",
            "price_cny_fen": fen,
            "tax_basis": "excluded",
            "lease_term_months": months,
        }
        for months, fen in ((12, 1_500), (36, 1_000), (60, 100))
    ]
    models = ["+fct_center_model__iron_value", "+fct_center_model__market_price"]
    world = build_world(rows(quoted, *lettings), select=models, as_of=AS_OF)
    (iron,) = query(world, "select * from fct_center_model__iron_value")
    assert iron["market_value_cny_fen"] == 8 * 60_000_000 > iron["cost_cny_fen"]
    assert (iron["market_value_basis"], iron["better_use"]) == ("quoted", "sell")
    # The lease of 48 months is held against the quotation of 36, the longest that does not bind for longer.
    (market,) = query(world, "select * from fct_center_model__market_price")
    hours = 8 * 2208
    assert (market["billed_net_cny_fen"], market["at_market_net_cny_fen"]) == (3 * RENT_FEN, hours * 1_000)
    assert market["price_gap_rate"] == pytest.approx(3 * RENT_FEN / (hours * 1_000) - 1)
    assert (market["lease_count"], market["below_market_lease_count"], market["quotation_count"]) == (1, 0, 3)
