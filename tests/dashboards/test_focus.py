"""The bill as a FOCUS file: equal to the ledger to the fen, lawful by the format, and read back as it was written."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dashboards.reports.focus import COLUMNS, focus_csv
from ingest.reading import Declaration
from ingest.recognize import reader_of

YEARS = (date(2024, 1, 1), date(2028, 1, 1))
NEVER_EMPTY = (
    "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
    "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName",
    "ListCost", "ProviderName", "PublisherName", "ServiceCategory", "ServiceName", "ServiceSubcategory",
)  # fmt: skip


@pytest.fixture
def center_ids(sql):
    found = sql("select distinct center_id from fct_charge__billed_usage order by center_id")
    assert len(found) >= 5
    return [row["center_id"] for row in found]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_costs_of_all_centers_add_up_to_the_ledger_to_the_fen(marts, sql, center_ids):
    total = Decimal(0)
    for center_id in center_ids:
        text, count, fen = focus_csv(marts, center_id, *YEARS)
        rows = rows_of(text)
        assert len(rows) == count
        assert sum(Decimal(row["BilledCost"]) for row in rows) * 100 == fen
        total += fen
    (ledger,) = sql(
        "select cast(sum(billed_net_cny_fen + billed_tax_cny_fen) as bigint) as fen from fct_lease_month__revenue"
    )
    assert total == ledger["fen"] > 0


def test_what_a_credit_note_takes_back_is_a_row_below_zero_of_its_own(marts, center_ids):
    rows = [row for center_id in center_ids for row in rows_of(focus_csv(marts, center_id, *YEARS)[0])]
    credited = [row for row in rows if row["ChargeCategory"] == "Credit"]
    assert len(credited) > 0
    for row in credited:
        assert Decimal(row["BilledCost"]) < 0
        assert row["ChargeFrequency"] == "One-Time"
        assert not row["ConsumedQuantity"]
        assert "by credit note" in row["ChargeDescription"]


def test_every_row_keeps_the_rules_of_the_format(marts, center_ids):
    for center_id in center_ids:
        rows = rows_of(focus_csv(marts, center_id, *YEARS)[0])
        assert tuple(rows[0]) == COLUMNS
        assert len(COLUMNS) == 57
        for row in rows:
            assert [name for name in NEVER_EMPTY if not row[name]] == []
            assert row["BillingPeriodStart"] <= row["ChargePeriodStart"] < row["ChargePeriodEnd"]
            assert row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]
            assert bool(row["ConsumedQuantity"]) == bool(row["ConsumedUnit"])
            if row["ChargeCategory"] in ("Tax", "Credit"):
                assert not row["ConsumedQuantity"]
                assert not row["PricingQuantity"]
            else:
                assert Decimal(row["ContractedUnitPrice"]) * Decimal(row["PricingQuantity"]) == Decimal(
                    row["ContractedCost"]
                )
                assert Decimal(row["ListUnitPrice"]) * Decimal(row["PricingQuantity"]) == Decimal(row["ListCost"])
            if row["CommitmentDiscountId"]:
                assert row["CommitmentDiscountStatus"] == "Used"
                assert row["CommitmentDiscountQuantity"] == row["ConsumedQuantity"]


def test_our_own_reader_reads_the_use_back_as_it_was_billed(marts, sql, center_ids, tmp_path):
    read_back = 0
    for center_id in center_ids:
        path = tmp_path / "received"
        path.write_text(focus_csv(marts, center_id, *YEARS)[0], encoding="utf-8")
        declaration = Declaration(center_id, "Asia/Shanghai", received_at=datetime(2026, 11, 2, tzinfo=UTC))
        reading = reader_of(path, path.name).read(path, declaration, "a" * 64)
        assert reading.quarantined.is_empty()
        columns = ("consumer_party_id", "used_on", "unit", "quantity_milli", "commitment_id")
        found = reading.records["metered_usage"].select(columns).rows()
        billed = sql(
            """select coalesce(payer_party_id, 'unknown') as consumer_party_id, service_to - 1 as used_on,
                consumed_unit as unit, consumed_quantity_milli as quantity_milli, commitment_id
            from fct_charge__billed_usage where center_id = $1 and consumed_quantity_milli is not null""",
            center_id,
        )
        assert sorted(map(repr, found)) == sorted(repr(tuple(row[name] for name in columns)) for row in billed)
        read_back += len(found)
    assert read_back > 0
