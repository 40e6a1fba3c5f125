"""Registers of the sample world that follow from the story alone: parties, centers, plans, cabinets, cards, leases."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ingest.sample_world.fleet import Device, server_id, servers_of
from ingest.sample_world.models import MODELS
from ingest.sample_world.parties import LINKS, PARTIES, party_id
from ingest.sample_world.spec import CARDS_PER_SERVER, CenterSpec, LeaseSpec, ModelSpec
from ingest.sample_world.story import TIME_ZONE

Row = dict[str, object]

_SERVERS_PER_CABINET = 2
_ATTESTED_SHARE = {
    "nvidia-h800-sxm5-80g": 0.80,
    "nvidia-h20-96g": 0.88,
    "huawei-ascend-910b3": 0.97,
    "hygon-dcu-k100-ai": 0.33,
}
"""Share of nominal that acceptance measured; models not named were never measured."""
_PRICE_UNITS = {"whole_machine": "machine_month", "card_hour": "card_hour", "token": "million_tokens"}


def parties() -> Iterator[Row]:
    """All legal entities."""
    for party in PARTIES.values():
        yield {
            "party_id": party.party_id,
            "party_name_zh": party.name_zh,
            "party_name_en": party.name_en,
            "party_kind": party.kind,
            "registered_on": party.registered_on,
        }


def party_links() -> Iterator[Row]:
    """Who belongs to whom."""
    for number, (holder, held, kind, share_bp, valid_from, valid_to, *confirmed) in enumerate(LINKS, start=1):
        yield {
            "link_id": f"link-{number:02d}",
            "from_party_id": party_id(holder),
            "to_party_id": party_id(held),
            "link_kind": kind,
            "share_bp": share_bp,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "confirmed_on": confirmed[0] if confirmed else None,
        }


def center_row(center: CenterSpec) -> Row:
    """The register's row of one center."""
    return {
        "center_id": center.center_id,
        "center_name_zh": center.name_zh,
        "center_name_en": center.name_en,
        "province_code": center.province_code,
        "city_zh": center.city_zh,
        "city_en": center.city_en,
        "center_level": center.level,
        "time_zone": TIME_ZONE,
        "operator_party_id": party_id(center.operator),
        "telemetry_interval_seconds": center.telemetry_interval_seconds,
        "opened_on": center.opened_on,
        "acceptance_start_on": center.opened_on,
        "acceptance_end_on": center.acceptance_end_on,
    }


def capacity_plans(center: CenterSpec) -> Iterator[Row]:
    """The same cards on two bases: all due at opening, and due as their tranches were agreed."""
    totals: dict[tuple[str, str, date], int] = {}
    for _, tranche in servers_of(center):
        is_first = tranche.in_service_on is not None and tranche.in_service_on <= center.opened_on
        phase_due_on = center.opened_on if is_first else center.second_due_on
        for key in (
            ("approved_total", tranche.model_id, center.opened_on),
            ("due_to_date", tranche.model_id, phase_due_on),
        ):
            totals[key] = totals.get(key, 0) + CARDS_PER_SERVER
    for number, ((basis, model_id, due_on), card_count) in enumerate(sorted(totals.items()), start=1):
        model = MODELS[model_id]
        tflops = model.marketed_tflops if center.declares_marketed_pflops else model.dense_tflops
        yield {
            "plan_line_id": f"{center.center_id}-plan-{number:02d}",
            "center_id": center.center_id,
            "plan_basis": basis,
            "model_id": model_id,
            "planned_card_count": card_count,
            "due_on": due_on,
            "declared_pflops": round(card_count * tflops / 1000, 4),
            "document": f"AP-{center.center_id}-{center.opened_on.year}",
        }


def attestations(center: CenterSpec) -> Iterator[Row]:
    """What acceptance measured of each model: most reach four fifths of nominal, K100 a third, and some were not."""
    models = sorted({tranche.model_id for _, tranche in servers_of(center) if tranche.in_service_on is not None})
    for model_id in models:
        share = _ATTESTED_SHARE.get(model_id)
        if share is None:
            continue
        yield {
            "attestation_id": f"at-{center.center_id}-{model_id}",
            "center_id": center.center_id,
            "model_id": model_id,
            "attested_on": center.acceptance_end_on,
            "attested_gflops": round(MODELS[model_id].dense_tflops * 1000 * share),
            "measured_seconds": 900,
            "document": f"AC-{center.center_id}",
        }


def cabinets(center: CenterSpec) -> Iterator[Row]:
    """Cabinets for all planned servers, two to a cabinet, and one for the network."""
    servers = list(servers_of(center))
    for number in range(1, -(-len(servers) // _SERVERS_PER_CABINET) + 1):
        here = servers[(number - 1) * _SERVERS_PER_CABINET : number * _SERVERS_PER_CABINET]
        watts = sum(MODELS[tranche.model_id].server_w for _, tranche in here)
        yield _cabinet(center, number, -(-watts * 12 // 10_000) * 1000)
    yield _cabinet(center, -(-len(servers) // _SERVERS_PER_CABINET) + 1, 6_000)


def _cabinet(center: CenterSpec, number: int, contracted_w: int) -> Row:
    return {
        "cabinet_id": f"{center.center_id}-r{number:02d}",
        "center_id": center.center_id,
        "room": "A",
        "u_count": 42,
        "contracted_w": contracted_w,
    }


def servers(center: CenterSpec) -> Iterator[Row]:
    """All planned servers; one that was never delivered stands in no cabinet."""
    for server, tranche in servers_of(center):
        model = MODELS[tranche.model_id]
        cabinet = (server - 1) // _SERVERS_PER_CABINET + 1
        yield {
            "server_id": server_id(center.center_id, server),
            "center_id": center.center_id,
            "cabinet_id": None if tranche.stage == "planned" else f"{center.center_id}-r{cabinet:02d}",
            "u_height": model.server_u,
            "nameplate_w": model.server_w,
            "idle_w": server_idle_w(model),
            "host_name": f"{center.center_id.split('-')[0]}-gpu-{server:03d}",
        }


def server_idle_w(model: ModelSpec) -> int:
    """Power of an 8-card server at rest: its cards', and a third more for everything else."""
    return round(CARDS_PER_SERVER * model.idle_w * 4 / 3)


def slots(center: CenterSpec) -> Iterator[Row]:
    """All planned card positions."""
    for server, _ in servers_of(center):
        for card in range(CARDS_PER_SERVER):
            server_name = server_id(center.center_id, server)
            yield {
                "slot_id": f"{server_name}/{card}",
                "center_id": center.center_id,
                "server_id": server_name,
                "board_position": card,
            }


def device_events(fleet: list[Device]) -> Iterator[Row]:
    """Every change of state of every card."""
    number = 0
    for device in fleet:
        for moment, state, document in device.events:
            number += 1
            yield {
                "event_id": f"ev-{number:05d}",
                "center_id": device.center_id,
                "device_uid": device.device_uid,
                "model_id": device.model_id,
                "occurred_at": moment,
                "state": state,
                "server_id": device.server_id,
                "slot_id": device.slot_id,
                "serial": device.serial,
                "document": document,
            }


def leases(center: CenterSpec) -> Iterator[Row]:
    """All leases as they were signed, without what happened later."""
    for lease in center.leases:
        yield _lease_row(center, lease) | {"revision": 1}


def lease_cancellations(center: CenterSpec) -> Iterator[Row]:
    """Leases that were ended early, sent again as revision 2."""
    for lease in center.leases:
        if lease.cancelled_on is not None:
            yield _lease_row(center, lease) | {"cancelled_at": _midnight(lease.cancelled_on), "revision": 2}


def _lease_row(center: CenterSpec, lease: LeaseSpec) -> Row:
    return {
        "lease_id": lease.lease_id,
        "center_id": center.center_id,
        "tenant_party_id": party_id(lease.tenant),
        "lease_kind": lease.lease_kind,
        "purpose": lease.purpose,
        "signed_on": lease.starts_on - timedelta(days=21),
        "starts_at": _midnight(lease.starts_on),
        "ends_at": _midnight(lease.ends_on),
        "unit_price_cny": round(lease.unit_price_cny * 100),
        "price_unit": _PRICE_UNITS[lease.lease_kind],
        "firmness": lease.firmness,
        "commitment_id": lease.commitment_id,
    }


def lease_devices(center: CenterSpec, fleet: list[Device], end_day: date) -> Iterator[Row]:
    """Which card is allocated to which lease, as known at `end_day`; a swap ends one span and begins another."""
    for lease in center.leases:
        lease_end = min(lease.ends_on, lease.cancelled_on or lease.ends_on)
        for device in fleet:
            is_here = device.center_id == center.center_id and device.server in lease.servers
            if not is_here or device.card not in lease.cards or device.served_from is None:
                continue
            start = max(device.served_from, _midnight(lease.starts_on))
            end = min(device.served_to or _midnight(lease_end), _midnight(lease_end))
            if end > start:
                yield {
                    "lease_id": lease.lease_id,
                    "center_id": center.center_id,
                    "device_uid": device.device_uid,
                    "allocated_from": start,
                    "allocated_to": end if end <= _midnight(end_day) else None,
                }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
