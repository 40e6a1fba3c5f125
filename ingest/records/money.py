"""What was signed and what was paid."""

from ingest.domain import CASH_KINDS, CONTRACT_KINDS, TAX_BASES
from ingest.records.schema import Field, RecordKind, revision

CONTRACTS = RecordKind(
    "contracts",
    "one row per contract",
    ("contract_id",),
    (
        Field("contract_id", "text", "Own id of the contract.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("contract_kind", "text", "What it is about.", required=True, choices=CONTRACT_KINDS),
        Field("title", "text", "Title."),
        Field("supplier_party_id", "text", "Who delivers."),
        Field("buyer_party_id", "text", "Who pays."),
        Field("signed_on", "date", "Date of signature.", required=True),
        Field("amount_cny", "money_cny", "Amount in yuan.", required=True, minimum=0),
        Field("tax_basis", "text", "Whether tax is in the amount.", choices=TAX_BASES),
        revision(),
    ),
    classifying=("contract_kind",),
)

CASH_MOVEMENTS = RecordKind(
    "cash_movements",
    "one row per payment made or received",
    ("movement_id",),
    (
        Field("movement_id", "text", "Own id of the movement.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("booked_on", "date", "Day the money moved.", required=True, past_only=True),
        Field(
            "movement_kind",
            "text",
            "What it was for; the kind gives the direction.",
            required=True,
            choices=CASH_KINDS,
        ),
        Field("amount_cny", "money_cny", "Amount in yuan, never negative.", required=True, minimum=0),
        Field("party_id", "text", "The other side."),
        Field("contract_id", "text", "Contract it belongs to."),
        Field("lease_id", "text", "Lease it belongs to."),
        Field("document", "text", "Voucher or bank reference."),
        revision(),
    ),
    classifying=("movement_kind",),
)
