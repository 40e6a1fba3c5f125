"""Power and energy: as meters tell them, of a part of a server up to a whole site, and as the grid company bills."""

from ingest.domain import METER_SCOPES, POWER_METHODS, TAX_BASES
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

_TARIFF_PERIODS = {
    "sharp_kwh": "Of it in the sharp peak period.",
    "peak_kwh": "Of it in the peak period.",
    "flat_kwh": "Of it in the flat period.",
    "valley_kwh": "Of it in the valley period.",
    "deep_valley_kwh": "Of it in the deep valley period.",
}
_CHARGES = {
    "energy_charge_cny": "Of it for energy.",
    "demand_charge_cny": "Of it for demand or transformer capacity.",
    "other_charge_cny": "Of it for funds, power factor and the like; a rebate is negative.",
}

UTILITY_BILLS = RecordKind(
    "utility_bills",
    "one row per bill and meter of the grid company",
    ("bill_id",),
    (
        Field("bill_id", "text", "Number of the bill; with the meter where one bill has several.", required=True),
        Field("center_id", "text", "The center.", required=True),
        Field("meter_id", "text", "Meter of the grid company.", required=True),
        Field("period_start_on", "date", "First local day billed.", required=True),
        Field("period_end_on", "date", "First local day after it.", required=True, past_only=True),
        Field("energy_kwh", "quantity", "Energy billed in kilowatt-hours.", required=True, minimum=0),
        *(Field(name, "quantity", text, minimum=0) for name, text in _TARIFF_PERIODS.items()),
        Field("max_demand_kw", "quantity", "Highest demand billed, in kilowatts.", minimum=0),
        Field("amount_cny", "money_cny", "Amount in yuan.", required=True, minimum=0),
        Field("tax_basis", "text", "Whether tax is in the amounts.", required=True, choices=TAX_BASES),
        *(Field(name, "money_cny", text) for name, text in _CHARGES.items()),
        Field("document", "text", "File or number of the bill."),
        revision(),
    ),
    spans=(("period_start_on", "period_end_on"),),
    totals=(("energy_kwh", tuple(_TARIFF_PERIODS)), ("amount_cny", tuple(_CHARGES))),
)
