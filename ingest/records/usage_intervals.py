"""Card-hours metered over intervals by meters that give their rows no id; they become `metered_usage`."""

from ingest.domain import OFFTAKE_UNITS, TOKEN_UNITS
from ingest.records.schema import Field, RecordKind, revision

USAGE_INTERVALS = RecordKind(
    "usage_intervals",
    "one row per consumer, lease, interval of metered use and unit",
    ("center_id", "consumer_party_id", "lease_id", "interval_start", "interval_end", "unit"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("consumer_party_id", "text", "Who used it.", required=True),
        Field("lease_id", "text", "Lease or contract it was used under."),
        Field("interval_start", "instant", "First instant of the interval.", required=True),
        Field(
            "interval_end", "instant", "First instant after it; at most 31 days later.", required=True, past_only=True
        ),
        Field("quantity", "quantity", "Amount used, up to three decimals.", required=True, minimum=0),
        Field(
            "quantity_upper",
            "quantity",
            "The most it can have been, where part of the interval was not metered; empty where all of it was.",
            minimum=0,
        ),
        Field("unit", "text", "Unit of the amount.", required=True, choices=OFFTAKE_UNITS + TOKEN_UNITS),
        Field("commitment_id", "text", "Offtake commitment it counts toward."),
        revision(),
    ),
    spans=(("interval_start", "interval_end"),),
)
