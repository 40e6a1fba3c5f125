"""What the leases of the sample world charge for, the tokens their meters counted, and credits given. In fen.

Two leases tell a story: one has a monthly minimum that is not billed when its tenant uses less, and two are sub-let
capacity of others, one of them shown by its margin.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.sample_world.money import MILLION_TOKENS_PER_CARD_HOUR, lease_lit_hours
from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec, LeaseSpec
from ingest.sample_world.usage import Usage

_VAT_RATE_MILLI = 60
_RESERVED = {"dp-l5": {"minimum_quantity": 3_600_000, "rollover_share": 200, "overage_price_cny": 680}}
"""Lease with a minimum: thousandths of card-hours a month, share carried over, price beyond it."""
_SUBLET = {"yz-l3": ("sublease_gross", 820), "yt-l4": ("sublease_net", 850)}
"""Leases of capacity that belongs to somebody else, and the thousandths of the charge that go on to its owner."""
_TOKEN_MIX = (
    ("input_token_million", "input_price_cny", 550, 100),
    ("cached_input_token_million", "cached_input_price_cny", 250, 20),
    ("output_token_million", "output_price_cny", 200, 200),
)
"""Kind of token: unit of its meter, field of its price, thousandths of all tokens, percent of the average price."""
_SLA_CREDITS = (("xl-l2", date(2026, 7, 1), 0.03), ("hr-l2", date(2026, 5, 1), 0.015))
"""Lease, month and share of the month's charge that was given back for missed availability."""


def lease_terms(center: CenterSpec) -> Iterator[Row]:
    """Charges of every lease of the center that costs anything, from its first day on."""
    for lease in center.leases:
        if lease.unit_price_cny > 0:
            yield _terms(center, lease)


def _terms(center: CenterSpec, lease: LeaseSpec) -> Row:
    price_fen = round(lease.unit_price_cny * 100)
    recognition, share = _SUBLET.get(lease.lease_id, ("own_capacity", None))
    row = {
        "lease_id": lease.lease_id,
        "center_id": center.center_id,
        "valid_from": lease.starts_on,
        "billing_mode": "reserved" if lease.lease_id in _RESERVED else lease.lease_kind,
        "recognition": recognition,
        "machine_count": len(lease.servers) if lease.lease_kind == "whole_machine" else None,
        "pass_through_share": share,
        "tax_basis": "included",
        "vat_rate": _VAT_RATE_MILLI,
        "document": f"K-{lease.lease_id}",
    }
    if lease.lease_kind == "token":
        return row | {field: price_fen * percent // 100 for _, field, _, percent in _TOKEN_MIX}
    return row | {"unit_price_cny": price_fen} | _RESERVED.get(lease.lease_id, {})


def token_meters(centers: tuple[CenterSpec, ...], usage: Usage) -> Iterator[Row]:
    """Millions of tokens of each token lease and calendar month, read on the last day of service in it."""
    for center, lease in usage.leases:
        if center not in centers or lease.lease_kind != "token":
            continue
        for _, _, end, hours in lease_lit_hours(lease, usage):
            read_on = end - timedelta(days=1)
            for unit, _, share, _ in _TOKEN_MIX:
                yield {
                    "usage_id": f"{lease.lease_id}-{unit}-{read_on:%Y%m}",
                    "center_id": center.center_id,
                    "consumer_party_id": party_id(lease.tenant),
                    "used_on": read_on,
                    "quantity": round(hours * MILLION_TOKENS_PER_CARD_HOUR * share),
                    "unit": unit,
                    "lease_id": lease.lease_id,
                }


def credit_notes(center: CenterSpec, lines: list[Row]) -> Iterator[Row]:
    """Credits for missed availability, issued on the last day of the month after the service."""
    for lease_id, month, share in _SLA_CREDITS:
        for line in lines:
            if line["lease_id"] != lease_id or line["service_from"].replace(day=1) != month:
                continue
            issued_on = line["issued_on"].replace(day=monthrange(line["issued_on"].year, line["issued_on"].month)[1])
            yield {
                "credit_note_id": f"CN-{lease_id}-{month:%Y%m}",
                "invoice_line_id": line["invoice_line_id"],
                "center_id": center.center_id,
                "issued_on": issued_on,
                "credit_kind": "sla",
                "net_cny": round(line["net_cny"] * share),
                "tax_cny": round(line["tax_cny"] * share),
                "document": f"SLA-{lease_id}-{month:%Y%m}",
            }
