"""Bills of use in the FOCUS format: rows that say how many card-hours somebody used become metered usage.

What was billed is not cash, and a row without a consumed quantity, such as the unused part of a commitment, is no use;
both are counted in the notices and left out, as are quantities in units that are not card time.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

import polars as pl

from ingest.instants import parse_instants
from ingest.occupancy.clock_times import past_rules
from ingest.occupancy.lines import first_cells, read_lines, split_cells
from ingest.occupancy.verdicts import (
    Rule,
    as_reading,
    declared_center,
    judge,
    quote,
    set_repeats_aside,
    shape_rules,
)
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError, refuse_repeated_columns
from ingest.records.leases import METERED_USAGE

FORMAT_NAME = "FOCUS CSV"
REQUIRED = ("BillingAccountId", "ChargePeriodStart", "ChargePeriodEnd", "ConsumedQuantity", "ConsumedUnit")

_UNITS = {
    "card_hour": r"^(?i:card[- ]?hours?)$|^卡(小时|时)$",
    "pflops_hour": r"^(?i:pflops[- ]?hours?)$",
}
"""Unit of a record -> how bills write it. A GPU-hour is left out: a card may show as several devices, or as a slice."""

_DIMENSIONS = (
    "AvailabilityZone",
    "BillingAccountId",
    "CapacityReservationId",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "CommitmentDiscountId",
    "CommitmentDiscountStatus",
    "PricingCategory",
    "ProviderName",
    "RegionId",
    "ResourceId",
    "ServiceName",
    "SkuId",
    "SkuMeter",
    "SkuPriceId",
    "SubAccountId",
    "Tags",
)
"""What tells one row of a bill from another, beside its charge period: no amount, and no column of a database."""

_LONGEST_PERIOD_DAYS = 31
_QUANTITY = r"^\d{1,14}(\.\d+)?$"
_OTHER_USE = "rows of use in units other than card time"
_NO_USE = "rows without a consumed quantity"


def recognizes(head: bytes) -> bool:
    """Whether the first line names the columns by which a bill tells who used how much in which period."""
    return set(REQUIRED) <= set(first_cells(head))


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a bill into `metered_usage`, one row per row of card time.

    `used_on` is the last day, in the declared zone, that the charge period holds: the use of a month stands on the day
    on which its whole is known. The id is a hash of what tells the row from others, so that a bill sent again with
    another quantity corrects the first. A fraction below a thousandth is rounded half up.

    Raises:
        UnreadableFileError: no center or an unknown zone is declared, or the file is not UTF-8 or has a column twice.
    """
    center_id = declared_center(declaration, path)
    lines = read_lines(path)
    columns = first_cells(lines["raw_text"][0].encode())
    refuse_repeated_columns(columns, path.name)
    rows = split_cells(lines.slice(1), columns).with_columns(pl.col(columns).replace("NULL", None))
    rows = judge(rows, shape_rules(columns, required=()))
    units = [pl.when(pl.col("ConsumedUnit").str.contains(text)).then(pl.lit(unit)) for unit, text in _UNITS.items()]
    rows = rows.with_columns(pl.coalesce(units).alias("unit"))
    is_whole, has_quantity = pl.col("reason_code").is_null(), pl.col("ConsumedQuantity").is_not_null()
    other = rows.filter(is_whole & has_quantity & pl.col("unit").is_null()).height
    without = rows.filter(is_whole & ~has_quantity).height
    use = _with_values(rows.filter(~is_whole | (has_quantity & pl.col("unit").is_not_null())), declaration)
    use = use.with_columns(_usage_ids(use, center_id))
    judged = set_repeats_aside(
        judge(use, _rules(declaration)), key=["usage_id"], content=["usage_id", "quantity_milli"]
    )
    reading = as_reading(FORMAT_NAME, METERED_USAGE, judged, center_id, source_sha256)
    return replace(
        reading,
        rows_in=reading.rows_in + other + without,
        rows_accepted=reading.rows_accepted + other + without,
        notices={name: count for name, count in ((_OTHER_USE, other), (_NO_USE, without)) if count},
    )


def _with_values(rows: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add the charge period's instants and their problems, and the fields of the record."""
    names = {"start": "ChargePeriodStart", "end": "ChargePeriodEnd"}
    zone = declaration.time_zone
    commitment = pl.col("CommitmentDiscountId") if "CommitmentDiscountId" in rows.columns else pl.lit(None, pl.String)
    try:
        read_times = {name: parse_instants(column, zone) for name, column in names.items()}
        timed = rows.with_columns(
            *(instant.alias(name) for name, (instant, _) in read_times.items()),
            *(code.alias(f"{name}_problem") for name, (_, code) in read_times.items()),
        )
        start_on, end_on = (pl.col(name).dt.convert_time_zone(zone or "UTC").dt.date() for name in names)
        return timed.with_columns(
            pl.max_horizontal(start_on, end_on.dt.offset_by("-1d")).alias("used_on"),
            pl.col("BillingAccountId").alias("consumer_party_id"),
            commitment.alias("commitment_id"),
            pl.lit(None, pl.String).alias("lease_id"),
            _thousandths().alias("quantity_milli"),
            pl.lit(None, pl.Int64).alias("quantity_upper_milli"),
        )
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {zone!r} is unknown; declare an IANA name such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error


def _thousandths() -> pl.Expr:
    text = pl.col("ConsumedQuantity")
    parts = text.str.splitn(".", 2).struct
    whole = parts.field("field_0").cast(pl.Int64, strict=False)
    fraction = parts.field("field_1").fill_null("").str.pad_end(4, "0")
    rounded = (fraction.str.slice(0, 4).cast(pl.Int64, strict=False) + 5) // 10
    return pl.when(text.str.contains(_QUANTITY)).then(whole * 1000 + rounded)


def _usage_ids(rows: pl.DataFrame, center_id: str) -> pl.Series:
    """First 32 hex digits of SHA-256 over the center, the period's instants, the unit and the dimensions."""
    names = [name for name in _DIMENSIONS if name in rows.columns]
    content = rows.select(
        pl.concat_str(
            pl.col("start").cast(pl.String).fill_null(""),
            pl.col("end").cast(pl.String).fill_null(""),
            pl.col("unit").fill_null(""),
            *(pl.format("{}={}", pl.lit(name), pl.col(name).fill_null("")) for name in names),
            separator="\n",
        )
    ).to_series()
    ids = [hashlib.sha256(f"{center_id}\n{text}".encode()).hexdigest()[:32] for text in content]
    return pl.Series("usage_id", ids, dtype=pl.String())


def _rules(declaration: Declaration) -> list[Rule]:
    """What sets a row of card time aside, in order of precedence."""
    number = pl.col("ConsumedQuantity").cast(pl.Float64, strict=False)
    rules = [
        Rule("MISSING_VALUE", pl.col(name).is_null(), pl.lit(name))
        for name in ("BillingAccountId", "ChargePeriodStart", "ChargePeriodEnd")
    ]
    for name, column in (("start", "ChargePeriodStart"), ("end", "ChargePeriodEnd")):
        for code in ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST"):
            rules.append(Rule(code, pl.col(f"{name}_problem") == code, quote(column)))
    no_calendar = pl.lit("no zone is declared that says which local day it was")
    length = pl.col("end") - pl.col("start")
    return [
        *rules,
        Rule("TIME_WITHOUT_ZONE", pl.lit(declaration.time_zone is None), no_calendar),
        Rule("END_NOT_AFTER_START", length <= pl.duration(days=0), quote("ChargePeriodEnd")),
        Rule("OUT_OF_RANGE", length > pl.duration(days=_LONGEST_PERIOD_DAYS, hours=1), quote("ChargePeriodEnd")),
        *past_rules("end", "ChargePeriodEnd", declaration),
        Rule("OUT_OF_RANGE", number < 0, quote("ConsumedQuantity")),
        Rule("NOT_A_NUMBER", pl.col("quantity_milli").is_null(), quote("ConsumedQuantity")),
    ]


FOCUS_READER = Reader(FORMAT_NAME, recognizes, read)
