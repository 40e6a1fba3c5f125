"""EX-E6: from which racked x sold share the money comes in, at four prices, each a center of its own."""

from datetime import UTC, date, datetime

import pytest

PRICES = {"p15": 15.0, "p11": 11.8, "p9": 9.0, "p6": 6.0}
THRESHOLDS = {"cash": "cash", "accounting": "accounting", "payback_in_life": "payback5", "full_cost": "full8"}
CAPEX_CNY = 396_688_945
SOLD_CARDS = 8
HOURS = 365 * 24
MODELS = ["+fct_center__break_even", "+fct_center__break_even_frontier", "+fct_center__price_and_sales"]
START = datetime(2024, 12, 1, tzinfo=UTC)


def money(center_id: str, kind: str, yuan: float, day: date = date(2025, 6, 15)) -> dict:
    return {
        "movement_id": f"{center_id}-{kind}-{day}",
        "center_id": center_id,
        "booked_on": day,
        "movement_kind": kind,
        "amount_cny_fen": round(yuan * 100),
    }


def example(center_id: str, price_cny: float | None) -> dict[str, list[dict]]:
    """127 servers of EX-E1, of which one is sold all year at a net price; tax of 6 % comes on top."""
    cards = [f"{center_id}-{number}" for number in range(SOLD_CARDS)]
    receipts = [] if price_cny is None else [money(center_id, "receipt", price_cny * 1.06 * SOLD_CARDS * HOURS)]
    return {
        "centers": [
            {
                "center_id": center_id,
                "center_name_zh": center_id,
                "center_name_en": center_id,
                "province_code": 320000,
                "time_zone": "UTC",
                "opened_on": date(2024, 12, 1),
            }
        ],
        "capacity_plans": [
            {
                "plan_line_id": center_id,
                "center_id": center_id,
                "plan_basis": "approved_total",
                "model_id": "nvidia-h800-sxm5-80g",
                "planned_card_count": 1016,
                "due_on": date(2024, 12, 1),
            }
        ],
        "device_events": [
            {
                "event_id": card,
                "center_id": center_id,
                "device_uid": card,
                "model_id": "nvidia-h800-sxm5-80g",
                "occurred_at": START,
                "state": "in_service",
            }
            for card in cards
        ],
        "leases": [
            {
                "lease_id": center_id,
                "center_id": center_id,
                "tenant_party_id": "tenant",
                "lease_kind": "card_hour",
                "purpose": "external_paid",
                "starts_at": START,
                "ends_at": datetime(2030, 1, 1, tzinfo=UTC),
            }
        ],
        "lease_devices": [
            {"lease_id": center_id, "center_id": center_id, "device_uid": card, "allocated_from": START}
            for card in cards
        ],
        "cash_movements": [
            money(center_id, "capex_servers", CAPEX_CNY, date(2024, 11, 15)),
            money(center_id, "opex_staff", 8_000_000),
            money(center_id, "opex_rent", 6_000_000),
            money(center_id, "opex_energy", 3_000_000),
            *receipts,
        ],
        "power_terms": [
            {
                "center_id": center_id,
                "valid_from": date(2024, 12, 1),
                "tariff_cny_per_kwh_milli": 600,
                "pue_milli": 1300,
                "demand_charge_cny_per_kw_month_fen": 3800,
                "contracted_demand_w": 1_684_020,
                "it_idle_w": 127 * 2_900,
                "it_full_w": 127 * 10_200,
                "it_card_count": 1016,
            }
        ],
    }


@pytest.fixture(scope="module")
def world(build_world):
    centers = [example(center_id, price) for center_id, price in PRICES.items()]
    centers += [example("unpaid", None), example("cheap", 0.5)]
    without_terms = example("unmetered", 11.8)
    without_terms.pop("power_terms")
    rows: dict[str, list[dict]] = {}
    for tables in [*centers, without_terms]:
        for table, table_rows in tables.items():
            rows.setdefault(table, []).extend(table_rows)
    return build_world(rows, select=MODELS, as_of=datetime(2026, 1, 10, tzinfo=UTC))


@pytest.fixture(scope="module")
def rows(world, query) -> dict[tuple[str, str], dict]:
    found = query(world, "select * from fct_center__break_even")
    return {(row["center_id"], row["threshold"]): row for row in found}


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("center_id", PRICES)
def test_each_threshold_at_each_price_is_that_of_the_example(rows, worked_examples, center_id, threshold):
    expected = worked_examples["EX-E6"]["table"][str(PRICES[center_id])][THRESHOLDS[threshold]]
    row = rows[center_id, threshold]
    assert row["break_even_share"] == pytest.approx(expected, abs=1.5e-6)
    assert (row["break_even_reason"] == "not_reachable_at_this_price") is (expected > 1)


def test_the_parts_are_those_of_the_example(rows, worked_examples):
    expected = worked_examples["EX-E6"]
    cash, full = rows["p11", "cash"], rows["p11", "full_cost"]
    assert cash["yearly_cost_cny_fen"] == round(expected["fixed_cash"] * 100)
    assert rows["p11", "accounting"]["capital_charge_cny_fen"] == round(expected["depreciation"] * 100)
    assert full["capital_charge_cny_fen"] == round(expected["annuity"] * 100)
    assert full["energy_cny_fen_per_sold_card_hour"] == pytest.approx(expected["var_per_lit_h"] * 100)
    assert full["price_cny_fen_per_card_hour"] == pytest.approx(1180)


def test_the_price_needed_at_todays_use_earns_exactly_the_yearly_cost(rows):
    row = rows["p11", "accounting"]
    assert row["sold_share_of_plan"] == SOLD_CARDS / 1016
    margin_fen = row["price_needed_cny_fen_per_card_hour"] - row["energy_cny_fen_per_sold_card_hour"]
    assert margin_fen * SOLD_CARDS * HOURS == pytest.approx(row["yearly_cost_cny_fen"])
    assert row["is_above"] is False


@pytest.mark.parametrize(
    ("center_id", "reason"),
    [("unpaid", "no_receipts"), ("cheap", "price_below_energy"), ("unmetered", "no_power_terms")],
)
def test_where_there_is_no_threshold_the_reason_is_told(rows, center_id, reason):
    row = rows[center_id, "cash"]
    assert (row["break_even_share"], row["break_even_reason"], row["is_above"]) == (None, reason, None)


def test_on_the_frontier_racked_times_sold_is_the_threshold_and_sold_is_at_most_all(world, query):
    points = query(
        world,
        """select frontier.*, break_evens.break_even_share
        from fct_center__break_even_frontier as frontier
        inner join fct_center__break_even as break_evens using (center_id, threshold)""",
    )
    assert {point["center_id"] for point in points} == set(PRICES)
    for point in points:
        racked = point["racked_share_bp"] / 10_000
        assert racked * point["sold_share_of_racked"] == pytest.approx(point["break_even_share"], abs=1e-5)
        assert point["sold_share_of_racked"] <= 1
    unreachable = {point["center_id"] for point in points if point["threshold"] == "full_cost"}
    assert unreachable == {"p15"}


def test_the_grid_of_price_and_sales_earns_nothing_at_the_cash_threshold(world, query, rows):
    """Net cash is linear in the sold share: between two columns of the grid it crosses zero at the threshold."""
    grid = query(world, "select * from fct_center__price_and_sales where center_id = 'p11' and price_bp = 10000")
    cash = {row["sold_share_bp"]: row["yearly_cash_cny_fen"] for row in grid}
    slope = (cash[10_000] - cash[1_000]) / 9_000
    crossing_bp = 1_000 - cash[1_000] / slope
    assert crossing_bp / 10_000 == pytest.approx(rows["p11", "cash"]["break_even_share"], abs=1e-6)
