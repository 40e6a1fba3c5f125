"""Daily lists of what the board controllers see powered: the proof for cards that send nothing themselves."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ingest.sample_world.fleet import Device
from ingest.sample_world.registers import Row
from ingest.sample_world.spec import CenterSpec

REPORTING_CENTERS = ("yangzhou-01",)
"""Centers whose controllers report every card; elsewhere only the cards that send nothing are asked for."""


def power_reports(center: CenterSpec, fleet: list[Device], first_day: date, end_day: date) -> Iterator[Row]:
    """One row per listed card and local midnight; a card that is there but off is listed as not powered."""
    midnights = [
        datetime.combine(first_day + timedelta(days=offset), time()) for offset in range((end_day - first_day).days)
    ]
    for device in fleet:
        if device.center_id != center.center_id or not _is_listed(center, device):
            continue
        for moment in midnights:
            state = next((state for at, state, _ in reversed(device.events) if at <= moment), None)
            if state in ("powered", "commissioned", "in_service", "installed"):
                yield {
                    "center_id": device.center_id,
                    "server_id": device.server_id,
                    "device_uid": device.device_uid,
                    "reported_at": moment,
                    "is_powered": state != "installed",
                    "power_source": "bmc",
                }


def _is_listed(center: CenterSpec, device: Device) -> bool:
    return center.center_id in REPORTING_CENTERS or (device.server, device.card) in center.coverage.silent_proven
