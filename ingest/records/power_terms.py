"""What a center pays for a kilowatt-hour and draws at rest and at full load: the terms its energy cost follows from."""

from ingest.records.schema import Field, RecordKind, revision

POWER_TERMS = RecordKind(
    "power_terms",
    "one row per center and day from which its power terms hold, until the next such day",
    ("center_id", "valid_from"),
    (
        Field("center_id", "text", "The center.", required=True),
        Field("valid_from", "date", "First day the terms hold.", required=True),
        Field(
            "tariff_cny_per_kwh",
            "quantity",
            "Average price of a kilowatt-hour in yuan, net of tax, up to three decimals.",
            required=True,
            minimum=0,
        ),
        Field("pue", "quantity", "Energy of the whole site over energy of its IT load.", required=True, minimum=1),
        Field(
            "demand_charge_cny_per_kw_month",
            "money_cny",
            "Charge per month and kilowatt of contracted demand, in yuan.",
            default=0,
            minimum=0,
        ),
        Field("contracted_demand_w", "integer", "Demand the charge is paid for, in watts.", default=0, minimum=0),
        Field("it_idle_w", "integer", "Draw of all delivered servers at rest, in watts.", required=True, minimum=0),
        Field(
            "it_full_w", "integer", "Draw of all delivered servers at full load, in watts.", required=True, minimum=0
        ),
        Field("it_card_count", "integer", "Cards in those servers.", required=True, minimum=1),
        Field("document", "text", "Contract with the grid, or measurement the draws are from."),
        revision(),
    ),
)
