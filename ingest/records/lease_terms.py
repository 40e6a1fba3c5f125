"""What a lease charges for, as its contract says: what an invoice is held against."""

from ingest.domain import BILLING_MODES, RECOGNITIONS, TAX_BASES
from ingest.records.schema import Field, RecordKind, revision

LEASE_TERMS = RecordKind(
    "lease_terms",
    "one row per lease and day from which its charges hold, until the next such day",
    ("lease_id", "valid_from"),
    (
        Field("lease_id", "text", "The lease.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("valid_from", "date", "First local day the terms hold.", required=True),
        Field("billing_mode", "text", "What is charged for.", required=True, choices=BILLING_MODES),
        Field(
            "recognition",
            "text",
            "Whose capacity it is, and whether sub-leased capacity is revenue in full (gross) or by its margin (net).",
            default="own_capacity",
            choices=RECOGNITIONS,
        ),
        Field("machine_count", "integer", "Machines charged for, where machines are.", minimum=0),
        Field("unit_price_cny", "money_cny", "Price of a machine and month, or of a card-hour.", minimum=0),
        Field(
            "minimum_quantity", "quantity", "Card-hours of a calendar month that are charged in any case.", minimum=0
        ),
        Field(
            "rollover_share",
            "quantity",
            "Unused minimum that the next month may use, as a share of the minimum.",
            minimum=0,
            maximum=1,
        ),
        Field("overage_price_cny", "money_cny", "Price of a card-hour beyond the minimum.", minimum=0),
        Field("input_price_cny", "money_cny", "Price of a million input tokens that no cache served.", minimum=0),
        Field("cached_input_price_cny", "money_cny", "Price of a million input tokens from a cache.", minimum=0),
        Field("output_price_cny", "money_cny", "Price of a million output tokens.", minimum=0),
        Field(
            "pass_through_share",
            "quantity",
            "Share of the charge that goes on to the owner of sub-leased capacity.",
            minimum=0,
            maximum=1,
        ),
        Field("tax_basis", "text", "Whether tax is in the prices.", required=True, choices=TAX_BASES),
        Field("vat_rate", "quantity", "Value added tax on it, such as 0.06.", required=True, minimum=0, maximum=1),
        Field("document", "text", "Contract or annex."),
        revision(),
    ),
)
