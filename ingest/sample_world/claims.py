"""What is claimed under the subsidies of the sample world, with which papers, and what assessors found.

One claim is as it should be. The others fail, or cannot be told, each for one reason of its own: a user from elsewhere,
an order that is on no file, one invoice under two programmes, cards claimed before they run, a center too small.
"""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.fleet import Device
from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row

VOUCHER_SHARE = 0.3
_SUMMER = (date(2026, 6, 1), date(2026, 9, 1))
_SUMMER_MONTHS = ("202606", "202607", "202608")
_VOUCHERS = (
    ("yz-v-001", "yangzhou-01-s-voucher", "tenant-huaijiang", "yz-l3", _SUMMER_MONTHS, True),
    ("yz-v-002", "yangzhou-01-s-voucher", "tenant-songtao", "yz-l2", _SUMMER_MONTHS, True),
    ("yz-v-003", "yangzhou-01-s-voucher", "tenant-wanquan", "yz-l1", ("202606",), False),
    ("yz-v-004", "yangzhou-01-s-voucher", "tenant-wanquan", "yz-l6", ("202607",), True),
    ("yz-i-001", "yangzhou-01-s-industry", "tenant-wanquan", "yz-l6", ("202607",), True),
)
"""Claim, programme, user, lease, months invoiced, and whether there is an order of the city's platform."""
_REWARDS = (
    ("sq-o-2025", "shiqiao-01-s-operation", "shiqiao-01", "op-shiqiao", date(2025, 1, 1), date(2026, 1, 1),
     54_000_000, ("target_letter", "assessment_report")),
    ("yt-o-2026", "yunting-01-s-operation", "yunting-01", "op-yunting", date(2025, 6, 1), date(2026, 6, 1),
     24_000_000, ("target_letter", "electricity_statement", "assessment_report")),
    ("jw-o-2026", "jiangwan-01-s-operation", "jiangwan-01", "op-jiangwan", date(2025, 10, 1), date(2026, 10, 1),
     180_000_000, ("target_letter", "electricity_statement")),
)  # fmt: skip
"""Claim, programme, center, claimant, first day, first day after, fen claimed, papers."""
_BUILD_CLAIM = ("sq-b-001", date(2025, 7, 2), 200_000_000)
_SECOND_BUILD_CLAIM = ("sq-b-002", date(2025, 9, 1), 50_000_000)
_CARDS_CLAIMED_TWICE = 2


def subsidy_claims(billed: dict[str, list[Row]]) -> Iterator[Row]:
    """All claims; `billed` has the invoice lines of each center, which vouchers are a share of."""
    for claim_id, programme_id, tenant, lease_id, months, _ in _VOUCHERS:
        lines = [line for line in billed["yangzhou-01"] if line["invoice_line_id"] in _line_ids(lease_id, months)]
        yield {
            "claim_id": claim_id,
            "programme_id": programme_id,
            "center_id": "yangzhou-01",
            "claimant_party_id": party_id(tenant),
            "supplier_party_id": party_id("op-canal"),
            "buyer_party_id": party_id(tenant),
            "claimed_on": date(2026, 10, 12),
            "period_from": _SUMMER[0],
            "period_to": _SUMMER[1],
            "claimed_cny": int(sum(line["net_cny"] + line["tax_cny"] for line in lines) * VOUCHER_SHARE),
            "document": f"APPLICATION-{claim_id}",
        }
    for claim_id, programme_id, center_id, operator, first, end, amount_fen, _ in _REWARDS:
        yield {
            "claim_id": claim_id,
            "programme_id": programme_id,
            "center_id": center_id,
            "claimant_party_id": party_id(operator),
            "supplier_party_id": party_id(operator),
            "claimed_on": end.replace(day=20),
            "period_from": first,
            "period_to": end,
            "claimed_cny": amount_fen,
            "document": f"APPLICATION-{claim_id}",
        }
    for claim_id, claimed_on, amount_fen in (_BUILD_CLAIM, _SECOND_BUILD_CLAIM):
        yield {
            "claim_id": claim_id,
            "programme_id": "shiqiao-01-s-build",
            "center_id": "shiqiao-01",
            "claimant_party_id": party_id("op-shiqiao"),
            "supplier_party_id": party_id("vendor-nanzhu"),
            "claimed_on": claimed_on,
            "period_from": date(2024, 9, 3),
            "period_to": claimed_on,
            "claimed_cny": amount_fen,
            "document": f"APPLICATION-{claim_id}",
        }


def subsidy_claim_items(fleet: list[Device]) -> Iterator[Row]:
    """What each claim rests on: contracts, invoices, serials and papers."""
    for claim_id, _, _, lease_id, months, is_ordered in _VOUCHERS:
        yield _item(claim_id, "contract", lease_id)
        for line_id in sorted(_line_ids(lease_id, months)):
            yield _item(claim_id, "invoice", f"yangzhou-01-{line_id}")
        if is_ordered:
            yield _item(claim_id, "platform_order", f"ORDER-{claim_id}")
    for claim_id, *_, papers in _REWARDS:
        for paper in papers:
            yield _item(claim_id, paper, f"{paper.upper().replace('_', '-')}-{claim_id}")
    cards = [device for device in fleet if device.center_id == "shiqiao-01"]
    serving = sorted(device.serial for device in cards if device.served_from is not None)
    staged = sorted(device.serial for device in cards if device.served_from is None)
    for claim, serials in (
        (_BUILD_CLAIM, serving),
        (_SECOND_BUILD_CLAIM, [*staged, *serving[:_CARDS_CLAIMED_TWICE]]),
    ):
        yield _item(claim[0], "acceptance_sheet", f"ACCEPTANCE-{claim[0]}")
        for serial in serials:
            yield _item(claim[0], "serial", serial)


def subsidy_assessments() -> Iterator[Row]:
    """What a third party found where the center's own records measure nothing."""
    yield {
        "assessment_id": "sq-a-001",
        "milestone_id": "shiqiao-01-s-build-4",
        "assessed_on": date(2026, 1, 22),
        "achieved_lower": 1_420,
        "achieved_upper": 1_480,
        "document": "ASSESSMENT-PUE-shiqiao-01",
    }


def party_sizes() -> Iterator[Row]:
    """How large users said they were; of some nobody knows."""
    for tenant, headcount, customers in (
        ("tenant-wanquan", 212, 40),
        ("tenant-songtao", 530, 12),
        ("tenant-huaijiang", 36, 9),
        ("tenant-jinhe", 58, 31),
        ("tenant-chiyu-cloud", 0, 1),
        ("tenant-canglan", 120, 22),
        ("tenant-college", 310, 1),
    ):
        yield {
            "party_id": party_id(tenant),
            "stated_on": date(2026, 6, 30),
            "insured_headcount": headcount,
            "customer_count": customers,
            "document": "SOCIAL-SECURITY-2026-06",
        }


def _line_ids(lease_id: str, months: tuple[str, ...]) -> set[str]:
    return {f"FP-{lease_id}-{month}" for month in months}


def _item(claim_id: str, kind: str, ref: str) -> Row:
    return {"claim_id": claim_id, "item_kind": kind, "item_ref": ref}
