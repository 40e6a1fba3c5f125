"""Centers, what was planned for them, and the cabinets, servers and slots they offer."""

from ingest.domain import CENTER_LEVELS, PLAN_BASES
from ingest.records.schema import Field, RecordKind, revision

CENTERS = RecordKind(
    "centers",
    "one row per center",
    ("center_id",),
    (
        Field("center_id", "text", "Own id of the center.", required=True),
        Field("center_name_zh", "text", "Name in Chinese.", required=True),
        Field("center_name_en", "text", "Name in English.", required=True),
        Field("province_code", "integer", "GB/T 2260 code of the province, e.g. 320000.", required=True),
        Field("city_zh", "text", "City or county in Chinese."),
        Field("city_en", "text", "City or county in English."),
        Field("center_level", "text", "Whose center it is.", choices=CENTER_LEVELS),
        Field("time_zone", "text", "IANA time zone of the center's business calendar.", required=True),
        Field("operator_party_id", "text", "Who runs it."),
        Field(
            "telemetry_interval_seconds",
            "integer",
            "Nominal distance of two telemetry samples of one device.",
            default=60,
            minimum=1,
            maximum=3600,
        ),
        Field("opened_on", "date", "First day of operation."),
        Field("acceptance_start_on", "date", "First day of the acceptance window."),
        Field("acceptance_end_on", "date", "First day after the acceptance window."),
        revision(),
    ),
    spans=(("acceptance_start_on", "acceptance_end_on"),),
    classifying=("center_level",),
)

CAPACITY_PLANS = RecordKind(
    "capacity_plans",
    "one row per plan line: a number of cards of one model due from one day on",
    ("plan_line_id",),
    (
        Field("plan_line_id", "text", "Own id of the line.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("plan_basis", "text", "Which plan the line belongs to.", required=True, choices=PLAN_BASES),
        Field("model_id", "text", "Accelerator model, an id of the catalogue.", required=True),
        Field("planned_card_count", "integer", "Physical cards.", required=True, minimum=0),
        Field("due_on", "date", "First day the cards are due.", required=True),
        Field("withdrawn_on", "date", "First day the line no longer holds; empty while it does."),
        Field("declared_pflops", "number", "PFLOPS as the plan states them, basis unknown.", minimum=0),
        Field("document", "text", "Approval or amendment document."),
        revision(),
    ),
    spans=(("due_on", "withdrawn_on"),),
    classifying=("plan_basis",),
)

CABINETS = RecordKind(
    "cabinets",
    "one row per cabinet",
    ("cabinet_id",),
    (
        Field("cabinet_id", "text", "Own id of the cabinet.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("room", "text", "Room or hall."),
        Field("u_count", "integer", "Rack units available.", required=True, minimum=1),
        Field("contracted_w", "integer", "Contracted power in watts.", required=True, minimum=0),
        revision(),
    ),
)

SERVERS = RecordKind(
    "servers",
    "one row per server",
    ("server_id",),
    (
        Field("server_id", "text", "Chassis serial or own id.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("cabinet_id", "text", "Cabinet it stands in."),
        Field("u_height", "integer", "Rack units it takes.", required=True, minimum=1),
        Field("nameplate_w", "integer", "Nameplate power in watts.", required=True, minimum=0),
        Field("idle_w", "integer", "Power at rest in watts, as measured at acceptance.", minimum=0),
        Field("host_name", "text", "Name under which its telemetry arrives."),
        revision(),
    ),
)

SLOTS = RecordKind(
    "slots",
    "one row per card position",
    ("slot_id",),
    (
        Field("slot_id", "text", "Own id of the position; it survives a swap of cards.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("server_id", "text", "Server the position is in.", required=True),
        Field("board_position", "integer", "Position in the server, from 0.", required=True, minimum=0),
        revision(),
    ),
)
