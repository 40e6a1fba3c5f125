"""EX-E7, EX-E8, EX-E11, EX-E12 and EX-E14: what a contract charges by mode, and what stays of what was billed."""

from datetime import UTC, date, datetime

import pytest

MODELS = [
    "+fct_lease_month__revenue",
    "+fct_center_month_mode__revenue",
    "+fct_center_month__revenue_quality",
    "+fct_invoice_line__tax",
    "+fct_lease__implied_price",
    "+fct_charge__billed_usage",
    "+fct_invoice_line__collection",
    "+int_leases__months",
    "+int_collection__cell_months",
]
AS_OF = datetime(2026, 1, 10, tzinfo=UTC)
START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2029, 1, 1, tzinfo=UTC)
H800 = "nvidia-h800-sxm5-80g"


def lease(lease_id: str, mode: str, starts_at: datetime = START, ends_at: datetime = END, **terms: object) -> dict:
    """A lease and its terms; prices in yuan, quantities as people write them."""
    scaled = {f"{name}_fen": round(value * 100) for name, value in terms.items() if name.endswith("_cny")}
    scaled |= {
        f"{name}_milli": round(value * 1000)
        for name, value in terms.items()
        if name.endswith(("_share", "_quantity", "_rate"))
    }
    others = {name: value for name, value in terms.items() if name in ("recognition", "machine_count")}
    return {
        "leases": {
            "lease_id": lease_id,
            "center_id": "c1",
            "tenant_party_id": terms.get("tenant", "tenant"),
            "lease_kind": "card_hour" if mode == "reserved" else mode,
            "purpose": "external_paid",
            "starts_at": starts_at,
            "ends_at": ends_at,
        },
        "lease_terms": {
            "lease_id": lease_id,
            "center_id": "c1",
            "valid_from": starts_at.date(),
            "billing_mode": mode,
            "recognition": "own_capacity",
            "tax_basis": terms.get("tax_basis", "excluded"),
            "vat_rate_milli": 60,
        }
        | scaled
        | others,
    }


def use(lease_id: str, month: int, quantity: float, unit: str = "card_hour") -> dict:
    return {
        "usage_id": f"{lease_id}-{unit}-{month}",
        "center_id": "c1",
        "consumer_party_id": "tenant",
        "used_on": date(2025, month, 28),
        "quantity_milli": round(quantity * 1000),
        "unit": unit,
        "lease_id": lease_id,
    }


def line(lease_id: str | None, month: int, net: float, tax: float, payer: str = "tenant", months: int = 1) -> dict:
    after = month + months
    return {
        "invoice_line_id": f"{lease_id}-{payer}-{month}",
        "invoice_id": f"{lease_id}-{payer}-{month}",
        "center_id": "c1",
        "payer_party_id": payer,
        "lease_id": lease_id,
        "issued_on": date(2026, 1, 5),
        "service_from": date(2025, month, 1),
        "service_to": date(2025 + (after - 1) // 12, (after - 1) % 12 + 1, 1),
        "net_cny_fen": round(net * 100),
        "tax_cny_fen": round(tax * 100),
    }


@pytest.fixture(scope="module")
def world(build_world):
    described = [
        lease("strict", "reserved", unit_price_cny=8, overage_price_cny=10, minimum_quantity=1000),
        lease("rolling", "reserved", unit_price_cny=8, overage_price_cny=10, minimum_quantity=1000, rollover_share=0.2),
        lease("tokens", "token", input_price_cny=2, cached_input_price_cny=0.5, output_price_cny=8),
        lease("unmetered", "card_hour", unit_price_cny=5),
        lease("machine6", "whole_machine", unit_price_cny=69_000, machine_count=1, tax_basis="included"),
        lease(
            "machine13", "whole_machine", unit_price_cny=69_000, machine_count=1, tax_basis="included", vat_rate=0.13
        ),
        lease(
            "short",
            "whole_machine",
            datetime(2025, 4, 11, tzinfo=UTC),
            datetime(2025, 6, 20, 14, 24, tzinfo=UTC),
            unit_price_cny=30_000,
            machine_count=2,
        ),
        lease("gross", "card_hour", recognition="sublease_gross", pass_through_share=0.8, unit_price_cny=1),
        lease("net", "card_hour", recognition="sublease_net", pass_through_share=0.8, unit_price_cny=1),
        lease("friend", "card_hour", unit_price_cny=1, tenant="friend"),
    ]
    usage = [
        use(name, month, hours) for name in ("strict", "rolling") for month, hours in ((1, 800), (2, 1200), (3, 1500))
    ]
    usage += [
        use("tokens", 1, 120_000, "input_token_million"),
        use("tokens", 1, 280_000, "cached_input_token_million"),
        use("tokens", 1, 30_000, "output_token_million"),
    ]
    # 69,000 a month with tax of 6 %: 65,094.34 and 3,905.66.
    lines = [line("machine6", month, 65_094.34, 3_905.66) for month in range(1, 13)]
    lines += [
        line("machine13", 1, 61_061.95, 3_905.66),
        line("gross", 2, 1000, 60),
        line("net", 2, 1000, 60),
        line("friend", 2, 3000, 180, payer="friend"),
        line(None, 2, 500.01, 30, payer="stranger", months=3),
    ]
    rows = {
        "centers": [
            {
                "center_id": "c1",
                "center_name_zh": "c1",
                "center_name_en": "c1",
                "province_code": 320000,
                "time_zone": "UTC",
                "opened_on": date(2025, 1, 1),
                "operator_party_id": "operator",
            }
        ],
        "party_links": [
            {
                "link_id": "1",
                "from_party_id": "operator",
                "to_party_id": "friend",
                "link_kind": "shareholding",
                "share_bp": 2500,
                "valid_from": date(2020, 1, 1),
            }
        ],
        "leases": [item["leases"] for item in described],
        "lease_terms": [item["lease_terms"] for item in described],
        "metered_usage": usage,
        "invoice_lines": lines,
        "credit_notes": [
            {
                "credit_note_id": "sla",
                "invoice_line_id": "gross-tenant-2",
                "center_id": "c1",
                "issued_on": date(2026, 1, 6),
                "credit_kind": "sla",
                "net_cny_fen": 2_000,
                "tax_cny_fen": 120,
            },
            {
                "credit_note_id": "later-than-as-of",
                "invoice_line_id": "gross-tenant-2",
                "center_id": "c1",
                "issued_on": date(2026, 2, 1),
                "credit_kind": "sla",
                "net_cny_fen": 9_000,
                "tax_cny_fen": 540,
            },
            {
                "credit_note_id": "beyond",
                "invoice_line_id": "machine13-tenant-1",
                "center_id": "c1",
                "issued_on": date(2026, 1, 6),
                "credit_kind": "correction",
                "net_cny_fen": 7_000_000,
                "tax_cny_fen": 400_000,
            },
        ],
        "cash_movements": [
            {
                "movement_id": "in",
                "center_id": "c1",
                "booked_on": date(2026, 1, 7),
                "movement_kind": "receipt",
                "amount_cny_fen": 5_300_00,
            }
        ],
        "receipt_allocations": [
            {
                "movement_id": "in",
                "invoice_line_id": "machine6-tenant-1",
                "center_id": "c1",
                "allocated_cny_fen": 530_000,
            }
        ],
        "device_events": [
            {
                "event_id": f"e{number}",
                "center_id": "c1",
                "device_uid": f"d{number}",
                "model_id": H800,
                "occurred_at": START,
                "state": "in_service",
            }
            for number in range(8)
        ],
        "lease_devices": [
            {"lease_id": "machine6", "center_id": "c1", "device_uid": f"d{number}", "allocated_from": START}
            for number in range(8)
        ],
    }
    return build_world(rows, select=MODELS, as_of=AS_OF)


@pytest.fixture(scope="module")
def months(world, query) -> dict[tuple[str, int], dict]:
    found = query(world, "select * from fct_lease_month__revenue")
    return {(row["account_id"], row["month_start_on"].month): row for row in found}


@pytest.mark.parametrize(("lease_id", "answer"), [("strict", "no_rollover"), ("rolling", "rollover20")])
def test_a_reserved_lease_charges_the_larger_of_its_minimum_and_its_use(months, worked_examples, lease_id, answer):
    charged = [months[lease_id, month]["contract_net_cny_fen"] / 100 for month in (1, 2, 3)]
    assert charged == worked_examples["EX-E7"][answer]


def test_tokens_are_charged_by_kind(months, worked_examples):
    assert months["tokens", 1]["contract_net_cny_fen"] / 100 == worked_examples["EX-E8"]["token_revenue"]


@pytest.mark.parametrize(("lease_id", "answer"), [("machine6", "net6"), ("machine13", "net13")])
def test_a_price_with_tax_is_net_at_the_rate_of_its_terms(months, worked_examples, lease_id, answer):
    net = months[lease_id, 1]["contract_net_cny_fen"] / 100
    assert net == pytest.approx(worked_examples["EX-E11"][answer], abs=0.005)


def test_a_part_of_a_month_charges_its_days_and_the_day_of_leaving_is_one_of_them(months):
    days = {month: months["short", month]["in_force_days"] for month in (4, 5, 6)}
    assert days == {4: 20, 5: 31, 6: 20}
    charged = [months["short", month]["contract_net_cny_fen"] / 100 for month in (4, 5, 6)]
    assert charged == [40_000, 60_000, 40_000]


def test_what_no_meter_counted_is_not_charged_as_zero(months):
    row = months["unmetered", 1]
    assert (row["contract_net_cny_fen"], row["contract_withheld_reason"]) == (None, "not_metered")


def test_a_sublease_shown_net_is_revenue_by_its_margin_and_billed_in_full(months):
    assert months["gross", 2]["recognised_net_cny_fen"] == months["gross", 2]["billed_net_cny_fen"] == 98_000
    assert months["gross", 2]["passed_on_net_cny_fen"] == 78_400
    assert (months["net", 2]["billed_net_cny_fen"], months["net", 2]["recognised_net_cny_fen"]) == (100_000, 20_000)


def test_a_credit_lowers_what_is_billed_in_the_month_of_its_line(months):
    row = months["gross", 2]
    assert (row["invoiced_net_cny_fen"], row["credit_net_cny_fen"]) == (100_000, 2_000)
    assert (row["billed_net_cny_fen"], row["billed_tax_cny_fen"]) == (98_000, 5_880)


def test_a_credit_beyond_its_line_takes_the_line_and_no_more(world, query):
    (row,) = query(world, "from fct_invoice_line__tax where invoice_line_id = 'machine13-tenant-1'")
    assert (row["credit_net_cny_fen"], row["credit_tax_cny_fen"]) == (6_106_195, 390_566)
    assert row["credit_beyond_line_cny_fen"] == 7_400_000 - 6_106_195 - 390_566


def test_credits_lower_what_is_billed_in_every_view_of_it_by_the_same_fen(world, query):
    invoiced = 12 * 6_900_000 + 6_496_761 + 2 * 106_000 + 318_000 + 53_001
    billed = invoiced - 2_120 - 6_496_761
    sums = {
        "fct_charge__billed_usage": "sum(billed_fen)",
        "fct_invoice_line__collection": "sum(billed_cny_fen)",
        "fct_lease_month__revenue": "sum(billed_net_cny_fen + billed_tax_cny_fen)",
    }
    found = {table: query(world, f"select {amount} as fen from {table}")[0]["fen"] for table, amount in sums.items()}
    assert found == dict.fromkeys(sums, billed)
    (months,) = query(world, "select sum(billed_net_cny_fen) as fen from int_leases__months")
    (leases,) = query(
        world, "select sum(billed_net_cny_fen) as fen from fct_lease_month__revenue where lease_id is not null"
    )
    assert months == leases


def test_a_credit_note_is_a_charge_below_zero_with_its_tax(world, query):
    rows = query(world, "from fct_charge__billed_usage where credit_note_id = 'sla' order by charge_category")
    assert [(row["charge_category"], row["billed_fen"]) for row in rows] == [("Credit", -2_000), ("Tax", -120)]
    assert query(world, "from fct_charge__billed_usage where credit_note_id = 'later-than-as-of'") == []


def test_what_is_waived_is_not_unpaid(world, query):
    """The matrix of sold, lit and paid holds what is billed less what came in, credits deducted."""
    (cells,) = query(
        world,
        """select sum(amount_cny_fen) as fen from int_collection__cell_months
        where scope_id = 'c1' and money_status = 'unpaid'""",
    )
    (lines,) = query(world, "select sum(billed_cny_fen - received_cny_fen) as fen from fct_invoice_line__collection")
    assert cells == lines


def test_a_line_over_several_months_loses_no_fen(months):
    parts = [months["without_lease/stranger", month]["billed_net_cny_fen"] for month in (2, 3, 4)]
    # 28, 31 and 30 of 89 days.
    assert parts == [15_731, 17_416, 16_854]
    assert sum(parts) == 50_001


def test_related_billing_counts_up_to_the_cap_of_the_month(world, query):
    (row,) = query(world, "select * from fct_center_month__revenue_quality where month_start_on = '2025-02-01'")
    billed = row["billed_net_cny_fen"]
    assert row["related_billed_net_cny_fen"] == 300_000
    assert row["quality_adjusted_net_cny_fen"] == billed - max(0, 300_000 - int(billed * 0.3))
    (january,) = query(world, "select * from fct_center_month__revenue_quality where month_start_on = '2025-01-01'")
    assert january["collected_net_cny_fen"] == 500_000
    assert january["collected_cny_fen"] == 530_000


def test_tax_that_is_not_the_rate_of_the_terms_is_told_line_by_line(world, query):
    verdicts = {
        row["invoice_line_id"]: row["tax_verdict"] for row in query(world, "select * from fct_invoice_line__tax")
    }
    assert verdicts["machine6-tenant-1"] == "as_agreed"
    assert verdicts["machine13-tenant-1"] == "other_rate"
    assert verdicts["None-stranger-2"] == "no_terms"


def test_modes_leases_and_lines_add_up_to_one_sum_in_every_column(world, query):
    columns = ("invoiced_net", "credit_net", "collected", "collected_net")
    sums = {
        table: query(world, f"select {', '.join(f'sum({name}_cny_fen) as {name}' for name in columns)} from {table}")
        for table in ("fct_invoice_line__tax", "fct_lease_month__revenue", "fct_center_month_mode__revenue")
    }
    assert len({str(rows) for rows in sums.values()}) == 1


def test_the_price_that_a_contract_implies_is_that_of_the_example(world, query, worked_examples):
    (row,) = query(world, "select * from fct_lease__implied_price where lease_id = 'machine6'")
    assert row["billed_gross_cny_fen"] == 69_000 * 12 * 100
    assert row["gross_cny_per_card_hour"] == pytest.approx(worked_examples["EX-E12"]["card_hour"], abs=1e-6)
    expected = worked_examples["EX-E14"]
    assert row["gross_cny_per_dense_pflops_year"] == pytest.approx(expected["contract_rev_per_dense_p"])
    assert row["gross_cny_per_marketed_pflops_year"] == pytest.approx(expected["contract_rev_per_sparse_p"])
