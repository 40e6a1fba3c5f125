"""What servers and centers drew: controllers' daily energy, a controller's report, outlet strips, and the grid's bills.

Servers draw what their cards draw and a third more; the center draws that times its PUE, and pays for it.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from ingest.sample_world.money import CARDS_SHARE_OF_SERVER_ENERGY
from ingest.sample_world.record_files import OFFSET
from ingest.sample_world.registers import Row
from ingest.sample_world.seeds import generator
from ingest.sample_world.spec import CenterSpec
from ingest.sample_world.story import END_DAY, FIRST_DAY
from ingest.sample_world.telemetry_files import write_feed
from ingest.sample_world.usage import Usage, day_index

CONTROLLED_CENTERS = ("yangzhou-01",)
"""Centers whose board controllers tell the energy of every server and day."""
STRIP_CENTER, STRIP_FIRST_DAY = "xuanling-01", date(2026, 10, 1)
"""The center whose outlet strips are logged, and from when."""
REPORTING_SERVER, REPORTING_DAY = "horinger-01-n01", date(2026, 10, 31)
"""The one server whose controller's own report is at hand."""
BILLED_CENTERS = ("yangzhou-01", "horinger-01", "xuanling-01")

_SILENT_DAYS = (date(2026, 2, 9), date(2026, 2, 14))
_SILENT_SERVER = "yangzhou-01-n05"
_TARIFF_SHARES = {"sharp_kwh": 0.06, "peak_kwh": 0.30, "flat_kwh": 0.34}


def server_energy_wh(center_id: str, usage: Usage) -> dict[str, np.ndarray]:
    """Energy of each server per day, in the days of `usage`."""
    energy: dict[str, np.ndarray] = {}
    for row, device in enumerate(usage.fleet):
        if device.center_id == center_id:
            drawn = usage.energy_wh[row] / CARDS_SHARE_OF_SERVER_ENERGY
            energy[device.server_id] = energy.get(device.server_id, 0) + drawn
    return energy


def power_readings(center: CenterSpec, usage: Usage, seed: int) -> Iterator[Row]:
    """One row per server and day on which it was on; one controller is silent for five days, others for single ones."""
    if center.center_id not in CONTROLLED_CENTERS:
        return
    rng = generator(seed, f"controllers {center.center_id}")
    for server, drawn in sorted(server_energy_wh(center.center_id, usage).items()):
        for offset in range((END_DAY - FIRST_DAY).days):
            day = FIRST_DAY + timedelta(days=offset)
            error, is_lost = rng.normal(1.0, 0.004), rng.random() < 0.003
            is_silent = server == _SILENT_SERVER and _SILENT_DAYS[0] <= day < _SILENT_DAYS[1]
            wh = drawn[day_index(day)]
            if wh > 0 and not is_lost and not is_silent:
                yield {
                    "center_id": center.center_id,
                    "meter_id": f"{server}-bmc",
                    "meter_scope": "server",
                    "server_id": server,
                    "started_at": datetime.combine(day, time()),
                    "read_at": datetime.combine(day + timedelta(days=1), time()),
                    "energy_wh": round(wh * error),
                    "source_method": "exporter",
                }


def utility_bills(center: CenterSpec, usage: Usage) -> Iterator[Row]:
    """One bill per month, over the amount that the cash book pays."""
    if center.center_id not in BILLED_CENTERS:
        return
    drawn = sum(server_energy_wh(center.center_id, usage).values())
    first = FIRST_DAY
    while first < END_DAY:
        end = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        wh = float(drawn[day_index(first) : day_index(end)].sum()) * center.money.pue
        parts = {name: round(wh * share) for name, share in _TARIFF_SHARES.items()}
        amount_fen = round(wh / 1000 * center.money.tariff_cny_kwh * 100)
        yield {
            "bill_id": f"EL-{center.center_id}-{first:%Y%m}",
            "center_id": center.center_id,
            "meter_id": f"grid-{center.center_id}",
            "period_start_on": first,
            "period_end_on": end,
            "energy_kwh": round(wh),
            **parts,
            "valley_kwh": round(wh) - sum(parts.values()),
            "amount_cny": amount_fen,
            "energy_charge_cny": amount_fen,
            "tax_basis": "included",
            "document": f"EL-{first:%Y%m}",
        }
        first = end


def write_meter_files(folder: Path, usage: Usage, seed: int) -> list[Path]:
    """Write the outlet strips' log and the controller's report below `folder`, each with its own `feed.toml`."""
    return [*_write_strips(folder / STRIP_CENTER, usage, seed), *_write_report(folder / "horinger-01", usage, seed)]


def _write_strips(folder: Path, usage: Usage, seed: int) -> list[Path]:
    """Running totals of the strips every six hours: one per two servers, as many as a cabinet holds."""
    rng = generator(seed, "outlet strips")
    totals = {}
    servers = sorted(server_energy_wh(STRIP_CENTER, usage).items())
    for number, (_, drawn) in enumerate(servers):
        cabinet = f"{STRIP_CENTER}-r{number // 2 + 1:02d}"
        totals[cabinet] = totals.get(cabinet, 0) + drawn
    lines = ["采集时间,PDU名称,机柜,有功功率(kW),累计电量(kWh)"]
    for cabinet, drawn in totals.items():
        total_wh = float(rng.integers(10_000_000, 90_000_000))
        moment = datetime.combine(STRIP_FIRST_DAY, time())
        while moment <= datetime.combine(END_DAY, time()):
            day_wh = drawn[min(day_index(moment.date()), len(drawn) - 1)]
            lines.append(f"{moment:%Y-%m-%d %H:%M:%S},PDU-{cabinet},{cabinet},{day_wh / 24e3:.3f},{total_wh / 1e3:.3f}")
            total_wh += day_wh / 4
            moment += timedelta(hours=6)
    folder.mkdir(parents=True, exist_ok=True)
    write_feed(folder, STRIP_CENTER)
    path = folder / f"pdu-{STRIP_FIRST_DAY:%Y-%m}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [folder / "feed.toml", path]


def _write_report(folder: Path, usage: Usage, seed: int) -> list[Path]:
    """One day of one server in the words of Redfish, a reading every five minutes."""
    rng = generator(seed, "controller report")
    mean_w = server_energy_wh("horinger-01", usage)[REPORTING_SERVER][day_index(REPORTING_DAY)] / 24
    values = [
        {
            "MetricProperty": "/redfish/v1/Chassis/Self/Power#/PowerControl/0/PowerConsumedWatts",
            "MetricValue": f"{mean_w * rng.normal(1.0, 0.03):.0f}",
            "Timestamp": f"{datetime.combine(REPORTING_DAY, time()) + timedelta(minutes=5 * number):%Y-%m-%dT%H:%M:%S}"
            + OFFSET,
        }
        for number in range(288)
    ]
    report = {
        "@odata.type": "#MetricReport.v1_5_2.MetricReport",
        "@odata.id": "/redfish/v1/TelemetryService/MetricReports/PlatformPowerUsage",
        "Id": "PlatformPowerUsage",
        "MetricValues": values,
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_feed(folder, "horinger-01", server_id=REPORTING_SERVER)
    path = folder / f"{REPORTING_SERVER}-{REPORTING_DAY}.json"
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return [folder / "feed.toml", path]
