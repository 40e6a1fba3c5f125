"""What a center costs as its contracts say, whenever it is paid: capex, who shares in it, and running costs."""

from ingest.domain import CAPEX_CATEGORIES, CAPEX_SHARE_BASES, CONTRIBUTION_NATURES, OPEX_CATEGORIES, TAX_BASES
from ingest.records.schema import Field, RecordKind, revision

_TAX = (
    Field("tax_basis", "text", "Whether tax is in the amounts.", required=True, choices=TAX_BASES),
    Field("vat_rate", "quantity", "Value added tax on it, such as 0.13.", required=True, minimum=0, maximum=1),
)

CAPEX_LINES = RecordKind(
    "capex_lines",
    "one row per line of what building the center costs",
    ("capex_line_id",),
    (
        Field("capex_line_id", "text", "Own id of the line.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("capex_category", "text", "What is bought.", required=True, choices=CAPEX_CATEGORIES),
        Field("committed_on", "date", "Day the cost was committed to.", required=True),
        Field("amount_cny", "money_cny", "Amount in yuan; or quantity and unit price, or a share.", minimum=0),
        Field("quantity", "quantity", "Number of units.", minimum=0),
        Field("unit_price_cny", "money_cny", "Price of a unit in yuan.", minimum=0),
        Field("share", "quantity", "Share of what `share_of` names, such as 0.175.", minimum=0),
        Field("share_of", "text", "Which lines of the center the share is of.", choices=CAPEX_SHARE_BASES),
        *_TAX,
        Field("supplier_party_id", "text", "Who delivers."),
        Field("contract_id", "text", "Contract it belongs to."),
        Field("document", "text", "Contract, offer or budget."),
        revision(),
    ),
    one_of=("amount_cny", "unit_price_cny", "share"),
    needs=(("unit_price_cny", "quantity"), ("share", "share_of")),
)

CAPITAL_CONTRIBUTIONS = RecordKind(
    "capital_contributions",
    "one row per contribution of another party to what building the center costs",
    ("contribution_id",),
    (
        Field("contribution_id", "text", "Own id of the contribution.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("contributor_party_id", "text", "Who contributes.", required=True),
        Field(
            "contribution_nature",
            "text",
            "What it is: a loan is paid back, prepaid capacity is served later.",
            required=True,
            choices=CONTRIBUTION_NATURES,
        ),
        Field("committed_on", "date", "Day it was promised.", required=True),
        Field("amount_cny", "money_cny", "Amount in yuan.", required=True, minimum=0),
        Field("document", "text", "Agreement or decision."),
        revision(),
    ),
)

OPEX_LINES = RecordKind(
    "opex_lines",
    "one row per running cost and span it is for, energy excepted",
    ("opex_line_id",),
    (
        Field("opex_line_id", "text", "Own id of the line.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("opex_category", "text", "What it is for.", required=True, choices=OPEX_CATEGORIES),
        Field("service_from", "date", "First local day it is for.", required=True),
        Field("service_to", "date", "First local day after it.", required=True),
        Field("amount_cny", "money_cny", "Amount in yuan for the whole span.", required=True, minimum=0),
        *_TAX,
        Field("supplier_party_id", "text", "Who is paid."),
        Field("document", "text", "Contract or bill."),
        revision(),
    ),
    spans=(("service_from", "service_to"),),
)
