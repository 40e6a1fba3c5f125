"""Who takes part, who belongs to whom, and what they paid each other outside the centers' cash books."""

from ingest.domain import LINK_KINDS, PARTY_KINDS, PAYMENT_NATURES, PAYMENT_VISIBILITIES
from ingest.records.schema import Field, RecordKind, revision

PARTIES = RecordKind(
    "parties",
    "one row per legal entity",
    ("party_id",),
    (
        Field("party_id", "text", "Unified social credit code, or an own id where there is none.", required=True),
        Field("party_name_zh", "text", "Registered name in Chinese.", required=True),
        Field("party_name_en", "text", "Name in English."),
        Field("party_kind", "text", "Main role.", required=True, choices=PARTY_KINDS),
        Field("registered_on", "date", "Date of registration."),
        revision(),
    ),
    classifying=("party_kind",),
)

PARTY_LINKS = RecordKind(
    "party_links",
    "one row per link between two parties and span of validity",
    ("link_id",),
    (
        Field("link_id", "text", "Own id of the link.", required=True),
        Field("from_party_id", "text", "The holder or controller.", required=True),
        Field("to_party_id", "text", "The held or controlled party.", required=True),
        Field("link_kind", "text", "Nature of the link.", required=True, choices=LINK_KINDS),
        Field("share_bp", "integer", "Voting share in basis points (2000 is 20 %).", minimum=0, maximum=10_000),
        Field("valid_from", "date", "First day the link holds.", required=True),
        Field("valid_to", "date", "First day it no longer holds; empty while it does."),
        Field(
            "confirmed_on",
            "date",
            "Day on which a shared address, phone, account or e-mail domain was confirmed to mean more.",
            past_only=True,
        ),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
    classifying=("link_kind",),
)

PARTY_PAYMENTS = RecordKind(
    "party_payments",
    "one row per payment between two parties that stands in no center's cash book",
    ("payment_id",),
    (
        Field("payment_id", "text", "Own id of the payment.", required=True),
        Field("payer_party_id", "text", "Who paid.", required=True),
        Field("payee_party_id", "text", "Who received it.", required=True),
        Field("paid_on", "date", "Day the money moved.", required=True, past_only=True),
        Field("amount_cny", "money_cny", "Amount in yuan.", required=True, minimum=0),
        Field("nature", "text", "What it was for.", required=True, choices=PAYMENT_NATURES),
        Field("goods_receipt", "text", "Goods receipt and invoice of what was delivered for it."),
        Field("visibility", "text", "What the row rests on.", required=True, choices=PAYMENT_VISIBILITIES),
        Field("document", "text", "Contract, declaration or statement it is taken from."),
        revision(),
    ),
)
