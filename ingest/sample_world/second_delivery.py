"""A second delivery of one center, two weeks later: late days, corrected days, and a lease with another purpose.

It restates figures that were published from the first one; `racklight restatements` takes the changes apart.
"""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.sample_world import registers
from ingest.sample_world.fleet import build_fleet
from ingest.sample_world.record_files import write_records
from ingest.sample_world.story import CENTERS, TIME_ZONE
from ingest.sample_world.usage import Usage, day_index, device_days, use_cards

CENTER = "yangzhou-01"
RECEIVED_AT = "2026-11-16T09:00:00+08:00"
LATE_FROM, LATE_TO = date(2026, 9, 1), date(2026, 10, 1)
CORRECTED_ON = date(2026, 9, 8)
RECLASSIFIED_LEASE = "yz-l2"
"""Sold to a customer in the first delivery; it turns out to run the operator's own product."""

IDLE, BUSY = UTILIZATION_BIN_COLUMNS[0], UTILIZATION_BIN_COLUMNS[-1]


def write_second_delivery(folder: Path, seed: int) -> list[Path]:
    """Write the delivery below `folder` and return its files; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    feed = folder / "feed.toml"
    feed.write_text(f'received_at = "{RECEIVED_AT}"\ntime_zone = "{TIME_ZONE}"\n', encoding="utf-8")
    center = next(center for center in CENTERS if center.center_id == CENTER)
    usage = use_cards(CENTERS, build_fleet(CENTERS, seed), seed)
    sent = device_days(center, usage, seed)
    lease = next(row for row in registers.leases(center) if row["lease_id"] == RECLASSIFIED_LEASE)
    return [
        feed,
        write_records(folder, "device_days", _lost_days(usage, sent), "device_days-late"),
        write_records(folder, "device_days", _halved(sent), "device_days-corrected"),
        write_records(folder, "leases", [lease | {"purpose": "own_business", "revision": 2}], "leases-own-business"),
    ]


def _lost_days(usage: Usage, sent: pl.DataFrame) -> pl.DataFrame:
    """Days of September that cards reported before and after and not on the day itself, told late and in full."""
    told = set(sent.select("device_uid", "local_day").rows())
    reporting = set(sent.filter(pl.col("local_day") >= LATE_TO)["device_uid"])
    rows = []
    for number, device in enumerate(usage.fleet):
        for day in pl.date_range(LATE_FROM, LATE_TO, closed="left", eager=True):
            column = day_index(day)
            known = int(usage.on_seconds[number, column])
            if known and device.device_uid in reporting and (device.device_uid, day) not in told:
                lit = int(np.rint(known * usage.lit_share[number, column]))
                rows.append(
                    dict.fromkeys(UTILIZATION_BIN_COLUMNS, 0)
                    | {"center_id": CENTER, "device_uid": device.device_uid, "local_day": day, "evidence_class": "B"}
                    | {"known_seconds": known, IDLE: known - lit, BUSY: lit}
                )
    return pl.DataFrame(rows)


def _halved(sent: pl.DataFrame) -> pl.DataFrame:
    """One day again: half of what the counters called busy was a stuck sensor."""
    stuck = pl.col(BUSY) // 2
    return sent.filter(pl.col("local_day") == CORRECTED_ON).with_columns(
        (pl.col(IDLE) + stuck).alias(IDLE), (pl.col(BUSY) - stuck).alias(BUSY), pl.lit(2).alias("revision")
    )
