"""Invoices of the sample world, and which receipt of the cash book settled which line. In fen.

A month is billed on the 5th of the next. Three things go wrong, as they do: a clerk leaves the lease off a line, a
center goes on billing a tenant that has left, and a receipt is booked that nobody matches to an invoice.
"""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.money import RECEIPT_PREFIX, lease_months, next_month
from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec, LeaseSpec
from ingest.sample_world.story import END_DAY
from ingest.sample_world.usage import Usage

_LINE_PREFIX = "FP"
"""A receipt and the line it pays differ in their ids by the prefix alone."""
_VAT_BP = 600
_WITHOUT_LEASE = (("xl-l1", date(2026, 8, 1)), ("xl-l1", date(2026, 9, 1)))
"""Lines on which the clerk left the lease off."""
_BILLED_AFTER_LEAVING = {"dp-l1": date(2026, 9, 1), "jw-l3": date(2026, 9, 1)}
"""Leases billed on at the amount of their last full month after they were canceled, and the first month not billed."""
_UNMATCHED = (("yt-l3", date(2026, 8, 1)), ("hr-l3", date(2026, 9, 1)))
"""Receipts that no line is matched to."""


def invoice_lines(center: CenterSpec, usage: Usage) -> list[Row]:
    """All lines a center issued, lease by lease."""
    lines = [line for _, lease in _leases_of(center, usage) for line in _lines(center, lease, usage)]
    return [line for line in lines if line["issued_on"] < END_DAY]


def receipt_allocations(center: CenterSpec, lines: list[Row], movements: list[Row]) -> Iterator[Row]:
    """Every matched receipt of the center's cash book, with the line it settles."""
    receipts = {row["document"]: row for row in movements if row["movement_kind"] == "receipt"}
    for line in lines:
        receipt = receipts.get(line["invoice_line_id"].replace(_LINE_PREFIX, RECEIPT_PREFIX, 1))
        if receipt is None or line["invoice_line_id"] in _UNMATCHED_LINES:
            continue
        yield {
            "movement_id": receipt["movement_id"],
            "invoice_line_id": line["invoice_line_id"],
            "center_id": center.center_id,
            "allocated_cny": receipt["amount_cny"],
        }


def _leases_of(center: CenterSpec, usage: Usage) -> Iterator[tuple[CenterSpec, LeaseSpec]]:
    return ((owner, lease) for owner, lease in usage.leases if owner is center and lease.unit_price_cny > 0)


def _lines(center: CenterSpec, lease: LeaseSpec, usage: Usage) -> Iterator[Row]:
    full_month_cny = 0.0
    month = lease.starts_on
    for month, first, end, amount_cny in lease_months(lease, usage):
        if round(amount_cny * 100) > 0:
            yield _line(center, lease, month, first, end, round(amount_cny * 100))
        if first == month and end == next_month(month):
            full_month_cny = amount_cny
    stop_on = _BILLED_AFTER_LEAVING.get(lease.lease_id, month)
    month = next_month(month.replace(day=1))
    while month < stop_on:
        yield _line(center, lease, month, month, next_month(month), round(full_month_cny * 100))
        month = next_month(month)


def _line(center: CenterSpec, lease: LeaseSpec, month: date, first: date, end: date, gross_fen: int) -> Row:
    line_id = _line_id(lease.lease_id, month)
    net_fen = -(-gross_fen * 10_000 // (10_000 + _VAT_BP))
    return {
        "invoice_line_id": line_id,
        "invoice_id": f"{center.center_id}-{line_id}",
        "center_id": center.center_id,
        "payer_party_id": party_id(lease.tenant),
        "lease_id": None if (lease.lease_id, month) in _WITHOUT_LEASE else lease.lease_id,
        "issued_on": next_month(month).replace(day=5),
        "service_from": first,
        "service_to": end,
        "net_cny": net_fen,
        "tax_cny": gross_fen - net_fen,
    }


def _line_id(lease_id: str, month: date) -> str:
    return f"{_LINE_PREFIX}-{lease_id}-{month:%Y%m}"


_UNMATCHED_LINES = frozenset(_line_id(lease_id, month) for lease_id, month in _UNMATCHED)
