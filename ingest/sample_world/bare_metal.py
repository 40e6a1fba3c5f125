"""Power of servers whose tenant owns the system: the board controller is read every half hour, and nothing else is."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from ingest.sample_world.fleet import server_id
from ingest.sample_world.models import MODELS
from ingest.sample_world.registers import Row, server_idle_w
from ingest.sample_world.seeds import generator
from ingest.sample_world.spec import CenterSpec
from ingest.sample_world.story import END_DAY
from ingest.sample_world.usage import Usage, day_index

_READINGS_A_DAY = 48
_MINUTES_APART = 30


def bare_metal_readings(center: CenterSpec, usage: Usage, seed: int) -> Iterator[Row]:
    """One row per server and half hour; a server computes at the start of the day and rests at its end."""
    if not center.coverage.bare_metal_servers:
        return
    rng = generator(seed, f"bare metal {center.center_id}")
    first_day = center.coverage.bare_metal_from
    for number in center.coverage.bare_metal_servers:
        name = server_id(center.center_id, number)
        cards = [row for row, device in enumerate(usage.fleet) if device.server_id == name]
        model = MODELS[usage.fleet[cards[0]].model_id]
        idle_w = server_idle_w(model)
        for offset in range((END_DAY - first_day).days):
            day = first_day + timedelta(days=offset)
            lit = round(float(usage.lit_share[cards[0], day_index(day)]) * _READINGS_A_DAY)
            for place in range(_READINGS_A_DAY):
                load = rng.normal(0.62, 0.05) if place < lit else abs(rng.normal(0, 0.01))
                yield {
                    "center_id": center.center_id,
                    "meter_id": f"{name}-bmc",
                    "meter_scope": "server",
                    "server_id": name,
                    "read_at": datetime.combine(day, time()) + timedelta(minutes=_MINUTES_APART * place),
                    "power_w": round((idle_w + load * (model.server_w - idle_w)) * 1000),
                    "source_method": "redfish",
                }
