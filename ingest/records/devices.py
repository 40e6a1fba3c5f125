"""What happens to a card: its life, proof that it can run, and daily use where no samples are sent."""

from ingest.domain import ALIAS_KINDS, DEVICE_STATES, EVIDENCE_CLASSES, POWER_SOURCES, UTILIZATION_BIN_COLUMNS
from ingest.records.schema import Field, RecordKind, revision

DEVICE_EVENTS = RecordKind(
    "device_events",
    "one row per change of state of a device; the state holds until the device's next event",
    ("event_id",),
    (
        Field("event_id", "text", "Own id of the event.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("device_uid", "text", "Vendor UUID of the card.", required=True),
        Field("model_id", "text", "Accelerator model, an id of the catalogue.", required=True),
        Field("occurred_at", "instant", "When the state began.", required=True, past_only=True),
        Field("state", "text", "The state that began.", required=True, choices=DEVICE_STATES),
        Field("server_id", "text", "Server the card is in."),
        Field("slot_id", "text", "Position the card is in."),
        Field("serial", "text", "Serial number."),
        Field("document", "text", "Delivery note, acceptance sheet, RMA ticket."),
        revision(),
    ),
)

DEVICE_ALIASES = RecordKind(
    "device_aliases",
    "one row per name of a device and span in which telemetry, daily rows and power reports use it",
    ("alias_id",),
    (
        Field("alias_id", "text", "Own id of the row.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("device_uid", "text", "The card, as the device events name it.", required=True),
        Field("alias_kind", "text", "What kind of name it is.", required=True, choices=ALIAS_KINDS),
        Field("alias_value", "text", "The name as telemetry has it; host/index for a position.", required=True),
        Field("valid_from", "instant", "First instant the name means this card.", required=True),
        Field("valid_to", "instant", "First instant it no longer does; empty while it does."),
        revision(),
    ),
    spans=(("valid_from", "valid_to"),),
)

POWER_REPORTS = RecordKind(
    "power_reports",
    "one row per center, device and report of a board controller or power meter",
    ("center_id", "device_uid", "reported_at", "power_source"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("server_id", "text", "Server that reported.", required=True),
        Field(
            "device_uid", "text", "Card listed in the report: its UUID, or a name in `device_aliases`.", required=True
        ),
        Field("reported_at", "instant", "When it was reported.", required=True, past_only=True),
        Field("is_powered", "boolean", "Whether the card was listed as powered.", required=True),
        Field("power_source", "text", "Who reported.", required=True, choices=POWER_SOURCES),
        revision(),
    ),
)

DEVICE_DAYS = RecordKind(
    "device_days",
    "one row per center, device and local day, for days no samples are sent for",
    ("center_id", "device_uid", "local_day"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("device_uid", "text", "The card: its UUID, or a name in `device_aliases`.", required=True),
        Field("local_day", "date", "Day in the center's calendar.", required=True, past_only=True),
        Field(
            "evidence_class",
            "text",
            "A profiling counters, B utilization counter, C power only, D operator's declaration.",
            required=True,
            choices=EVIDENCE_CLASSES,
        ),
        Field(
            "known_seconds",
            "integer",
            "Seconds with a valid reading.",
            required=True,
            minimum=0,
            maximum=90_000,
        ),
        *(
            Field(
                column,
                "integer",
                f"Known seconds with utilization of {column.split('_')[1]} to {column.split('_')[2]} %.",
                required=True,
                minimum=0,
                maximum=90_000,
            )
            for column in UTILIZATION_BIN_COLUMNS
        ),
        Field("energy_wh", "integer", "Energy of the day in watt-hours.", minimum=0),
        revision(),
    ),
    totals=(("known_seconds", UTILIZATION_BIN_COLUMNS),),
    classifying=("evidence_class",),
)
