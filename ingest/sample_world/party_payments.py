"""What parties of the sample world paid each other outside the centers' books: rebates, funds, a loop, honest trade."""

from collections.abc import Iterator
from datetime import date

from ingest.sample_world.parties import party_id
from ingest.sample_world.registers import Row

_PAYMENTS = (
    ("vendor-chiyu", "tenant-chiyu-cloud", date(2025, 10, 28), 60_000, "marketing_fund", "declared", "MF-2025-07"),
    ("vendor-chiyu", "tenant-chiyu-cloud", date(2026, 1, 8), 50_000, "rebate", "contract", "RB-2026-01"),
    ("vendor-chiyu", "tenant-chiyu-cloud", date(2026, 3, 5), 50_000, "rebate", "contract", "RB-2026-03"),
    ("op-dongpu", "vendor-nanzhu", date(2025, 11, 5), 24_000, "other", "bank_statement", "BK-DP-1105"),
    ("vendor-nanzhu", "tenant-mingzhu", date(2025, 11, 12), 23_500, "rebate", "bank_statement", "BK-NZ-1112"),
    ("vendor-lanshan", "tenant-qingmu", date(2026, 6, 2), 20_000, "voucher", "contract", "VC-2026-06"),
    ("vendor-beiman", "tenant-wanquan", date(2025, 6, 10), 900_000, "goods", "contract", "PO-2025-118"),
)
"""Payer, payee, day, yuan, nature, what it rests on, document. What was paid for goods has a receipt for them."""


def party_payments() -> Iterator[Row]:
    """Payments that an auditor was shown; which were not shown, nobody knows."""
    for number, (payer, payee, paid_on, amount_cny, nature, visibility, document) in enumerate(_PAYMENTS, start=1):
        yield {
            "payment_id": f"pp-{number:02d}",
            "payer_party_id": party_id(payer),
            "payee_party_id": party_id(payee),
            "paid_on": paid_on,
            "amount_cny": amount_cny * 100,
            "nature": nature,
            "goods_receipt": f"GRN-{document}" if nature == "goods" else None,
            "visibility": visibility,
            "document": document,
        }
