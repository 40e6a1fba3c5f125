"""What planned card-time is worth by why it earns or not: one day with every cause, and a center nobody leases from."""

from datetime import UTC, date, datetime

import pytest

END = datetime(2026, 11, 1, tzinfo=UTC)
HOURS_OF_SEPTEMBER = 720
PRICE_FEN = 1_000
EXPECTED_HOURS = {
    "working": 12,
    "idle_tenant_pays": 12,
    "unknown_tenant_pays": 6,
    "idle_billed_by_use": 12,
    "unknown_billed_by_use": 6,
    "lit_unsold": 24,
    "unsold": 24,
    "maintenance": 24,
    "fault": 24,
    "not_powered": 24,
    "not_installed": 72,
}


def invoice(lease: str) -> dict:
    return {
        "invoice_line_id": lease,
        "invoice_id": lease,
        "center_id": "c1",
        "lease_id": lease,
        "issued_on": date(2026, 10, 1),
        "service_from": date(2026, 9, 1),
        "service_to": date(2026, 10, 1),
        "net_cny_fen": HOURS_OF_SEPTEMBER * PRICE_FEN,
        "tax_cny_fen": 0,
    }


@pytest.fixture(scope="module")
def world(build_world, make):
    first = date(2026, 9, 1)
    states = {"c": "in_service", "d": "in_service", "e": "fault", "f": "planned_maintenance", "h": "installed"}
    quoted = {"price_kind": "lease", "tax_basis": "excluded", "quoted_by": "broker", "valid_from": first}
    rows = {
        "centers": [make.center() | {"opened_on": first}, make.center("alone")],
        "capacity_plans": [make.plan(10), make.plan(2, make.RTX_4090, center_id="alone"), make.plan(1, make.H20)],
        "device_events": [
            *(make.event(card) for card in "ab"),
            *(make.event(card, state) for card, state in states.items()),
            make.event("g", "delivered"),
        ],
        "device_days": [
            make.day("a", first, lit=6 * 3600, idle=12 * 3600),
            make.day("b", first, lit=6 * 3600, idle=12 * 3600),
            make.day("c", first, lit=24 * 3600),
            make.day("d", first, idle=24 * 3600),
        ],
        "leases": [
            make.lease("L1", make.MIDNIGHT, END, lease_kind="whole_machine"),
            make.lease("L2", make.MIDNIGHT, END),
        ],
        "lease_devices": [make.lease_device("L1", "a", make.MIDNIGHT), make.lease_device("L2", "b", make.MIDNIGHT)],
        "invoice_lines": [invoice("L1"), invoice("L2")],
        "market_prices": [
            {"price_id": "p1", "model_id": make.H800, "lease_term_months": 0, "price_cny_fen": 901} | quoted,
            {"price_id": "p2", "model_id": make.H800, "lease_term_months": 12, "price_cny_fen": 799} | quoted,
            {"price_id": "old", "model_id": make.H800, "lease_term_months": 12, "price_cny_fen": 1} | quoted
            | {"valid_to": date(2026, 9, 2)},
        ],
    }  # fmt: skip
    select = ["+fct_scope_month__dark_loss", "+fct_scope_period__dark_cost"]
    return build_world(rows, select=select, as_of=datetime(2026, 10, 10, tzinfo=UTC))


def causes(world, query, basis: str) -> dict[str, dict]:
    rows = query(
        world,
        f"""select * from fct_scope_period__dark_cost where scope_id = 'c1' and period_grain = 'day'
        and period_start_on = date '2026-09-01' and price_basis = '{basis}'""",
    )
    return {row["cause_id"]: row for row in rows}


def test_every_hour_of_the_plan_has_one_cause_and_is_worth_the_price_billed_here(world, query):
    found = causes(world, query, "billed_here")
    # The planned H20 was never delivered and has no price here: its day is counted and worth nothing.
    hours = EXPECTED_HOURS | {"not_installed": 72 + 24}
    assert {cause: row["planned_card_seconds"] for cause, row in found.items()} == {
        cause: hours * 3600 for cause, hours in hours.items()
    }
    assert {cause: row["value_cny_fen"] for cause, row in found.items()} == {
        cause: hours * PRICE_FEN for cause, hours in EXPECTED_HOURS.items()
    }
    assert found["not_installed"]["unpriced_card_seconds"] == 24 * 3600
    assert {row["plan_value_cny_fen"] for row in found.values()} == {240 * PRICE_FEN}


def test_the_market_basis_takes_the_lowest_quotation_in_force(world, query):
    found = causes(world, query, "market")
    assert sum(row["value_cny_fen"] for row in found.values()) == 240 * 799


def test_the_loss_is_an_interval_and_what_tenants_pay_for_is_not_in_it(world, query):
    (row,) = query(
        world,
        """select * from fct_scope_month__dark_loss where scope_id = 'c1' and price_basis = 'billed_here'
        and month_start_on = date '2026-09-01'""",
    )
    assert row["lost_cny_fen_upper"] - row["lost_cny_fen_lower"] == 6 * PRICE_FEN + 29 * 24 * PRICE_FEN
    assert row["plan_value_cny_fen"] == sum(
        row[name] for name in ("working_cny_fen", "paid_by_tenant_cny_fen", "lost_cny_fen_upper")
    )
    assert row["price_reason"] == "part_without_price"


def test_without_any_price_nothing_is_invented(world, query):
    rows = query(world, "select * from fct_scope_month__dark_loss where scope_id = 'alone'")
    assert {row["price_reason"] for row in rows} == {"no_price_known"}
    assert {row["lost_share_of_plan_value_lower"] for row in rows} == {None}
