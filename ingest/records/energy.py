"""Power and energy as meters tell them: of a part of a server, a server, an outlet strip, a cabinet or a whole site."""

from ingest.domain import METER_SCOPES, POWER_METHODS
from ingest.records.schema import Field, RecordKind, revision

POWER_READINGS = RecordKind(
    "power_readings",
    "one row per meter, instant and way of reading: what the meter said then, or of the time since `started_at`",
    ("center_id", "meter_id", "read_at", "source_method"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("meter_id", "text", "What was measured, as the sender names it.", required=True),
        Field(
            "meter_scope",
            "text",
            "What the meter speaks for; a component is part of a server and never adds to it.",
            required=True,
            choices=METER_SCOPES,
        ),
        Field("server_id", "text", "Server the meter speaks for, or is part of: its id or host name."),
        Field("cabinet_id", "text", "Cabinet the meter speaks for, or stands in."),
        Field("started_at", "instant", "Start of the time the reading is about; empty for an instant."),
        Field("read_at", "instant", "When it was read: the end of that time.", required=True, past_only=True),
        Field("is_powered", "boolean", "Whether what is measured was switched on."),
        Field("power_w", "quantity", "Power in watts: at an instant, or the mean of a time.", minimum=0, maximum=1e9),
        Field("energy_wh", "integer", "Energy in watt-hours since `started_at`.", minimum=0),
        Field("total_wh", "integer", "The meter's running total in watt-hours; it may start again from 0.", minimum=0),
        Field("source_method", "text", "How it was read.", required=True, choices=POWER_METHODS),
        revision(),
    ),
    spans=(("started_at", "read_at"),),
    one_of=("is_powered", "power_w", "energy_wh", "total_wh"),
    needs=(("energy_wh", "started_at"),),
)
