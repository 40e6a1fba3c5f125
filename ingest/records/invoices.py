"""What was billed for which days of service, and which payment settled it; the payments stand in the cash book."""

from ingest.domain import CREDIT_KINDS
from ingest.records.schema import Field, RecordKind, revision

INVOICE_LINES = RecordKind(
    "invoice_lines",
    "one row per line of an invoice",
    ("invoice_line_id",),
    (
        Field("invoice_line_id", "text", "Own id of the line.", required=True),
        Field("invoice_id", "text", "Number of the invoice.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("payer_party_id", "text", "Who is billed."),
        Field("lease_id", "text", "Lease it is billed under; empty where there is none."),
        Field("issued_on", "date", "Date of the invoice.", required=True, past_only=True),
        Field("service_from", "date", "First local day of service.", required=True),
        Field("service_to", "date", "First local day after the service.", required=True),
        Field("net_cny", "money_cny", "Amount without tax.", required=True, minimum=0),
        Field("tax_cny", "money_cny", "Tax on it.", required=True, minimum=0),
        revision(),
    ),
    spans=(("service_from", "service_to"),),
)

RECEIPT_ALLOCATIONS = RecordKind(
    "receipt_allocations",
    "one row per payment received and invoice line it settles",
    ("movement_id", "invoice_line_id"),
    (
        Field("movement_id", "text", "The receipt in the cash book.", required=True),
        Field("invoice_line_id", "text", "The line that is settled.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("allocated_cny", "money_cny", "Part of the receipt that settles the line.", required=True, minimum=0),
        revision(),
    ),
)

CREDIT_NOTES = RecordKind(
    "credit_notes",
    "one row per credit note and invoice line it reduces",
    ("credit_note_id",),
    (
        Field("credit_note_id", "text", "Own id of the credit.", required=True),
        Field("invoice_line_id", "text", "The line that is reduced.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("issued_on", "date", "Date of the credit note.", required=True, past_only=True),
        Field("credit_kind", "text", "Why it was given.", required=True, choices=CREDIT_KINDS),
        Field("net_cny", "money_cny", "Amount without tax, never negative.", required=True, minimum=0),
        Field("tax_cny", "money_cny", "Tax on it.", required=True, minimum=0),
        Field("document", "text", "Credit note, or the service report it follows from."),
        revision(),
    ),
)
