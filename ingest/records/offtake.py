"""What vendors promised to take, period by period, and what they paid for falling short."""

from ingest.domain import (
    COMMITMENT_ENDS,
    OFFTAKE_ELIGIBILITIES,
    OFFTAKE_MEASURES,
    OFFTAKE_SUB_LEASES,
    OFFTAKE_UNITS,
    TAX_BASES,
)
from ingest.records.schema import Field, RecordKind, revision

OFFTAKE_COMMITMENTS = RecordKind(
    "offtake_commitments",
    "one row per commitment",
    ("commitment_id",),
    (
        Field("commitment_id", "text", "Own id of the commitment.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("vendor_party_id", "text", "Who promised.", required=True),
        Field("signed_on", "date", "Date of signature.", required=True),
        Field("unit", "text", "Unit of the quantities.", required=True, choices=OFFTAKE_UNITS),
        Field("measured_on", "text", "What counts as taken.", required=True, choices=OFFTAKE_MEASURES),
        Field("floor_price_cny", "money_cny", "True-up price per unit of shortfall.", required=True, minimum=0),
        Field(
            "related_take",
            "text",
            "Whether take by parties related to the vendor counts in full, up to the cap, or not; empty for capped.",
            choices=OFFTAKE_ELIGIBILITIES,
        ),
        Field(
            "self_use",
            "text",
            "The same for take by the vendor itself; empty for capped.",
            choices=OFFTAKE_ELIGIBILITIES,
        ),
        Field(
            "sub_lease",
            "text",
            "Whether use by another than the tenant of its lease counts; empty for allowed.",
            choices=OFFTAKE_SUB_LEASES,
        ),
        Field(
            "related_cap_bp",
            "integer",
            "Related take counts up to this share of the period.",
            minimum=0,
            maximum=10_000,
        ),
        Field(
            "credit_cap_bp",
            "integer",
            "Excess carried forward, share of the period.",
            default=0,
            minimum=0,
            maximum=10_000,
        ),
        Field("credit_expiry_periods", "integer", "Periods a credit lives.", default=0, minimum=0, maximum=4),
        Field(
            "availability_floor_bp",
            "integer",
            "Below it the period's quantity is relieved.",
            minimum=1,
            maximum=10_000,
        ),
        Field("due_days", "integer", "Days after period end until the true-up is due.", minimum=0),
        Field("cure_days", "integer", "Days after the due date in which a breach can be cured.", minimum=0),
        Field("tail_withheld_cny", "money_cny", "Tail payment withheld from the vendor.", minimum=0),
        Field(
            "price_escalator_bp",
            "integer",
            "The floor price rises by this share a year, compounding; empty for no rise.",
            minimum=0,
            maximum=10_000,
        ),
        Field(
            "price_escalates_from_on", "date", "Day from which the years of the escalator are counted; needed with one."
        ),
        Field("price_tax_basis", "text", "Whether tax is in the floor price.", choices=TAX_BASES),
        Field("price_vat_bp", "integer", "VAT rate of the floor price.", minimum=0, maximum=10_000),
        Field(
            "late_interest_bp",
            "integer",
            "Simple interest a year on a true-up paid after its due date; empty for none.",
            minimum=0,
            maximum=10_000,
        ),
        Field("vendor_capex_terms", "text", "Conditions and repayment of that money, in words."),
        Field("tail_release_event", "text", "What releases the tail payment, in words."),
        Field(
            "tail_set_off",
            "text",
            "Whether outstanding true-ups may be set off against the tail; empty for allowed.",
            choices=OFFTAKE_SUB_LEASES,
        ),
        Field("ended_on", "date", "Day it ended by document."),
        Field("end_kind", "text", "How it ended.", choices=COMMITMENT_ENDS),
        revision(),
    ),
    needs=(("price_escalator_bp", "price_escalates_from_on"),),
)

OFFTAKE_PERIODS = RecordKind(
    "offtake_periods",
    "one row per commitment and period",
    ("commitment_id", "period_no"),
    (
        Field("commitment_id", "text", "The commitment.", required=True),
        Field("period_no", "integer", "Number of the period, from 1.", required=True, minimum=1),
        Field("period_start_on", "date", "First day.", required=True),
        Field("period_end_on", "date", "First day after the period.", required=True),
        Field(
            "committed_quantity",
            "quantity",
            "Quantity to be taken, up to three decimals.",
            required=True,
            minimum=0,
        ),
        Field(
            "availability_bp",
            "integer",
            "Share of the time the center could deliver.",
            minimum=0,
            maximum=10_000,
        ),
        revision(),
    ),
    spans=(("period_start_on", "period_end_on"),),
)

OFFTAKE_AMENDMENTS = RecordKind(
    "offtake_amendments",
    "one row per commitment and amendment of its terms",
    ("commitment_id", "version_no"),
    (
        Field("commitment_id", "text", "The commitment.", required=True),
        Field(
            "version_no",
            "integer",
            "Number of the amendment, from 1; where two hold on one day, the higher one does.",
            required=True,
            minimum=1,
        ),
        Field("valid_from", "date", "First day on which it holds.", required=True),
        Field("valid_to", "date", "First day on which it no longer holds; empty while it does."),
        Field(
            "committed_quantity",
            "quantity",
            "Quantity of a whole period while it holds, up to three decimals; empty leaves that of the period.",
            minimum=0,
        ),
        Field(
            "floor_price_cny",
            "money_cny",
            "True-up price per unit while it holds, without escalator; empty leaves the signed price.",
            minimum=0,
        ),
        Field("document", "text", "The agreement that amends."),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
    one_of=("committed_quantity", "floor_price_cny"),
)

OFFTAKE_SETTLEMENTS = RecordKind(
    "offtake_settlements",
    "one row per payment of a true-up",
    ("settlement_id",),
    (
        Field("settlement_id", "text", "Own id of the payment.", required=True),
        Field("commitment_id", "text", "The commitment.", required=True),
        Field("period_no", "integer", "Period it is paid for.", required=True, minimum=1),
        Field("paid_on", "date", "Day it was received.", required=True, past_only=True),
        Field("amount_cny", "money_cny", "Amount in yuan.", required=True, minimum=0),
        revision(),
    ),
)
