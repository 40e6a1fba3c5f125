"""Random futures: the array functions behind the bands, and the bands in the warehouse."""

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

MODEL = Path(__file__).resolve().parents[3] / "dbt_project/models/intermediate/payback/int_payback__outlook_bands.py"
CALM = {
    "outlook_draw_count": 1000,
    "outlook_seed": 7,
    "outlook_exit_hazard": 0.0,
    "outlook_shock_hazard": 0.0,
    "outlook_shock_exit_ratio": 0.5,
    "outlook_price_drift": 0.0,
    "outlook_price_volatility": 0.0,
    "stress_notice_months": 2,
    "stress_vacant_months": 6,
}


@pytest.fixture(scope="module")
def outlook():
    spec = importlib.util.spec_from_file_location("outlook_bands", MODEL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def leases(monthly: list[float], ends_after: list[int], is_bound: list[bool]) -> dict:
    return {"monthly_fen": monthly, "ends_after": ends_after, "is_bound": is_bound}


def income(outlook, rented: dict, policy: dict, months: int = 60, center_id: str = "c1") -> np.ndarray:
    shocks, prices = outlook.draw_common(policy, months)
    return outlook.draw_income(rented, policy, shocks, prices, center_id)


def test_without_exits_and_with_a_flat_price_every_draw_is_the_billing_of_today(outlook):
    drawn = income(outlook, leases([100, 50], [3, 90], [True, False]), CALM)
    assert (drawn == 150).all()


def test_the_same_seed_draws_the_same_and_another_seed_does_not(outlook):
    lively = CALM | {"outlook_exit_hazard": 0.02, "outlook_price_volatility": 0.2}
    rented = leases([100, 50], [12, 24], [False, True])
    first = income(outlook, rented, lively)
    assert np.array_equal(first, income(outlook, rented, lively))
    assert not np.array_equal(first, income(outlook, rented, lively | {"outlook_seed": 8}))
    assert not np.array_equal(first, income(outlook, rented, lively, center_id="c2"))


def test_a_tenant_that_leaves_pays_its_notice_then_the_cards_are_empty_and_then_let_again(outlook):
    always = CALM | {"outlook_exit_hazard": 1.0, "outlook_draw_count": 1}
    drawn = income(outlook, leases([100], [99], [False]), always, months=20)[0]
    # Notice is given at once: two months are paid, six are empty, the next tenant gives notice at once as well.
    assert drawn.tolist() == ([100.0] * 2 + [0.0] * 6) * 2 + [100.0] * 2 + [0.0] * 2


def test_a_bound_tenant_stays_to_its_end_even_in_a_shock(outlook):
    shocked = CALM | {"outlook_shock_hazard": 1.0, "outlook_shock_exit_ratio": 1.0, "outlook_draw_count": 5}
    drawn = income(outlook, leases([100], [10], [True]), shocked, months=30)
    assert (drawn[:, :11] == 100).all()
    assert (drawn[:, 13:] == 0).any()


def test_a_shock_takes_the_tenants_of_all_centers_in_the_same_months(outlook):
    shocked = CALM | {"outlook_shock_hazard": 0.05, "outlook_shock_exit_ratio": 1.0}
    rented = leases([100], [999], [False])
    one = income(outlook, rented, shocked) == 0
    other = income(outlook, rented, shocked, center_id="c2") == 0
    assert np.array_equal(one, other)
    assert 0.2 < one.mean() < 0.4
    alone = CALM | {"outlook_exit_hazard": 0.05}
    one, other = (income(outlook, rented, alone, center_id=name) == 0 for name in ("c1", "c2"))
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] < 0.2


def test_the_price_moves_what_is_renewed_and_not_what_is_bound(outlook):
    rising = CALM | {"outlook_price_drift": 0.12}
    drawn = income(outlook, leases([100, 100], [12, 48], [True, True]), rising, months=24)
    assert (drawn[:, :12] == 200).all()
    assert drawn[0, 12] == pytest.approx(100 + 100 * np.exp(0.01 * 13))


def test_paid_back_counts_from_the_month_after_which_cash_stays_positive(outlook):
    flows = np.array([[150, -100, 40, 40, 200.0], [10, 10, 10, 10, 10]])
    start = {"opening_balance_cny_fen": -100, "monthly_cost_cny_fen": 0, "collected_share": 1.0}
    found = outlook.bands(flows, start)
    assert found["paid_back_draw_count"].tolist() == [0, 0, 0, 0, 1, 1]
    assert found["p10"].tolist() == [-100, -90, -80, -70, -60, -50]
    assert found["p90"].tolist() == [-100, 50, -50, -10, 30, 230]


def line(month: int, net_cny: float, lease_id: str) -> dict:
    return {
        "invoice_line_id": f"{lease_id}-{month}",
        "invoice_id": f"{lease_id}-{month}",
        "center_id": "c1",
        "payer_party_id": "tenant",
        "lease_id": lease_id,
        "issued_on": date(2025, 1, 5),
        "service_from": date(2024, month, 1),
        "service_to": date(2024 + month // 12, month % 12 + 1, 1),
        "net_cny_fen": round(net_cny * 100),
        "tax_cny_fen": 0,
    }


@pytest.fixture(scope="module")
def world(build_payback, cash_book, build_world):
    """Capex of 120, a year of 10 a month with a cost of 2, and one firm lease until the end of 2025."""
    rows = {
        "centers": [
            {
                "center_id": "c1",
                "center_name_zh": "c1",
                "center_name_en": "c1",
                "province_code": 320000,
                "time_zone": "Asia/Shanghai",
                "opened_on": date(2024, 2, 1),
            }
        ],
        "cash_movements": cash_book(120, [10.0] * 12, *[(month, "opex_staff", 2.0) for month in range(1, 13)]),
        "device_events": [
            {
                "event_id": "e",
                "center_id": "c1",
                "device_uid": "d",
                "model_id": "nvidia-h800-sxm5-80g",
                "occurred_at": datetime(2024, 3, 2, tzinfo=UTC),
                "state": "in_service",
            }
        ],
        "leases": [
            {
                "lease_id": "l1",
                "center_id": "c1",
                "tenant_party_id": "tenant",
                "lease_kind": "whole_machine",
                "purpose": "external_paid",
                "firmness": "firm",
                "starts_at": datetime(2024, 1, 31, 16, tzinfo=UTC),
                "ends_at": datetime(2025, 12, 31, 16, tzinfo=UTC),
            }
        ],
        "invoice_lines": [line(month, 10_000_000, "l1") for month in range(2, 13)],
        "receipt_allocations": [
            {
                "movement_id": f"{month}-receipt-15",
                "invoice_line_id": f"l1-{month}",
                "center_id": "c1",
                "allocated_cny_fen": 1_000_000_000,
            }
            for month in range(2, 13)
        ],
    }
    models = ["+fct_center__payback", "+fct_center__payback_band", "+fct_center_month__cash_band"]
    models += ["+fct_center_month__projected_cash"]
    return build_world(rows, select=models, as_of=datetime(2025, 2, 10, tzinfo=UTC))


def test_contracted_cash_is_what_todays_leases_charge_until_they_end_less_the_running_cost(world, query, payback_row):
    curve = query(
        world,
        "select * from fct_center_month__projected_cash where view = 'project' and subsidy = 'without' "
        "and flow_basis = 'contracted' and is_projected order by month_index",
    )
    assert [row["flow_cny_fen"] for row in curve] == [800_000_000] * 11
    assert curve[-1]["month_start_on"] == date(2025, 12, 1)
    row = payback_row(world, "contracted")
    # 12 months brought 96 of 120; three more of 8 bring the rest.
    assert row["payback_months"] == 15.0
    assert (row["commissioning_months"], row["payback_months_from_commissioning"]) == (2, 13.0)


def test_the_band_starts_at_what_was_booked_and_says_how_it_was_drawn(world, query):
    rows = query(
        world,
        "select * from fct_center_month__cash_band where view = 'project' and subsidy = 'without' order by month_index",
    )
    first = rows[0]
    assert (first["month_index"], first["month_start_on"]) == (12, date(2025, 1, 1))
    assert first["cumulative_net_cash_p10_cny_fen"] == first["cumulative_net_cash_p90_cny_fen"] == -2_400_000_000
    # The lease is bound until the end of the year: no draw differs before.
    assert rows[3]["cumulative_net_cash_p10_cny_fen"] == rows[3]["cumulative_net_cash_p90_cny_fen"] == 0
    assert rows[-1]["cumulative_net_cash_p10_cny_fen"] < rows[-1]["cumulative_net_cash_p90_cny_fen"]
    (band,) = query(world, "select * from fct_center__payback_band where view = 'project' and subsidy = 'without'")
    assert (band["draw_count"], band["seed"], band["collected_share"]) == (1000, 20260101, 1.0)
    assert 15 <= band["payback_months_p10"] <= (band["payback_months_p50"] or 240)
