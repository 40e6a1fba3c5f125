"""Who may use which cards, and what was metered."""

from ingest.domain import (
    FIRMNESS,
    LEASE_KINDS,
    LEASE_PURPOSES,
    OFFTAKE_UNITS,
    PRICE_UNITS,
    TOKEN_UNITS,
    WORKLOAD_CLASSES,
)
from ingest.records.schema import Field, RecordKind, revision

LEASES = RecordKind(
    "leases",
    "one row per lease",
    ("lease_id",),
    (
        Field("lease_id", "text", "Own id of the lease.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("tenant_party_id", "text", "Who uses the cards.", required=True),
        Field("lease_kind", "text", "How it is sold.", required=True, choices=LEASE_KINDS),
        Field("purpose", "text", "Whose work runs on it.", default="unknown", choices=LEASE_PURPOSES),
        Field("workload_class", "text", "Kind of work, where the tenant states it.", choices=WORKLOAD_CLASSES),
        Field("signed_on", "date", "Date of signature."),
        Field("starts_at", "instant", "First instant in force.", required=True),
        Field("ends_at", "instant", "First instant no longer in force, as signed.", required=True),
        Field("cancelled_at", "instant", "When it was ended early."),
        Field("unit_price_cny", "money_cny", "Price per unit, tax included, never negative.", minimum=0),
        Field("price_unit", "text", "What the price is for.", choices=PRICE_UNITS),
        Field("firmness", "text", "How binding it is.", choices=FIRMNESS),
        Field("commitment_id", "text", "Offtake commitment the lease counts toward."),
        revision(),
    ),
    spans=(("starts_at", "ends_at"),),
    classifying=("lease_kind", "purpose", "workload_class", "firmness", "commitment_id"),
)

LEASE_DEVICES = RecordKind(
    "lease_devices",
    "one row per lease, device and span of allocation",
    ("lease_id", "device_uid", "allocated_from"),
    (
        Field("lease_id", "text", "The lease.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("device_uid", "text", "The card.", required=True),
        Field("allocated_from", "instant", "First instant the card is allocated.", required=True),
        Field("allocated_to", "instant", "First instant it no longer is; empty while it is."),
        revision(),
    ),
    spans=(("allocated_from", "allocated_to"),),
)

METERED_USAGE = RecordKind(
    "metered_usage",
    "one row per consumer and day of metered use",
    ("usage_id",),
    (
        Field("usage_id", "text", "Own id of the meter row.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("consumer_party_id", "text", "Who used it.", required=True),
        Field("used_on", "date", "Local day of use.", required=True, past_only=True),
        Field("quantity", "quantity", "Amount used, up to three decimals.", required=True, minimum=0),
        Field(
            "quantity_upper",
            "quantity",
            "The most it can have been, where part of the day was not metered; empty where all of it was.",
            minimum=0,
        ),
        Field("unit", "text", "Unit of the amount.", required=True, choices=OFFTAKE_UNITS + TOKEN_UNITS),
        Field("lease_id", "text", "Lease it was used under."),
        Field("commitment_id", "text", "Offtake commitment it counts toward."),
        revision(),
    ),
    classifying=("commitment_id",),
)
