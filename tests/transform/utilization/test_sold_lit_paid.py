"""Sold, lit and paid at once: the worked example, its edges, and that nothing is lost between card time and money."""

from datetime import UTC, date, datetime, timedelta

import pytest

HOUR = 3_600_000
OCTOBER_10 = datetime(2026, 10, 10, tzinfo=UTC)


def invoice(line: str, lease: str | None, start: date, end: date, net: int, tax: int = 0, center: str = "c1") -> dict:
    return {
        "invoice_line_id": line,
        "invoice_id": f"invoice-{line}",
        "center_id": center,
        "lease_id": lease,
        "issued_on": end,
        "service_from": start,
        "service_to": end,
        "net_cny_fen": net,
        "tax_cny_fen": tax,
    }


def receipt(movement: str, fen: int, booked: date = date(2026, 10, 5), center: str = "c1") -> dict:
    return {
        "movement_id": movement,
        "center_id": center,
        "booked_on": booked,
        "movement_kind": "receipt",
        "amount_cny_fen": fen,
    }


def settles(movement: str, line: str, fen: int, center: str = "c1") -> dict:
    return {"movement_id": movement, "invoice_line_id": line, "center_id": center, "allocated_cny_fen": fen}


def worked_example(make) -> dict[str, list[dict]]:
    """EX-S1 in card-hours: ten cards for 100 hours, each lit or dark throughout; L1 paid, L2 not, three cards unsold.

    Sold, lit, paid 300; sold, dark, paid 200; sold, lit, unpaid 80; sold, dark, unpaid 120; unsold lit 50; dark 250.
    """
    days = [date(2026, 9, 1) + timedelta(days=number) for number in range(5)]
    # Of 20 hours a day, so many are lit; the rest of the day the card is away.
    lit_hours = {"p1": 20, "p2": 20, "p3": 20, "p4": 0, "p5": 0, "u1": 16, "u2": 0, "f1": 10, "f2": 0, "f3": 0}
    leases = {"L1": ("p1", "p2", "p3", "p4", "p5"), "L2": ("u1", "u2")}
    events, device_days = [], []
    for card, lit in lit_hours.items():
        for day in days:
            start = datetime(day.year, day.month, day.day, tzinfo=UTC)
            events.append(make.event(card, "in_service", start))
            events.append(make.event(card, "installed", start + timedelta(hours=20)))
            device_days.append(make.day(card, day, lit=lit * 3600, idle=(20 - lit) * 3600))
    end = make.MIDNIGHT + timedelta(days=5)
    return {
        "centers": [make.center()],
        "capacity_plans": [make.plan(10)],
        "device_events": events,
        "device_days": device_days,
        "leases": [make.lease(lease, make.MIDNIGHT, end) for lease in leases],
        "lease_devices": [
            make.lease_device(lease, card, make.MIDNIGHT, end) for lease, cards in leases.items() for card in cards
        ],
        "invoice_lines": [
            invoice("i1", "L1", days[0], days[-1] + timedelta(days=1), 100_000, 6_000),
            invoice("i2", "L2", days[0], days[-1] + timedelta(days=1), 70_001),
        ],
        "cash_movements": [receipt("m1", 106_000)],
        "receipt_allocations": [settles("m1", "i1", 106_000)],
    }


def in_part(make, center: str) -> dict[str, list[dict]]:
    """One card for three days under a lease paid to two sevenths, and money that no card time stands behind."""
    end = make.MIDNIGHT + timedelta(days=3)
    first, after = date(2026, 9, 1), date(2026, 9, 4)
    return {
        "centers": [make.center(center)],
        "capacity_plans": [make.plan(2, center_id=center)],
        "device_events": [make.event(f"{center}-a", center_id=center), make.event(f"{center}-b", center_id=center)],
        "device_days": [
            make.day(f"{center}-a", first, lit=10_000, idle=76_400, center_id=center),
            make.day(f"{center}-b", first, lit=20_000, idle=66_400, center_id=center),
        ],
        "leases": [make.lease(f"{center}-L", make.MIDNIGHT, end, center_id=center)],
        # The card stays with its tenant for a day after the lease.
        "lease_devices": [
            make.lease_device(f"{center}-L", f"{center}-a", make.MIDNIGHT, end + timedelta(days=1), center_id=center)
        ],
        "invoice_lines": [
            invoice(f"{center}-i1", f"{center}-L", first, date(2026, 9, 5), 700, center=center),
            invoice(f"{center}-i2", None, first, after, 50, center=center),
            invoice(f"{center}-i3", f"{center}-gone", first, after, 40, center=center),
            invoice(f"{center}-i4", f"{center}-L", date(2026, 10, 1), date(2026, 10, 31), 300, center=center)
            | {"issued_on": date(2026, 9, 20)},
        ],
        "cash_movements": [receipt(f"{center}-m1", 260, center=center), receipt(f"{center}-m2", 9, center=center)],
        # More is allocated than came in: the second line gets what is left, the third nothing.
        "receipt_allocations": [
            settles(f"{center}-m1", f"{center}-i1", 200, center),
            settles(f"{center}-m1", f"{center}-i2", 55, center),
            settles(f"{center}-m1", f"{center}-i3", 40, center),
        ],
    }


def without_invoices(make) -> dict[str, list[dict]]:
    """A center that leases, and has never sent an invoice."""
    end = make.MIDNIGHT + timedelta(days=3)
    return {
        "centers": [make.center("silent")],
        "capacity_plans": [make.plan(2, center_id="silent")],
        "device_events": [make.event("s-a", center_id="silent"), make.event("s-b", center_id="silent")],
        "device_days": [make.day("s-a", date(2026, 9, 1), lit=86_400, center_id="silent")],
        "leases": [make.lease("s-L", make.MIDNIGHT, end, center_id="silent")],
        "lease_devices": [make.lease_device("s-L", "s-a", make.MIDNIGHT, end, center_id="silent")],
        "cash_movements": [receipt("s-m1", 500, center="silent")],
    }


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    rows = merge(worked_example(make), in_part(make, "part"), without_invoices(make))
    select = ["+path:models/marts/collection", "+fct_figure", "+fct_center_month__cash", "+fct_center_day__utilization"]
    return build_world(rows, select=select, as_of=OCTOBER_10)


@pytest.fixture(scope="module")
def cells(world, query):
    """Milliseconds and fen of the cells that hold any, by center, month and cell."""
    rows = query(world, "from fct_center_month__reconciliation where card_milliseconds > 0 or amount_cny_fen > 0")
    by_month = {}
    for row in rows:
        month = by_month.setdefault((row["scope_id"], row["month_start_on"].month), {})
        month[row["cell_id"]] = (row["card_milliseconds"], row["amount_cny_fen"])
    return by_month


@pytest.fixture(scope="module")
def figures(world, query):
    rows = query(world, "from fct_figure where period_grain = 'month'")
    return {(row["metric_id"], row["center_id"], row["period_start"].month): row for row in rows}


def test_the_worked_example_has_its_six_cells_in_card_hours_and_in_fen(cells):
    assert cells["c1", 9] == {
        "sold_lit_paid": (300 * HOUR, 63_600),
        "sold_idle_paid": (200 * HOUR, 42_400),
        # 70,001 fen do not divide: the last piece of the line has the last fen.
        "sold_lit_unpaid": (80 * HOUR, 28_001),
        "sold_idle_unpaid": (120 * HOUR, 42_000),
        "unsold_lit_unbilled": (50 * HOUR, 0),
        "unsold_idle_unbilled": (250 * HOUR, 0),
    }


def test_the_worked_example_has_its_published_shares(figures, worked_examples):
    expected = worked_examples["EX-S1"]

    def share(metric):
        figure = figures[metric, "c1", 9]
        assert figure["lower"] == figure["upper"] == figure["observed"]
        return figure["lower"]

    assert share("sold_of_racked") == expected["sold"]
    assert share("paid_of_sold") == pytest.approx(expected["paid_of_sold"], abs=1e-6)
    assert share("idle_of_sold") == pytest.approx(expected["idle_of_sold"], abs=1e-6)
    assert share("sold_lit_paid_of_racked") == expected["triple"]
    assert share("unsold_lit_of_racked") == expected["unsold_lit"]
    assert share("lit_of_racked") == expected["lit"]


def test_the_twelve_cells_are_all_there_and_add_up_to_the_able_time(world, query):
    rows = query(world, "from fct_center_month__sold_lit_paid where scope_id = 'c1' and month_start_on = '2026-09-01'")
    known = [row for row in rows if row["payment"] != "unknown"]
    assert len({(row["is_sold"], row["lit_status"], row["payment"]) for row in known}) == 12
    assert sum(row["card_milliseconds"] for row in rows) == 1000 * HOUR
    assert {row["racked_card_milliseconds"] for row in rows} == {1000 * HOUR}


def test_card_time_inherits_the_received_share_of_its_line(cells, world, query):
    # 200 of 700 fen were received for four days: three under the lease, one on which the tenant stayed on.
    ms = 4 * 86_400_000
    paid = query(
        world,
        """select sum(paid_card_milliseconds) as paid, sum(unpaid_card_milliseconds) as unpaid,
            sum(billed_cny_fen) as billed, sum(received_cny_fen) as received
        from fct_center_day__sold_lit_paid where center_id = 'part'""",
    )
    assert paid == [{"paid": ms * 2 // 7, "unpaid": ms - ms * 2 // 7, "billed": 700, "received": 200}]
    september = cells["part", 9]
    # Each piece is within a millisecond of its own share, and the pieces add up to the whole.
    assert september["sold_lit_paid"][0] == pytest.approx(10_000_000 * 2 / 7, abs=1)
    assert september["unsold_unknown_paid"][0] == pytest.approx(86_400_000 * 2 / 7, abs=1)
    assert september["unsold_lit_unbilled"] == (20_000_000, 0)


def test_money_without_card_time_is_named_and_a_receipt_is_never_counted_twice(cells):
    september, october = cells["part", 9], cells["part", 10]
    # The second line, without a lease, gets its 50 of the 60 fen left, 5 are overpaid; the third gets the last 5.
    assert september["line_without_lease_paid"] == (0, 55)
    assert september["line_without_lease_unpaid"] == (0, 35)
    assert september["receipt_without_line_paid"] == (0, 5)
    assert october["receipt_without_line_paid"] == (0, 9)
    # Nine of thirty days of October have been served by 10 October, without a card; the rest is billed in advance.
    assert october["line_without_card_time_unpaid"] == (0, 90)
    assert september["line_in_advance_unpaid"] == (0, 210)


def test_payment_is_unknown_and_not_zero_where_a_center_sends_no_invoices(cells, figures):
    september = cells["silent", 9]
    assert september["sold_lit_payment_unknown"] == (86_400_000, 0)
    assert september["sold_unknown_payment_unknown"] == (2 * 86_400_000, 0)
    assert not [cell for cell in september if cell.startswith(("receipt", "line"))]
    paid = figures["paid_of_sold", "silent", 9]
    assert (paid["lower"], paid["upper"], paid["observed"]) == (0, 1, None)
    assert paid["withheld_reason"] == "payment_unknown"


def test_tenants_and_what_nobody_has_add_up_to_the_able_time_of_every_day(world, query):
    wrong = query(
        world,
        """select days.center_id, days.local_day from fct_center_day__utilization as days
        left join (
            select center_id, local_day, sum(card_milliseconds) as milliseconds
            from fct_center_day__sold_lit_paid group by all
        ) as tenants using (center_id, local_day)
        where coalesce(tenants.milliseconds, 0) <> 1000 * days.racked_card_seconds_upper""",
    )
    assert wrong == []
    tenants = query(world, "select distinct tenant_party_id from fct_center_day__sold_lit_paid order by 1")
    assert [row["tenant_party_id"] for row in tenants] == ["none", "tenant"]


def test_the_identities_of_cells_and_money_hold(world, dbt_project):
    outcome = dbt_project.invoke(
        world,
        "test",
        "--select",
        "assert_cells_of_sold_lit_paid_add_up_to_the_able_time",
        "assert_every_fen_billed_and_received_stands_in_one_cell",
        "path:models/marts/collection",
    )
    assert len(outcome.result) >= 10
