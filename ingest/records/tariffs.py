"""What a kilowatt-hour costs in a province, by hour of the day and season, from a day on."""

from ingest.domain import TARIFF_PERIODS, TAX_BASES
from ingest.records.schema import Field, RecordKind, revision

TARIFFS = RecordKind(
    "tariffs",
    "one row per province, first day, season and span of hours of a price of electricity",
    ("province_code", "valid_from", "first_month", "from_hour"),
    (
        Field("province_code", "integer", "Province by its area code, such as 320000.", required=True),
        Field("valid_from", "date", "First local day of the price list; it holds until the next.", required=True),
        Field("first_month", "integer", "First month of the season; empty for 1.", default=1, minimum=1, maximum=12),
        Field("last_month", "integer", "Last month of the season; empty for 12.", default=12, minimum=1, maximum=12),
        Field("from_hour", "integer", "First hour of the day it holds in.", required=True, minimum=0, maximum=23),
        Field("to_hour", "integer", "First hour it no longer holds in.", required=True, minimum=1, maximum=24),
        Field("tariff_period", "text", "What the hours are called.", required=True, choices=TARIFF_PERIODS),
        Field(
            "price_cny_per_kwh",
            "quantity",
            "Price of a kilowatt-hour in yuan, up to three decimals.",
            required=True,
            minimum=0,
        ),
        Field("tax_basis", "text", "Whether tax is in the price.", required=True, choices=TAX_BASES),
        Field("vat_rate", "quantity", "Value added tax on it, such as 0.13.", required=True, minimum=0, maximum=1),
        Field("document", "text", "Price list of the grid company."),
        revision(),
    ),
)
