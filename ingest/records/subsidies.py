"""What an authority promised a center, on which conditions, and what it paid or took back."""

from ingest.domain import (
    EARNING_VARIANTS,
    LOCAL_USE_BASES,
    MILESTONE_COMPARISONS,
    MILESTONE_METRICS,
    MILESTONE_STATES,
    MILESTONE_UNITS,
    MILESTONE_WINDOWS,
    NUMBER_FORMATS,
    SUBSIDY_KINDS,
    SUBSIDY_PAYMENT_KINDS,
)
from ingest.records.schema import Field, RecordKind, revision

SUBSIDY_PROGRAMMES = RecordKind(
    "subsidy_programmes",
    "one row per subsidy that an authority granted to a center",
    ("programme_id",),
    (
        Field("programme_id", "text", "Own id of the grant.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("authority_party_id", "text", "Who grants.", required=True),
        Field("grantee_party_id", "text", "Who receives.", required=True),
        Field("subsidy_kind", "text", "What it is granted for.", required=True, choices=SUBSIDY_KINDS),
        Field("signed_on", "date", "Date of the grant or of the target letter.", required=True),
        Field("valid_from", "date", "First day it covers.", required=True),
        Field("valid_to", "date", "First day it no longer covers; empty while it has no end."),
        Field("granted_cny", "money_cny", "Most that may be paid, in yuan.", required=True, minimum=0),
        Field("scheme_id", "text", "Rule file by which claims are judged, e.g. yangzhou-compute-voucher."),
        Field(
            "earning_variant", "text", "How milestones earn; empty: as the rule file has it.", choices=EARNING_VARIANTS
        ),
        Field(
            "local_use_basis", "text", "What local use is counted in; empty: as the rule file.", choices=LOCAL_USE_BASES
        ),
        Field("promised_pflops", "quantity", "Capacity promised for the grant, in PFLOPS.", minimum=0),
        Field(
            "claim_share_bp",
            "integer",
            "Share of what was paid that one claim may ask for.",
            minimum=0,
            maximum=10_000,
        ),
        Field("claim_cap_cny", "money_cny", "Most that one claimant may get in a calendar year, in yuan.", minimum=0),
        Field("number_format", "text", "Precision in which promised PFLOPS are counted.", choices=NUMBER_FORMATS),
        Field(
            "full_credit_from_bp",
            "integer",
            "Share of a target that earns all of its weight.",
            minimum=0,
            maximum=10_000,
        ),
        Field(
            "no_credit_below_bp",
            "integer",
            "Share of a target below which nothing is earned.",
            minimum=0,
            maximum=10_000,
        ),
        Field(
            "clawback_interest_bp",
            "integer",
            "Simple yearly interest on what is taken back.",
            minimum=0,
            maximum=10_000,
        ),
        Field("local_area_code", "integer", "GB/T 2260 code of the area whose users count as local.", minimum=110_000),
        Field("is_related_use_excluded", "boolean", "Whether use by related parties does not count."),
        Field("is_double_funding_excluded", "boolean", "Whether no other programme may pay for the same."),
        Field("document", "text", "Grant letter or agreement."),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
)

SUBSIDY_MILESTONES = RecordKind(
    "subsidy_milestones",
    "one row per condition of a subsidy",
    ("milestone_id",),
    (
        Field("milestone_id", "text", "Own id of the condition.", required=True),
        Field("programme_id", "text", "The subsidy.", required=True),
        Field("metric", "text", "What is measured.", required=True, choices=MILESTONE_METRICS),
        Field(
            "comparison",
            "text",
            "Which side of the threshold is meant.",
            default="at_least",
            choices=MILESTONE_COMPARISONS,
        ),
        Field("threshold", "quantity", "The threshold; a share of 50 % is 0.5.", required=True, minimum=0),
        Field("threshold_unit", "text", "Unit of the threshold.", required=True, choices=MILESTONE_UNITS),
        Field("measure_window", "text", "Touched once, or kept.", required=True, choices=MILESTONE_WINDOWS),
        Field(
            "measured_from",
            "date",
            "First day of the window; for a point in time empty, or the day before which nothing counts.",
        ),
        Field("measured_to", "date", "First day after the window."),
        Field("sustained_months", "integer", "Months it must be kept within the window.", minimum=1),
        Field("due_on", "date", "Day by which it must be met.", required=True),
        Field("weight_bp", "integer", "Share of the grant that hangs on it.", minimum=0, maximum=10_000),
        Field("declared_state", "text", "What the authority has decided so far.", choices=MILESTONE_STATES),
        Field("document", "text", "Acceptance sheet or decision."),
        revision(),
    ),
    spans=(("measured_from", "measured_to"),),
)

SUBSIDY_PAYMENTS = RecordKind(
    "subsidy_payments",
    "one row per payment of a subsidy, or of a subsidy taken back",
    ("payment_id",),
    (
        Field("payment_id", "text", "Own id of the payment.", required=True),
        Field("programme_id", "text", "The subsidy.", required=True),
        Field("milestone_id", "text", "The condition it was paid or taken back for."),
        Field("payment_kind", "text", "Which way the money went.", required=True, choices=SUBSIDY_PAYMENT_KINDS),
        Field("booked_on", "date", "Day the money moved.", required=True, past_only=True),
        Field("amount_cny", "money_cny", "Amount in yuan, never negative.", required=True, minimum=0),
        Field("movement_id", "text", "The same money in the cash book."),
        Field("document", "text", "Voucher or bank reference."),
        revision(),
    ),
)
