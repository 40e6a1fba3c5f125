"""EX-E1 and EX-E2: what building costs, and what energy costs by hour, tariff and PUE."""

from datetime import UTC, date, datetime

import pytest

MODELS = [
    "+fct_center_category__capex",
    "+fct_center__capex",
    "+fct_center_month__opex",
    "+fct_center_month__unit_cost",
    "+fct_center_month__energy_cost",
]
H800 = "nvidia-h800-sxm5-80g"
SERVERS = 127
OPENED = date(2025, 1, 1)
TARIFFS = (("valley", 0, 8, 300), ("flat", 8, 16, 600), ("peak", 16, 24, 900))


def capex(center_id: str, category: str, **amounts: object) -> dict:
    return {
        "capex_line_id": f"{center_id}-{category}",
        "center_id": center_id,
        "capex_category": category,
        "committed_on": OPENED,
        "tax_basis": "included",
        "vat_rate_milli": 130,
    } | amounts


def capex_of(center_id: str, network: str, network_share_milli: int) -> list[dict]:
    """The lines of EX-E1: facility is power with a tenth to spare at 18,000 yuan a kilowatt."""
    return [
        capex(center_id, "servers", quantity_milli=SERVERS * 1000, unit_price_cny_fen=230_000_000),
        capex(center_id, network, share_milli=network_share_milli, share_of="servers"),
        capex(center_id, "storage", share_milli=60, share_of="servers"),
        capex(center_id, "facility", quantity_milli=1_424_940, unit_price_cny_fen=1_800_000),
        capex(center_id, "integration", share_milli=30, share_of="servers_and_network"),
    ]


def center(center_id: str) -> dict:
    return {
        "center_id": center_id,
        "center_name_zh": center_id,
        "center_name_en": center_id,
        "province_code": 320000,
        "time_zone": "UTC",
        "opened_on": OPENED,
    }


@pytest.fixture(scope="module")
def world(build_world):
    """Two centers to build, and one server of 127 that is lit 40 % of every day of a year."""
    cards = [f"card{number}" for number in range(8)]
    lit, known = 34_560, 86_400
    days = [date.fromordinal(OPENED.toordinal() + number) for number in range(365)]
    rows = {
        "centers": [center("ib"), center("roce"), center("run")],
        "capex_lines": capex_of("ib", "network_ib", 175) + capex_of("roce", "network_roce", 100),
        "capital_contributions": [
            {
                "contribution_id": "vendor",
                "center_id": "ib",
                "contributor_party_id": "vendor",
                "contribution_nature": "prepaid_capacity",
                "committed_on": OPENED,
                "amount_cny_fen": 5_000_000_000,
            },
            {
                "contribution_id": "grant",
                "center_id": "ib",
                "contributor_party_id": "county",
                "contribution_nature": "grant",
                "committed_on": OPENED,
                "amount_cny_fen": 1_000_000_000,
            },
        ],
        "capacity_plans": [
            {
                "plan_line_id": name,
                "center_id": name,
                "plan_basis": "approved_total",
                "model_id": H800,
                "planned_card_count": count,
                "due_on": OPENED,
            }
            for name, count in (("ib", 1016), ("roce", 1016), ("run", 8))
        ],
        "device_events": [
            {
                "event_id": card,
                "center_id": "run",
                "device_uid": card,
                "model_id": H800,
                "occurred_at": datetime(2025, 1, 1, tzinfo=UTC),
                "state": "in_service",
            }
            for card in cards
        ],
        "device_days": [
            {
                "device_uid": card,
                "center_id": "run",
                "local_day": day,
                "evidence_class": "B",
                "known_seconds": known,
                "util_0_1_seconds": known - lit,
                "util_50_80_seconds": lit,
            }
            for card in cards
            for day in days
        ],
        "power_terms": [
            {
                "center_id": "run",
                "valid_from": OPENED,
                "tariff_cny_per_kwh_milli": 600,
                "pue_milli": 1300,
                "demand_charge_cny_per_kw_month_fen": 3800,
                "contracted_demand_w": 13_260,
                "it_idle_w": 2_900,
                "it_full_w": 10_200,
                "it_card_count": 8,
            }
        ],
        "tariffs": [
            {
                "province_code": 320000,
                "valid_from": date(2024, 1, 1),
                "first_month": 1,
                "last_month": 12,
                "from_hour": first,
                "to_hour": after,
                "tariff_period": period,
                "price_cny_per_kwh_milli": price,
                "tax_basis": "excluded",
                "vat_rate_milli": 130,
            }
            for period, first, after, price in TARIFFS
        ],
        "opex_lines": [
            {
                "opex_line_id": "rent",
                "center_id": "run",
                "opex_category": "rent",
                "service_from": date(2025, 1, 1),
                "service_to": date(2025, 4, 1),
                "amount_cny_fen": 10_600_000,
                "tax_basis": "included",
                "vat_rate_milli": 60,
            }
        ],
    }
    return build_world(rows, select=MODELS, as_of=datetime(2026, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize(("center_id", "network"), [("ib", "network_ib"), ("roce", "network_roce")])
def test_each_part_of_the_capex_is_that_of_the_example(world, query, worked_examples, center_id, network):
    expected = worked_examples["EX-E1"]
    found = query(world, f"select * from fct_center_category__capex where center_id = '{center_id}'")
    parts = {row["capex_category"]: row["gross_cny_fen"] / 100 for row in found}
    assert parts["servers"] == expected["servers"]
    assert parts["storage"] == expected["storage"]
    assert parts["facility"] == expected["facility"]
    total = expected["total_ib" if center_id == "ib" else "total_roce"]
    assert sum(parts.values()) == total
    if center_id == "ib":
        assert (parts[network], parts["integration"]) == (expected["network_ib"], expected["integration"])
    assert sum(row["share_of_capex"] for row in found) == pytest.approx(1)


def test_contributions_lower_the_owners_outlay_and_never_the_capex_of_a_pflops(world, query, worked_examples):
    (row,) = query(world, "select * from fct_center__capex where center_id = 'ib'")
    expected = worked_examples["EX-E1"]
    assert row["gross_cny_fen"] / 100 == expected["total_ib"]
    assert row["gross_cny_fen"] - row["owner_outlay_cny_fen"] == 6_000_000_000
    assert (row["contributed_cny_fen"], row["grant_cny_fen"]) == (5_000_000_000, 1_000_000_000)
    assert row["planned_gflops"] / 1e6 == expected["pflops"]
    assert row["gross_cny_per_planned_pflops"] == pytest.approx(expected["capex_per_p_ib"], abs=1e-6)


def test_a_flat_load_pays_the_flat_tariff_and_each_period_its_own(world, query, worked_examples):
    expected = worked_examples["EX-E2"]
    rows = query(
        world, "select * from fct_center_month__energy_cost where center_id = 'run' and month_start_on < '2026-01-01'"
    )
    energy = {period: 0 for period, *_ in TARIFFS}
    cost = dict(energy)
    for row in rows:
        energy[row["tariff_period"]] += row["facility_wh_lower"]
        cost[row["tariff_period"]] += row["cost_lower_cny_fen"]
        assert row["facility_wh_lower"] == row["facility_wh_upper"]
        assert (row["is_metered"], row["pue"]) == (False, 1.3)
    assert SERVERS * sum(energy.values()) / 1000 == pytest.approx(expected["kwh"], rel=1e-6)
    assert SERVERS * sum(cost.values()) / 100 == pytest.approx(expected["energy_cost"], rel=1e-6)
    assert cost["peak"] == pytest.approx(3 * cost["valley"], abs=40)


def test_power_of_a_year_and_of_a_lit_card_hour_is_that_of_the_example(world, query, worked_examples):
    expected = worked_examples["EX-E2"]
    rows = query(world, "select * from fct_center_month__opex where center_id = 'run'")
    yearly = {name: 0 for name in ("energy", "demand", "rent")}
    for row in rows:
        yearly[row["opex_category"]] += row["net_lower_cny_fen"]
    assert SERVERS * yearly["demand"] / 100 == pytest.approx(expected["demand_cost"], rel=1e-6)
    assert SERVERS * (yearly["energy"] + yearly["demand"]) / 100 == pytest.approx(expected["total"], rel=1e-6)
    # Rent of a quarter, 100,000 without tax, by days.
    assert yearly["rent"] == 10_000_000
    months = query(world, "select * from fct_center_month__unit_cost where center_id = 'run'")
    power = sum(row["power_lower_cny_fen"] for row in months)
    lit = sum(row["lit_card_seconds_lower"] for row in months)
    assert power / 100 / (lit / 3600) == pytest.approx(expected["cost_per_lit_card_h"], rel=1e-6)
    december = max(months, key=lambda row: row["month_start_on"])
    hours = december["lit_card_seconds_lower"] / 3600
    assert december["power_cny_per_lit_card_hour_lower"] == pytest.approx(december["power_lower_cny_fen"] / 100 / hours)
    assert december["power_cny_per_lit_pflops_hour_upper"] == pytest.approx(
        december["power_upper_cny_fen"] / 100 / hours / 0.9895
    )
