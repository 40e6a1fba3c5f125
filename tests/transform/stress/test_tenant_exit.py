"""EX-E10: the largest tenant gives notice after a year, and what that does to payback, through the real models."""

from datetime import UTC, date, datetime

import pytest

MILLION_FEN = 100_000_000
BILLED = {"a": 3, "b": 2, "c": 1}
MONTHS = [date(2025, number, 1) for number in range(1, 13)]
MODELS = [
    "+fct_center_scenario__stress",
    "+fct_center_scenario_month__stress",
    "+fct_center_driver__sensitivity",
    "+fct_center__payback_grid",
    "+fct_center__scenario_base",
    "+fct_lease__exit",
    "+dim_scenario_query",
    "+fct_center__payback",
    "+fct_center__break_even",
    "+fct_center__lease_book",
    "+fct_center_month__lease_movement",
]


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def cash(kind: str, million_cny: float, day: date) -> dict:
    return {
        "movement_id": f"{kind}-{day}",
        "center_id": "c1",
        "booked_on": day,
        "movement_kind": kind,
        "amount_cny_fen": round(million_cny * MILLION_FEN),
    }


def parties() -> dict[str, list[dict]]:
    """Tenant b is held by the vendor of a commitment; a grant of 12 M was received twelve months before the end."""
    return {
        "offtake_commitments": [
            {
                "commitment_id": "k",
                "center_id": "c1",
                "vendor_party_id": "v",
                "unit": "card_hour",
                "measured_on": "billed",
            }
        ],
        "party_links": [
            {
                "link_id": "l",
                "from_party_id": "v",
                "to_party_id": "b",
                "link_kind": "shareholding",
                "share_bp": 6000,
                "valid_from": date(2020, 1, 1),
            }
        ],
    }


def lease(tenant: str) -> dict:
    return {
        "lease_id": tenant,
        "center_id": "c1",
        "tenant_party_id": tenant,
        "lease_kind": "whole_machine",
        "purpose": "external_paid",
        "firmness": "cancellable_penalty",
        "starts_at": datetime(2025, 1, 1, tzinfo=UTC),
        "ends_at": datetime(2060, 1, 1, tzinfo=UTC),
    }


def line(tenant: str, month: date) -> dict:
    return {
        "invoice_line_id": f"{tenant}-{month}",
        "invoice_id": f"{tenant}-{month}",
        "center_id": "c1",
        "payer_party_id": tenant,
        "lease_id": tenant,
        "issued_on": next_month(month),
        "service_from": month,
        "service_to": next_month(month),
        "net_cny_fen": BILLED[tenant] * MILLION_FEN,
        "tax_cny_fen": 0,
    }


@pytest.fixture(scope="module")
def world(build_world):
    center = {
        "center_id": "c1",
        "center_name_zh": "c1",
        "center_name_en": "c1",
        "province_code": 320000,
        "time_zone": "UTC",
        "opened_on": date(2025, 1, 1),
    }
    rows = {
        "centers": [center],
        "cash_movements": [
            cash("capex_servers", 150, date(2024, 12, 15)),
            cash("subsidy", 12, date(2024, 12, 20)),
            *(cash("receipt", sum(BILLED.values()), month.replace(day=20)) for month in MONTHS),
            *(cash("opex_staff", 2.2, month.replace(day=25)) for month in MONTHS),
        ],
        "leases": [lease(tenant) for tenant in BILLED],
        "invoice_lines": [line(tenant, month) for tenant in BILLED for month in MONTHS],
    } | parties()
    return build_world(rows, select=MODELS, as_of=datetime(2026, 1, 10, tzinfo=UTC))


def test_payback_with_and_without_the_exit_is_that_of_the_example(world, query, worked_examples):
    expected = worked_examples["EX-E10"]
    rows = {row["scenario"]: row for row in query(world, "select * from fct_center_scenario__stress")}
    assert rows["as_today"]["payback_months"] == pytest.approx(expected["base_payback_m"], abs=1e-6)
    assert rows["top_1_leaves"]["payback_months"] == pytest.approx(expected["stress_payback_m"], abs=1e-6)
    assert rows["as_today"]["cash_24_months_cny_fen"] == expected["base_24m"] * MILLION_FEN
    # All three leave: 53.2 after the notice and 12 of penalties, six months at -2.2, then 4.2 - 2.2 a month.
    assert rows["top_3_leave"]["payback_months"] == pytest.approx(20 + (150 - 53.2 - 12 + 6 * 2.2) / 2, abs=1e-6)


def test_the_cash_of_the_first_two_years_is_that_of_the_example(world, query, worked_examples):
    (row,) = query(
        world,
        """select cast(sum(net_cash_cny_fen) as bigint) as ahead_fen from fct_center_scenario_month__stress
        where scenario = 'top_1_leaves' and month_ahead <= 12""",
    )
    realised_fen = round(3.8 * 12 * MILLION_FEN)
    assert realised_fen + row["ahead_fen"] == round(worked_examples["EX-E10"]["stress_24m"] * MILLION_FEN)


def test_the_concentration_of_the_three_tenants_is_that_of_the_example(world, query, worked_examples):
    (book,) = query(world, "select * from fct_center__lease_book")
    assert book["tenant_hhi"] == worked_examples["EX-E10"]["hhi"]


def test_a_driver_moves_payback_by_what_it_moves_the_monthly_cash(world, query):
    rows = query(world, "select * from fct_center_driver__sensitivity")
    months = {(row["driver"], row["change"]): row["payback_months"] for row in rows}
    unrecovered, elapsed = 150 - 3.8 * 12, 12
    assert months["price", "up"] == pytest.approx(elapsed + unrecovered / (6 * 1.2 - 2.2), abs=1e-6)
    assert months["fixed_cost", "down"] == pytest.approx(elapsed + unrecovered / (6 - 2.2 * 0.8), abs=1e-6)
    assert months["capex", "up"] == pytest.approx(elapsed + (unrecovered + 30) / 3.8, abs=1e-6)
    assert months["tariff", "up"] == pytest.approx(elapsed + unrecovered / 3.8, abs=1e-6)


def test_twelve_equal_months_are_one_new_lease_each_and_no_further_movement(world, query):
    rows = query(world, "select * from fct_center_month__lease_movement order by month_start_on")
    assert rows[0]["new_billed_cny_fen"] == rows[0]["closing_billed_cny_fen"] == 6 * MILLION_FEN
    moved = [row["expanded_billed_cny_fen"] or row["reduced_billed_cny_fen"] for row in rows[1:]]
    assert moved == [0] * 11


def test_the_vendor_takes_the_tenants_related_to_it_along_and_nobody_else(world, query):
    exits = query(world, "select lease_id from fct_lease__exit where is_vendor_side")
    assert [row["lease_id"] for row in exits] == ["b"]
    (row,) = query(world, "select * from fct_center_scenario__stress where scenario = 'vendor_leaves'")
    # Two months of notice at 3.8 a month, two of penalty at 2, six months without b, then 70 % of it.
    owed = 150 - 3.8 * 12 - 3.8 * 2 - 2 * 2 - (3.8 - 2) * 6
    assert row["payback_months"] == pytest.approx(12 + 8 + owed / (3.8 - 2 * 0.3), abs=1e-5)


def test_a_subsidy_taken_back_costs_its_interest_more_than_one_never_paid(world, query):
    rows = {row["scenario"]: row for row in query(world, "select * from fct_center_scenario__stress")}
    assert rows["subsidy_kept"]["payback_months"] == pytest.approx(12 + (150 - 45.6 - 12) / 3.8, abs=1e-5)
    back = rows["subsidy_clawed_back"]
    assert back["repaid_cny_fen"] == round(12.36 * MILLION_FEN)
    assert back["payback_months"] == pytest.approx(12 + (150 - 45.6 + 0.36) / 3.8, abs=1e-5)


def test_collection_moves_money_but_not_the_tax_and_the_residual_moves_value_but_not_payback(world, query):
    rows = query(world, "select * from fct_center_driver__sensitivity")
    found = {(row["driver"], row["change"]): row for row in rows}
    assert found["collection", "down"]["payback_months"] == found["price", "down"]["payback_months"]
    residual = found["residual", "up"]
    assert residual["difference_months"] == 0
    # 20 % of 5 % of 150, four years ahead at 8 %.
    assert residual["net_value_difference_cny_fen"] == pytest.approx(1.5 * MILLION_FEN / 1.08**4, abs=2)
    assert found["sold", "up"]["payback_months"] == pytest.approx(12 + (150 - 45.6) / (6 * 1.2 - 2.2), abs=1e-5)


def test_nothing_moved_is_the_payback_of_the_center(world, query):
    (mart,) = query(
        world,
        """select payback_months from fct_center__payback
        where view = 'project' and subsidy = 'without' and flow_basis = 'run_rate_t12m'""",
    )
    (today,) = query(world, "select payback_months from fct_center_scenario__stress where scenario = 'as_today'")
    (cell,) = query(world, "select payback_months from fct_center__payback_grid where price_pct = 0 and sold_pct = 0")
    assert today == mart == cell
