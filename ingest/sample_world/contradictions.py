"""What files of the sample world say against each other: each is whole, and only another file proves it wrong.

Times are local wall clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from ingest.sample_world.fleet import Device, server_id
from ingest.sample_world.record_files import instant, write_records
from ingest.sample_world.registers import Row, capacity_plans
from ingest.sample_world.spec import CenterSpec


@dataclass(frozen=True)
class Place:
    """A position of a card: center, server number and board position."""

    center_id: str
    server: int
    card: int


NAMED_BY_PLACE = Place("yangzhou-01", 7, 4)
"""Telemetry of this position says host and index, through an RMA: which card is meant, the aliases say."""

CLAIMED_TWICE, CLAIMING_PLACE = Place("xuanling-01", 2, 1), Place("yunting-01", 9, 6)
LEASED_TWICE, SECOND_LEASE = Place("yangzhou-01", 7, 0), "yz-l4"
OVERHEATED = Place("yangzhou-01", 1, 0)
UNREGISTERED_CARD = "910B3-26A-99999"
AMENDED_CENTER = "shiqiao-01"

_HEADER = "center_id,device_uid,sampled_at,utilization_pct,power_w"


def _at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, second)  # noqa: DTZ001 - local wall clock, the offset is added when written


def place_name(place: Place) -> str:
    """How telemetry names a position: host and index."""
    return f"{place.center_id.split('-')[0]}-gpu-{place.server:03d}/{place.card}"


def cards_at(fleet: Iterable[Device], place: Place) -> list[Device]:
    """All cards that were ever in a position, the first one first."""
    return [card for card in fleet if Place(card.center_id, card.server, card.card) == place]


def name_by_place(samples: pl.DataFrame) -> pl.DataFrame:
    """Samples of one center, those of `NAMED_BY_PLACE` under its host and index; needs `server` and `card`."""
    is_there = (pl.col("server") == NAMED_BY_PLACE.server) & (pl.col("card") == NAMED_BY_PLACE.card)
    name = pl.when(is_there).then(pl.lit(place_name(NAMED_BY_PLACE))).otherwise("device_uid")
    return samples.with_columns(name.alias("device_uid"))


def device_aliases(fleet: list[Device]) -> Iterator[Row]:
    """The position means the first card until its RMA and the second from twenty minutes after it was powered."""
    first, second = cards_at(fleet, NAMED_BY_PLACE)
    left_at = first.served_to
    came_at = next(moment for moment, state, _ in second.events if state == "powered") + timedelta(minutes=20)
    spans = ((first, first.events[0][0], left_at), (second, came_at, None))
    for number, (card, valid_from, valid_to) in enumerate(spans, start=1):
        yield {
            "alias_id": f"alias-{number:02d}",
            "center_id": card.center_id,
            "device_uid": card.device_uid,
            "alias_kind": "host_index",
            "alias_value": place_name(NAMED_BY_PLACE),
            "valid_from": valid_from,
            "valid_to": valid_to,
        }


def write_contradicting_registers(folder: Path, fleet: list[Device], centers: tuple[CenterSpec, ...]) -> list[Path]:
    """Write a second claim to a card, a second lease of one, and two amendments of one plan line that disagree."""
    (plan,) = [row for center in centers if center.center_id == AMENDED_CENTER for row in _last_phase(center)]
    amended = [plan | {"planned_card_count": count, "revision": 2} for count in (56, 48)]
    return [
        write_records(folder, "device_events", _second_claim(fleet), "device_events-second-claim"),
        write_records(folder, "lease_devices", _second_lease(fleet), "lease_devices-second-lease"),
        write_records(folder, "capacity_plans", amended[:1], "capacity_plans-amended-by-operator"),
        write_records(folder, "capacity_plans", amended[1:], "capacity_plans-amended-by-county"),
    ]


def _last_phase(center: CenterSpec) -> list[Row]:
    due_by_phase = [row for row in capacity_plans(center) if row["plan_basis"] == "due_to_date"]
    return sorted(due_by_phase, key=lambda row: row["due_on"])[-1:]


def _second_claim(fleet: list[Device]) -> Iterator[Row]:
    (card,) = cards_at(fleet, CLAIMED_TWICE)
    for number, (moment, state) in enumerate(((_at(20, 8), "in_service"), (_at(20, 18), "transferred")), start=1):
        yield {
            "event_id": f"ev-claim-{number}",
            "center_id": CLAIMING_PLACE.center_id,
            "device_uid": card.device_uid,
            "model_id": card.model_id,
            "occurred_at": moment,
            "state": state,
            "server_id": server_id(CLAIMING_PLACE.center_id, CLAIMING_PLACE.server),
            "serial": card.serial,
        }


def _second_lease(fleet: list[Device]) -> Iterator[Row]:
    (card,) = cards_at(fleet, LEASED_TWICE)
    yield {
        "lease_id": SECOND_LEASE,
        "center_id": card.center_id,
        "device_uid": card.device_uid,
        "allocated_from": _at(5),
        "allocated_to": _at(12),
    }


def write_stray_samples(path: Path, fleet: list[Device]) -> int:
    """Write an hour of a card nobody registered, half an hour of one after its RMA, and one impossible power reading.

    Returns the number of samples; every one of them is possible by itself.
    """
    returned = cards_at(fleet, NAMED_BY_PLACE)[0].device_uid
    overheated = cards_at(fleet, OVERHEATED)[0].device_uid
    rows = [(UNREGISTERED_CARD, _at(26, 9, minute), 64, 310) for minute in range(60)]
    rows += [(returned, _at(25, 10, minute), 20, 140) for minute in range(30)]
    rows.append((overheated, _at(29, 15, 0, 30), 60, 950))
    lines = [f"{OVERHEATED.center_id},{uid},{instant(at)},{busy},{watts}" for uid, at, busy, watts in rows]
    path.write_text("\n".join([_HEADER, *lines]) + "\n", encoding="utf-8")
    return len(rows)
