"""The published bill of a center as a FOCUS 1.2 file: one row per invoice line for its use, and one for its tax.

What a credit note takes back of a line is a row of its own, below zero, and so is the tax of it.

Amounts are the ledger's, to the fen. There are no list prices and no discounts in the ledger, so list, contracted and
effective cost are the billed cost. What was priced is a line of an invoice, not a card-hour: a price with tax divided
by a tax rate has no end of decimals, and the format wants quantity times price to be the cost exactly.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from dashboards import queries

COLUMNS = (
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType",
    "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "CapacityReservationId", "CapacityReservationStatus",
    "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
    "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountQuantity",
    "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity",
    "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName",
    "ListCost", "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity", "PricingUnit",
    "ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType",
    "ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId",
    "SubAccountId", "SubAccountName", "SubAccountType", "Tags",
)  # fmt: skip
"""All 57 columns of FOCUS 1.2, in its own order; a column about what a center has not is empty."""

UNKNOWN_ACCOUNT = "unknown"
"""Account of a line that does not say who is billed: the format allows no empty one."""

NO_CREDIT_NOTE = "none"
"""Credit note of the charges of an invoice line itself."""

_UNITS = {"card_hour": "card-hours", "pflops_hour": "PFLOPS-hours"}


def focus_csv(path: Path, center_id: str, first_month_on: date, end_on: date) -> tuple[str, int, int]:
    """The text of the file, how many charges it has and what they add up to in fen.

    Charges are those whose service began from `first_month_on` until before `end_on`.
    """
    charges = queries.usage.charges(path, center_id, first_month_on, end_on).to_dicts()
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(charges))
    return text.getvalue(), len(charges), sum(charge["billed_fen"] for charge in charges)


def _rows(charges: list[dict]) -> Iterator[dict[str, str]]:
    for charge in charges:
        cost = _decimal(charge["billed_fen"], 2)
        is_use = charge["charge_category"] == "Usage"
        operator = charge["operator_name"] or charge["operator_party_id"] or charge["center_id"]
        row = {
            "BilledCost": cost,
            "BillingAccountId": charge["payer_party_id"] or UNKNOWN_ACCOUNT,
            "BillingAccountName": charge["payer_name"],
            "BillingAccountType": "party",
            "BillingCurrency": "CNY",
            "BillingPeriodStart": _instant(charge["billing_from_epoch_seconds"]),
            "BillingPeriodEnd": _instant(charge["billing_to_epoch_seconds"]),
            "ChargeCategory": charge["charge_category"],
            "ChargeDescription": _description(charge),
            "ChargeFrequency": _frequency(charge),
            "ChargePeriodStart": _instant(charge["service_from_epoch_seconds"]),
            "ChargePeriodEnd": _instant(charge["service_to_epoch_seconds"]),
            "ContractedCost": cost,
            "EffectiveCost": cost,
            "InvoiceId": charge["invoice_id"],
            "InvoiceIssuerName": operator,
            "ListCost": cost,
            "ProviderName": operator,
            "PublisherName": operator,
            "RegionId": charge["province_code"],
            "ServiceCategory": "Compute",
            "ServiceName": "AI accelerator lease",
            "ServiceSubcategory": "Other (Compute)",
            "SubAccountId": charge["lease_id"],
            "SubAccountName": charge["lease_id"],
            "SubAccountType": "lease" if charge["lease_id"] else None,
        }
        if is_use:
            row |= {
                "ContractedUnitPrice": cost,
                "ListUnitPrice": cost,
                "PricingCategory": "Standard",
                "PricingQuantity": "1",
                "PricingUnit": "Invoice Lines",
                "ResourceId": charge["center_id"],
                "ResourceName": charge["center_id"],
                "ResourceType": "computing center",
                "SkuId": charge["lease_kind"] or "lease",
                "SkuPriceId": charge["lease_id"] or charge["invoice_line_id"],
            }
        if charge["consumed_quantity_milli"] is not None:
            quantity, unit = _decimal(charge["consumed_quantity_milli"], 3), _UNITS[charge["consumed_unit"]]
            row |= {"ConsumedQuantity": quantity, "ConsumedUnit": unit}
            if charge["commitment_id"]:
                row |= {
                    "CommitmentDiscountCategory": "Usage",
                    "CommitmentDiscountId": charge["commitment_id"],
                    "CommitmentDiscountName": charge["commitment_id"],
                    "CommitmentDiscountQuantity": quantity,
                    "CommitmentDiscountStatus": "Used",
                    "CommitmentDiscountType": "offtake",
                    "CommitmentDiscountUnit": unit,
                    "PricingCategory": "Committed",
                }
        yield {name: "" if value is None else str(value) for name, value in row.items()}


def _description(charge: dict) -> str:
    line = f"{charge['charge_category']} of invoice line {charge['invoice_line_id']}"
    return line if charge["credit_note_id"] == NO_CREDIT_NOTE else f"{line} by credit note {charge['credit_note_id']}"


def _frequency(charge: dict) -> str:
    if charge["credit_note_id"] != NO_CREDIT_NOTE:
        return "One-Time"
    return "Recurring" if charge["lease_kind"] == "whole_machine" else "Usage-Based"


def _decimal(scaled: int, decimals: int) -> str:
    """An integer of the smallest unit as exact decimal text."""
    sign, digits = "-" if scaled < 0 else "", f"{abs(scaled):0{decimals + 1}d}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def _instant(epoch_seconds: int) -> str:
    return f"{datetime.fromtimestamp(epoch_seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
