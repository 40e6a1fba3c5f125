"""What is claimed under a subsidy and with which papers, what assessors measured, and how large a claimant is."""

from ingest.domain import CLAIM_ITEM_KINDS
from ingest.records.schema import Field, RecordKind, revision

SUBSIDY_CLAIMS = RecordKind(
    "subsidy_claims",
    "one row per claim for money of a subsidy",
    ("claim_id",),
    (
        Field("claim_id", "text", "Own id of the claim.", required=True),
        Field("programme_id", "text", "The subsidy.", required=True),
        Field("center_id", "text", "The center whose capacity it is about.", required=True),
        Field("claimant_party_id", "text", "Who claims.", required=True),
        Field("supplier_party_id", "text", "Who delivered the capacity."),
        Field("buyer_party_id", "text", "Who used and paid for it."),
        Field("claimed_on", "date", "Day of the claim.", required=True, past_only=True),
        Field("period_from", "date", "First day it is claimed for.", required=True),
        Field("period_to", "date", "First day after the days it is claimed for.", required=True),
        Field("claimed_cny", "money_cny", "Amount claimed, in yuan.", required=True, minimum=0),
        Field("document", "text", "Form or number of the application."),
        revision(),
    ),
    spans=(("period_from", "period_to"),),
)

SUBSIDY_CLAIM_ITEMS = RecordKind(
    "subsidy_claim_items",
    "one row per contract, invoice, serial or paper that a claim rests on",
    ("claim_id", "item_kind", "item_ref"),
    (
        Field("claim_id", "text", "The claim.", required=True),
        Field("item_kind", "text", "What it is.", required=True, choices=CLAIM_ITEM_KINDS),
        Field("item_ref", "text", "Number of the lease or contract, invoice, serial or paper.", required=True),
        Field("dated_on", "date", "Date on the paper."),
        revision(),
    ),
)

SUBSIDY_ASSESSMENTS = RecordKind(
    "subsidy_assessments",
    "one row per assessment of a condition of a subsidy",
    ("assessment_id",),
    (
        Field("assessment_id", "text", "Own id of the assessment.", required=True),
        Field("milestone_id", "text", "The condition.", required=True),
        Field("assessor_party_id", "text", "Who assessed."),
        Field("assessed_on", "date", "Day of the assessment.", required=True, past_only=True),
        Field("achieved_lower", "quantity", "What is proven, in the threshold's unit.", required=True, minimum=0),
        Field("achieved_upper", "quantity", "What is possible; empty where it is the same.", minimum=0),
        Field("document", "text", "Report."),
        revision(),
    ),
)

PARTY_SIZES = RecordKind(
    "party_sizes",
    "one row per party and day its size was stated",
    ("party_id", "stated_on"),
    (
        Field("party_id", "text", "The party.", required=True),
        Field("stated_on", "date", "Day the figures are of.", required=True, past_only=True),
        Field("insured_headcount", "integer", "Employees with social security; empty where not known.", minimum=0),
        Field("customer_count", "integer", "Customers it has; empty where not known.", minimum=0),
        Field("document", "text", "Where the figures are from."),
        revision(),
    ),
)
