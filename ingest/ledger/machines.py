"""Machines with their cards, judged and turned into servers, cabinets and the events of their cards.

An inventory knows machines and how many cards are in them, rarely the cards. Where a row lists as many serials as it
has cards, a card is known by its own serial. Otherwise `device_uid` is `<server serial>/<position>` (from 0): it names
a place in a machine and not a piece of silicon, so a swapped card keeps it and telemetry under a vendor's UUID does
not meet it until an alias says so.

A server or cabinet is written only where both its height and its power are stated: a missing nameplate is not 0 W.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.ledger.models import model_id_of
from ingest.occupancy.verdicts import declared_center, quote, set_repeats_aside
from ingest.reading import QUARANTINE_SCHEMA, Declaration, Reading, UnreadableFileError
from ingest.records.centers import CABINETS, SERVERS
from ingest.records.devices import DEVICE_EVENTS

MOST_CARDS = 64
"""More cards in one machine is a slip of the pen."""

LIFE = ("ordered", "delivered", "installed", "powered", "commissioned", "in_service")
"""States in the order a machine goes through them; all others can come at any time."""

BEFORE_REGISTERS = 10_000_000_000
"""Seconds from 1970 to 2286; taken from an instant they leave a number below 1 that still grows with it."""

MACHINE_SCHEMA: dict[str, pl.DataType] = {
    "source_line": pl.Int64(),
    "server_id": pl.String(),
    "host_name": pl.String(),
    "cabinet": pl.String(),
    "room": pl.String(),
    "u_height": pl.Int64(),
    "nameplate_w": pl.Int64(),
    "cabinet_u_count": pl.Int64(),
    "cabinet_contracted_w": pl.Int64(),
}
"""One row per accepted machine; power in watts, heights in rack units."""

EVENT_SCHEMA: dict[str, pl.DataType] = {
    "source_line": pl.Int64(),
    "server_id": pl.String(),
    "card_model": pl.String(),
    "card_count": pl.Int64(),
    "card_serials": pl.List(pl.String()),
    "state": pl.String(),
    "occurred_at": pl.Datetime("us", "UTC"),
    "event_name": pl.String(),
    "document": pl.String(),
}
"""One row per change of state of a machine's cards; `event_name` tells it from the machine's other events."""


@dataclass(frozen=True)
class Origin:
    """Where machines come from: the kind of source (`ledger`, `netbox`, ...), the center, the file's sha256.

    An inventory is a snapshot without revisions of its own, so `revision` grows with the instant it was taken, or else
    received, and stays below 1: a later inventory corrects an earlier one, and a row of a register goes before both.
    """

    source: str
    center_id: str
    sha256: str
    revision: int = 0


def origin_of(source: str, path: Path, declaration: Declaration, sha256: str) -> Origin:
    """The declared center, which no inventory names itself.

    Raises:
        UnreadableFileError: no center, or no time zone of the inventory's dates, was declared.
    """
    center_id = declared_center(declaration, path)
    if not declaration.time_zone:
        raise UnreadableFileError(
            "TIME_WITHOUT_ZONE",
            f"{path.name}: its dates have no zone; declare time_zone (in feed.toml beside the file).",
        )
    taken_at = declaration.observed_at or declaration.received_at
    return Origin(source, center_id, sha256, int(taken_at.timestamp()) - BEFORE_REGISTERS if taken_at else 0)


def local_midnight(expression: pl.Expr, zone: str) -> pl.Expr:
    """First instant of a local date, in UTC; where clocks skip midnight, an hour later."""
    start = expression.cast(pl.Datetime("us"))
    instants = [
        (start + pl.duration(hours=hours)).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        for hours in (0, 1)
    ]
    return pl.coalesce(instants).dt.convert_time_zone("UTC")


def repeats_aside(judged: pl.DataFrame, key: str, content: list[str]) -> pl.DataFrame:
    """Of good rows with one key the first stays; several rows may stand on one line, or on that line of two sheets."""
    is_repeat = pl.col("reason_code").is_in(("EXACT_DUPLICATE", "CONFLICTING_KEY"))
    numbered = judged.rename({"source_line": "own_line"}).with_row_index("source_line")
    return (
        set_repeats_aside(numbered, [key], content)
        .drop("source_line")
        .rename({"own_line": "source_line"})
        .with_columns(pl.when(is_repeat).then(quote(key)).otherwise("detail").alias("detail"))
    )


def card_events(events: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """Events of machines (`EVENT_SCHEMA`) as `device_events` in lake columns, one per card."""
    has_serials = (pl.col("card_serials").list.len() == pl.col("card_count")) & (
        pl.col("card_serials").list.n_unique() == pl.col("card_count")
    )
    cards = (
        events.with_columns(
            pl.when(has_serials).then("card_serials").alias("card_serials"),
            pl.int_ranges(0, "card_count").alias("position"),
            model_id_of("card_model").alias("model_id"),
        )
        .explode("position")
        .filter(pl.col("position").is_not_null())
        .with_columns(pl.col("card_serials").list.get(pl.col("position"), null_on_oob=True).alias("serial"))
    )
    place = pl.format("{}/{}", "server_id", "position")
    named = cards.with_columns(
        pl.coalesce("serial", place).alias("device_uid"),
        pl.concat_str([pl.lit(f"{origin.source}:{origin.center_id}"), place, "event_name"], separator="/").alias(
            "event_id"
        ),
        pl.lit(origin.center_id).alias("center_id"),
        pl.lit(None, pl.String()).alias("slot_id"),
    )
    return _lake(named, DEVICE_EVENTS.lake_schema, origin)


def servers(machines: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """Machines of known height and power as `servers` in lake columns."""
    known = machines.filter(pl.col("u_height").is_not_null() & pl.col("nameplate_w").is_not_null())
    named = known.with_columns(
        pl.lit(origin.center_id).alias("center_id"),
        _cabinet_id(origin).alias("cabinet_id"),
        pl.lit(None, pl.Int64()).alias("idle_w"),
    )
    return _lake(named, SERVERS.lake_schema, origin)


def cabinets(machines: pl.DataFrame, origin: Origin) -> pl.DataFrame:
    """Cabinets whose height and contracted power some row states, in lake columns; the first such row counts."""
    known = machines.filter(
        pl.col("cabinet").is_not_null()
        & pl.col("cabinet_u_count").is_not_null()
        & pl.col("cabinet_contracted_w").is_not_null()
    ).unique(subset="cabinet", keep="first", maintain_order=True)
    named = known.with_columns(
        pl.lit(origin.center_id).alias("center_id"),
        _cabinet_id(origin).alias("cabinet_id"),
        pl.col("cabinet_u_count").alias("u_count"),
        pl.col("cabinet_contracted_w").alias("contracted_w"),
    )
    return _lake(named, CABINETS.lake_schema, origin)


def as_reading(
    origin: Origin,
    format_name: str,
    judged: pl.DataFrame,
    machines: pl.DataFrame,
    events: pl.DataFrame,
    notices: dict[str, int],
) -> Reading:
    """Judged rows with a `reason_code` or null, and what the accepted ones became."""
    set_aside = judged.filter(pl.col("reason_code").is_not_null())
    records = {
        "servers": servers(machines, origin),
        "cabinets": cabinets(machines, origin),
        "device_events": card_events(events, origin),
    }
    unwritten = machines.height - records["servers"].height
    if unwritten:
        notices = notices | {"machine without a stated height or nameplate power: no server record": unwritten}
    return Reading(
        format_name=format_name,
        rows_in=judged.height,
        rows_accepted=judged.height - set_aside.height,
        records=records,
        quarantined=set_aside.select(pl.col(name).cast(type_) for name, type_ in QUARANTINE_SCHEMA.items()),
        notices=notices,
    )


def _cabinet_id(origin: Origin) -> pl.Expr:
    """Cabinets are numbered anew in every center, so the center is part of the id."""
    return pl.format("{}/{}", pl.lit(origin.center_id), pl.col("cabinet"))


def _lake(frame: pl.DataFrame, schema: dict[str, pl.DataType], origin: Origin) -> pl.DataFrame:
    complete = frame.with_columns(
        pl.lit(origin.revision, pl.Int64()).alias("revision"), pl.lit(origin.sha256).alias("source_sha256")
    )
    return complete.select(pl.col(name).cast(type_) for name, type_ in schema.items())
