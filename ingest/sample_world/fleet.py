"""The cards of the sample world: where each one sits and what happens to it, from delivery on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import numpy as np

from ingest.sample_world.incidents import INCIDENTS, Incident
from ingest.sample_world.models import MODELS
from ingest.sample_world.seeds import generator
from ingest.sample_world.spec import CARDS_PER_SERVER, CenterSpec, Tranche

_ON_STATES = ("powered", "commissioned", "in_service")


@dataclass
class Device:
    """One physical card; `events` are (local wall clock, state, document) in order of time."""

    center_id: str
    device_uid: str
    serial: str
    model_id: str
    server: int
    card: int
    events: list[tuple[datetime, str, str | None]] = field(default_factory=list)

    @property
    def server_id(self) -> str:
        """Id of the server the card is in."""
        return server_id(self.center_id, self.server)

    @property
    def slot_id(self) -> str:
        """Id of the position the card is in; a replacement gets the same."""
        return f"{self.server_id}/{self.card}"

    def spans_on(self, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Spans in which the card is powered and fit to run, up to `until`."""
        ends = [moment for moment, _, _ in self.events[1:]] + [until]
        for (moment, state, _), end in zip(self.events, ends, strict=True):
            if state in _ON_STATES and end > moment:
                yield moment, end

    @property
    def served_from(self) -> datetime | None:
        """When it first went into service; None for a card that never did."""
        return next((moment for moment, state, _ in self.events if state == "in_service"), None)

    @property
    def served_to(self) -> datetime | None:
        """When it left for good; None while it is there."""
        leaving = ("rma_out", "sold", "decommissioned")
        return next((moment for moment, state, _ in self.events if state in leaving), None)


def server_id(center_id: str, server: int) -> str:
    """Id of a server: the center's id and its number with two digits."""
    return f"{center_id}-n{server:02d}"


def servers_of(center: CenterSpec) -> Iterator[tuple[int, Tranche]]:
    """Server numbers of a center, from 1 in the order of its tranches, planned ones included."""
    server = 0
    for tranche in center.tranches:
        for _ in range(tranche.server_count):
            server += 1
            yield server, tranche


class _Namer:
    """Hands out device ids and serials: NVIDIA's form for NVIDIA cards, prefix and running number for others."""

    def __init__(self, seed: int) -> None:
        self._rng = generator(seed, "device ids")
        self._counts: dict[str, int] = {}

    def name(self, model_id: str) -> tuple[str, str]:
        prefix = MODELS[model_id].uid_prefix
        number = self._counts[prefix] = self._counts.get(prefix, 0) + 1
        serial = f"SN{prefix}26{number:05d}"
        if prefix == "GPU":
            return f"GPU-{UUID(bytes=self._rng.bytes(16), version=4)}", serial
        return f"{prefix}-26A-{number:05d}", serial


def build_fleet(centers: tuple[CenterSpec, ...], seed: int) -> list[Device]:
    """All physical cards, replacements included, ordered by center, server, position and time."""
    namer, fleet = _Namer(seed), []
    rng = generator(seed, "delivery")
    for center in centers:
        for server, tranche in servers_of(center):
            if tranche.stage == "planned":
                continue
            minutes = int(rng.integers(0, 240))
            for card in range(CARDS_PER_SERVER):
                incidents = [
                    incident
                    for incident in INCIDENTS
                    if (incident.center_id, incident.server) == (center.center_id, server) and card in incident.cards
                ]
                fleet += _cards_of_slot(center, server, card, tranche, minutes, incidents, namer)
    return fleet


def _cards_of_slot(
    center: CenterSpec,
    server: int,
    card: int,
    tranche: Tranche,
    minutes: int,
    incidents: list[Incident],
    namer: _Namer,
) -> list[Device]:
    device = Device(center.center_id, *namer.name(tranche.model_id), tranche.model_id, server, card)
    note = f"DN-{center.center_id}-{tranche.delivered_on}"
    device.events.append((_moment(tranche.delivered_on, 10, minutes), "delivered", note))
    device.events.append((_moment(tranche.delivered_on + timedelta(days=4), 9, minutes), "installed", None))
    if tranche.stage == "in_service":
        starts_on = tranche.in_service_on
        device.events.append((_moment(starts_on - timedelta(days=6), 9, minutes), "powered", None))
        device.events.append(
            (_moment(starts_on - timedelta(days=2), 9, minutes), "commissioned", f"AC-{center.center_id}")
        )
        device.events.append((_moment(starts_on, 0, 0), "in_service", None))
    cards = [device]
    for incident in incidents:
        cards += _apply(incident, cards[-1], namer)
    return cards


def _apply(incident: Incident, device: Device, namer: _Namer) -> list[Device]:
    """Add an incident to a card's life; a replacement of the card comes back as a new one."""
    if incident.kind in ("sold", "decommissioned"):
        device.events.append((incident.starts_at, incident.kind, incident.document))
        return []
    if incident.kind in ("fault", "planned_maintenance"):
        device.events.append((incident.starts_at, incident.kind, incident.document))
        device.events.append((incident.ends_at, "in_service", incident.document))
        return []
    device.events.append((incident.starts_at, "fault", incident.document))
    device.events.append((incident.starts_at + timedelta(hours=26), "rma_out", incident.document))
    swap = Device(device.center_id, *namer.name(device.model_id), device.model_id, device.server, device.card)
    swap.events = [
        (incident.ends_at - timedelta(hours=5), "delivered", incident.document),
        (incident.ends_at - timedelta(hours=3), "installed", incident.document),
        (incident.ends_at - timedelta(hours=1), "powered", incident.document),
        (incident.ends_at, "in_service", incident.document),
    ]
    return [swap]


def _moment(day: date, hour: int, minutes: int) -> datetime:
    return datetime.combine(day, time(hour)) + timedelta(minutes=minutes)


def seconds_on(fleet: list[Device], first_day: date, end_day: date) -> np.ndarray:
    """Seconds each card is powered and fit to run, as (cards, days); a day has 86,400 seconds in this zone and span."""
    day_count = (end_day - first_day).days
    origin = datetime.combine(first_day, time())
    starts = np.arange(day_count) * 86_400
    result = np.zeros((len(fleet), day_count), dtype=np.int64)
    for row, device in enumerate(fleet):
        for start, end in device.spans_on(datetime.combine(end_day, time())):
            low, high = (start - origin).total_seconds(), (end - origin).total_seconds()
            overlap = np.minimum(starts + 86_400, high) - np.maximum(starts, low)
            result[row] += np.clip(overlap, 0, None).astype(np.int64)
    return result
