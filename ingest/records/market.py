"""What the market pays for a card and for an hour of it, with where that is known from."""

from ingest.domain import MARKET_PRICE_KINDS, TAX_BASES
from ingest.records.schema import Field, RecordKind, revision

MARKET_PRICES = RecordKind(
    "market_prices",
    "one row per quoted price of an accelerator model",
    ("price_id",),
    (
        Field("price_id", "text", "Own id of the quotation.", required=True),
        Field(
            "price_kind",
            "text",
            "A lease of it by the card-hour, a new card or a used card.",
            required=True,
            choices=MARKET_PRICE_KINDS,
        ),
        Field("model_id", "text", "Accelerator model, as in the catalogue.", required=True),
        Field(
            "lease_term_months",
            "integer",
            "Months a lease at this price binds; 0 is by the hour. Empty for cards.",
            minimum=0,
        ),
        Field(
            "price_cny",
            "money_cny",
            "Yuan per card-hour for a lease, per card for a new or used card.",
            required=True,
            minimum=0,
        ),
        Field("tax_basis", "text", "Whether tax is in the price.", required=True, choices=TAX_BASES),
        Field("valid_from", "date", "First day the price holds.", required=True),
        Field("valid_to", "date", "First day it no longer holds; empty until another is known."),
        Field("quoted_by", "text", "Who quoted it, or where it is published.", required=True),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
)
