"""Raw rows of parties that pay each other and a center, in thousands of yuan: many cases side by side in one world."""

from datetime import date

import pytest

FEN_OF_A_THOUSAND_YUAN = 100_000


class Case:
    """One center with its operator and the vendor that promised to take there; every name begins with the case's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.payments: list[dict] = []
        self.receipts: list[dict] = []

    def paid(self, payer: str, payee: str, paid_on: date, kilo_cny: float, **changes) -> "Case":
        """A payment outside the cash book: declared, and for no goods, unless `changes` say otherwise."""
        self.payments.append(
            {
                "payment_id": f"{self.name}-{payer}-{payee}-{paid_on}",
                "payer_party_id": f"{self.name}-{payer}",
                "payee_party_id": f"{self.name}-{payee}",
                "paid_on": paid_on,
                "amount_cny_fen": round(kilo_cny * FEN_OF_A_THOUSAND_YUAN),
                "nature": "rebate",
                "visibility": "declared",
            }
            | changes
        )
        return self

    def received(self, consumer: str, booked_on: date, kilo_cny: float, **changes) -> "Case":
        """A receipt in the center's cash book."""
        self.receipts.append(
            {
                "movement_id": f"{self.name}-{consumer}-{booked_on}",
                "center_id": self.name,
                "booked_on": booked_on,
                "movement_kind": "receipt",
                "amount_cny_fen": round(kilo_cny * FEN_OF_A_THOUSAND_YUAN),
                "party_id": f"{self.name}-{consumer}",
            }
            | changes
        )
        return self


def world_of(cases: list[Case], **tables) -> dict[str, list[dict]]:
    """Raw rows of all cases together; name a table to add rows to it."""
    parties = {row[side] for case in cases for row in case.payments for side in ("payer_party_id", "payee_party_id")}
    parties |= {row["party_id"] for case in cases for row in case.receipts}
    rows = {
        "centers": [
            {
                "center_id": case.name,
                "time_zone": "Asia/Shanghai",
                "province_code": 320000,
                "operator_party_id": f"{case.name}-operator",
            }
            for case in cases
        ],
        "parties": [
            {
                "party_id": party,
                "party_name_zh": party,
                "party_kind": "vendor" if party.endswith(("-vendor", "-rival")) else "tenant",
            }
            for party in sorted(parties)
        ],
        "offtake_commitments": [
            {
                "commitment_id": f"{case.name}-take",
                "center_id": case.name,
                "vendor_party_id": f"{case.name}-vendor",
                "unit": "card_hour",
            }
            for case in cases
        ],
        "party_payments": [row for case in cases for row in case.payments],
        "cash_movements": [row for case in cases for row in case.receipts],
    }
    return rows | {name: rows.get(name, []) + more for name, more in tables.items()}


@pytest.fixture(scope="session")
def make_case():
    """A function from a name to an empty case."""
    return Case


@pytest.fixture(scope="session")
def parties_world():
    """A function from cases to the raw rows of all of them."""
    return world_of
