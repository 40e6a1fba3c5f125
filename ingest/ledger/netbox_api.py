"""Answers of NetBox's REST API: devices, and the change log that alone says when one was racked or pulled.

A file holds one answer or several, one after the other, so `cat devices*.json changes*.json` joins pages and both
kinds. The change log names a device by NetBox's number; its serial and its cards are known from a devices answer of
the same file, or from the change itself where it carries them.

Accelerators are no devices in NetBox: their number and model are the custom fields `accelerator_count` and
`accelerator_model`, and a device without these fields is set aside. The state follows from status and rack: what
should stand somewhere and is in no rack is `delivered`, that is in the store. A change of state is an event at the
instant of the change; the custom field `power_on_date` is `powered` from its local midnight. The present state, where
no change explains it, is known from `last_updated` on: the last time anyone touched the device, whatever for.
"""

from pathlib import Path
from typing import Any

import polars as pl

from ingest.instants import parse_instants
from ingest.ledger import parse
from ingest.ledger.machines import (
    EVENT_SCHEMA,
    LIFE,
    MACHINE_SCHEMA,
    MOST_CARDS,
    as_reading,
    local_midnight,
    origin_of,
    repeats_aside,
)
from ingest.ledger.netbox_answers import NetboxObject, objects_of, recognizes_netbox
from ingest.ledger.words import words
from ingest.occupancy.verdicts import Rule, judge, quote
from ingest.reading import Declaration, Reader, Reading

_STANDING = ("installed", "powered", "commissioned", "in_service")

_ROW_SCHEMA: dict[str, pl.DataType] = {
    "source_line": pl.Int64(),
    "raw_text": pl.String(),
    "is_change": pl.Boolean(),
    "netbox_id": pl.String(),
    "change_id": pl.String(),
    "changed_at_text": pl.String(),
    "status": pl.String(),
    "state": pl.String(),
    "earlier_state": pl.String(),
    "serial": pl.String(),
    "host_name": pl.String(),
    "cabinet": pl.String(),
    "room": pl.String(),
    "has_fields": pl.Boolean(),
    "card_model": pl.String(),
    "card_count": pl.String(),
    "powered_on": pl.String(),
    "height": pl.String(),
    "power": pl.String(),
}
"""One row per device or change of a device; everything but flags is text as NetBox wrote it."""


def read_netbox(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read devices and changes of devices; changes of anything else are counted in the notices.

    Raises:
        UnreadableFileError: the file is no JSON to its end, or center or time zone are not declared.
    """
    origin = origin_of("netbox", path, declaration, source_sha256)
    objects = objects_of(path)
    rows, other_changes = [], 0
    for item in objects:
        if "changed_object_type" not in item.value:
            rows.append(_device_row(item))
        elif item.value["changed_object_type"] == "dcim.device":
            rows.append(_change_row(item))
        else:
            other_changes += 1
    judged = _verdicts(_values(pl.DataFrame(rows, schema=_ROW_SCHEMA, orient="row"), declaration), declaration)
    good = judged.filter(pl.col("reason_code").is_null())
    devices = good.filter(~pl.col("is_change"))
    notices = {
        "change of another object left out": other_changes,
        "row without accelerators: no event": good.filter(pl.col("cards").fill_null(0) == 0).height,
        "change that leaves the state as it was: no event": good.filter(
            pl.col("is_change") & pl.col("state").eq_missing(pl.col("earlier_state"))
        ).height,
    }
    machines = devices.select(
        pl.lit(None).cast(type_).alias(name) if name.startswith("cabinet_") else pl.col(name).cast(type_)
        for name, type_ in MACHINE_SCHEMA.items()
    )
    kept = {name: count for name, count in notices.items() if count}
    return as_reading(origin, "NetBox REST JSON", judged, machines, _events(good, declaration), kept)


def _device_row(item: NetboxObject) -> tuple:
    return _row(item, item.value, None, str(item.value.get("id")), None, item.value.get("last_updated"))


def _change_row(item: NetboxObject) -> tuple:
    change = item.value
    later, earlier = change.get("postchange_data"), change.get("prechange_data")
    netbox_id, change_id = str(change.get("changed_object_id")), str(change.get("id"))
    if not isinstance(later, dict):  # deleted: what the log last knew, and gone
        gone = {**earlier, "status": "decommissioning"} if isinstance(earlier, dict) else {}
        return _row(item, gone, earlier, netbox_id, change_id, change.get("time"))
    return _row(item, later, earlier, netbox_id, change_id, change.get("time"))


def _row(
    item: NetboxObject, data: dict[str, Any], earlier: Any, netbox_id: str, change_id: str | None, at: Any
) -> tuple:
    """A row of `_ROW_SCHEMA`, from a device's own fields or from those a change carries."""
    fields = data.get("custom_fields")
    fields = fields if isinstance(fields, dict) else {}
    return (
        item.line,
        item.raw_text,
        change_id is not None,
        netbox_id,
        change_id,
        _text(at),
        _text(data.get("status")),
        _state(data),
        _state(earlier) if isinstance(earlier, dict) else None,
        _text(data.get("serial")) or _text(data.get("asset_tag")),
        _text(data.get("name")) or _text(item.value.get("object_repr")),
        _text(data.get("rack")),
        _text(data.get("location")),
        "accelerator_count" in fields,
        _text(fields.get("accelerator_model")),
        _text(fields.get("accelerator_count")),
        _text(fields.get("power_on_date")),
        _text(fields.get("u_height")),
        _text(fields.get("nameplate_w")),
    )


def _text(value: Any) -> str | None:
    """A plain value; of a choice its value, of a linked object its name."""
    if isinstance(value, dict):
        value = value.get("value", value.get("name"))
    return None if value is None or value == "" else str(value)


def _state(data: dict[str, Any]) -> str | None:
    state = words().netbox_states.get(_text(data.get("status")) or "")
    return "delivered" if state in _STANDING and data.get("rack", "") is None else state


def _values(rows: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Add typed values; a change takes what it does not say itself from the device of the same number."""
    borrowed = ("serial", "host_name", "card_model", "card_count", "has_fields")
    devices = (
        rows.filter(~pl.col("is_change"))
        .unique(subset="netbox_id", keep="first", maintain_order=True)
        .select("netbox_id", *(pl.col(name).alias(f"{name}:device") for name in borrowed))
    )
    instant, instant_code = parse_instants("changed_at_text", declaration.time_zone)
    filled = rows.join(devices, on="netbox_id", how="left", maintain_order="left").with_columns(
        *(pl.coalesce(name, f"{name}:device").alias(name) for name in borrowed if name != "has_fields"),
        (pl.col("has_fields") | pl.col("has_fields:device").fill_null(False)).alias("has_fields"),
    )
    zero = pl.lit("0")
    return filled.with_columns(
        pl.col("serial").alias("server_id"),
        pl.when("has_fields").then(pl.col("card_count").fill_null(zero)).alias("card_count"),
        parse.count("height").alias("u_height"),
        parse.watts("power", "power").alias("nameplate_w"),
        instant.alias("changed_at"),
        instant_code.alias("instant_code"),
        pl.col("powered_on").str.to_date("%Y-%m-%d", strict=False).alias("powered_day"),
        pl.coalesce(pl.format("change {}", "change_id"), pl.format("serial {}", "serial")).alias("row_key"),
    ).with_columns(
        parse.count("card_count").alias("cards"),
        local_midnight(pl.col("powered_day"), declaration.time_zone).alias("powered_at"),
    )


def _verdicts(rows: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    received_at = pl.lit(declaration.received_at, pl.Datetime("us", "UTC"))
    no_count = pl.lit("accelerator_count: not a custom field of the device, and no device of this file has its number")
    rules = [
        Rule("MISSING_VALUE", pl.col("status").is_null(), pl.lit("status")),
        Rule("NOT_A_CHOICE", pl.col("state").is_null(), quote("status")),
        Rule("MISSING_VALUE", ~pl.col("has_fields"), no_count),
        Rule("MISSING_VALUE", pl.col("serial").is_null(), pl.lit("serial")),
        Rule("SERIAL_DAMAGED", parse.is_damaged_serial("serial"), quote("serial")),
        Rule("NOT_AN_INTEGER", pl.col("cards").is_null(), quote("card_count")),
        Rule("OUT_OF_RANGE", pl.col("cards") > MOST_CARDS, quote("card_count")),
        Rule("MISSING_VALUE", (pl.col("cards") > 0) & pl.col("card_model").is_null(), pl.lit("accelerator_model")),
        Rule("NOT_A_DATE", pl.col("powered_on").is_not_null() & pl.col("powered_day").is_null(), quote("powered_on")),
        Rule("TIME_IN_FUTURE", pl.col("powered_at") > received_at, quote("powered_on")),
        Rule("NO_TIMESTAMP", pl.col("changed_at_text").is_null(), pl.lit("last_updated")),
        Rule("NOT_AN_INSTANT", pl.col("changed_at").is_null(), quote("changed_at_text")),
        Rule("TIME_IN_FUTURE", pl.col("changed_at") > received_at.dt.offset_by("5m"), quote("changed_at_text")),
    ]
    return repeats_aside(judge(rows, rules), key="row_key", content=["raw_text"])


def _events(good: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """Power-on dates, changes of state, and present states that no change of the file explains."""
    carded = good.filter(pl.col("cards") > 0).with_columns(
        pl.col("cards").alias("card_count"),
        pl.lit(None, pl.List(pl.String())).alias("card_serials"),
        pl.lit(None, pl.String()).alias("document"),
    )
    devices, changes = carded.filter(~pl.col("is_change")), carded.filter("is_change")
    powered = devices.filter(pl.col("powered_at").is_not_null()).with_columns(
        pl.col("powered_at").alias("occurred_at"),
        pl.lit("powered").alias("state"),
        pl.lit(f"{LIFE.index('powered')}-powered").alias("event_name"),
    )
    changed = changes.filter(~pl.col("state").eq_missing(pl.col("earlier_state"))).with_columns(
        pl.col("changed_at").alias("occurred_at"),
        pl.format("change-{}-{}", "change_id", "state").alias("event_name"),
        pl.format("NetBox change {}", "change_id").alias("document"),
    )
    last_change = changed.sort("changed_at").group_by("netbox_id").agg(pl.col("state").last().alias("logged_state"))
    present = (
        devices.join(last_change, on="netbox_id", how="left", maintain_order="left")
        .filter(~pl.col("state").eq_missing(pl.col("logged_state")))
        .with_columns(
            pl.col("changed_at").alias("occurred_at"),
            pl.format(
                "{}-{}@{}",
                pl.lit(len(LIFE)),
                "state",
                pl.col("changed_at").dt.convert_time_zone(declaration.time_zone).dt.strftime("%Y-%m-%d"),
            ).alias("event_name"),
        )
    )
    return pl.concat(
        part.select(pl.col(name).cast(type_) for name, type_ in EVENT_SCHEMA.items())
        for part in (powered, changed, present)
    )


NETBOX_READER = Reader("NetBox REST JSON", recognizes_netbox, read_netbox)
