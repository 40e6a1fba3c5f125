"""One center small enough to check on paper, whose lit rate common practice answers with anything from 7.5 % to 100 %.

20 planned nodes of 8 cards. n01-n04 are leased to T1: seven cards at 60 % all month, the eighth sends nothing. n05-n06
are leased to T2: one card at 100 %, seven at 0 %. n07-n14 are powered, unleased, at 0 %. n15-n16 are staged, not
powered. n17-n20 are planned. The month is September 2026, sampled every 60 s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from ingest.sample_world.flaws import IMPOSSIBLE_PCT
from ingest.sample_world.parties import social_credit_code
from ingest.sample_world.record_files import instant, write_records
from ingest.sample_world.registers import Row
from ingest.sample_world.samples import epoch_ms

CENTER_ID = "ten-numbers-01"
MODEL_ID = "huawei-ascend-910b3"
TIME_ZONE = "Asia/Shanghai"
RECEIVED_AT = "2026-10-02T09:00:00+08:00"
MONTH_START_ON = date(2026, 9, 1)
MONTH_END_ON = date(2026, 10, 1)

_CARDS = range(8)
_NODES = range(1, 21)
_POWERED_NODES = range(1, 15)
_STAGED_NODES = range(15, 17)
_T1_NODES = range(1, 5)
_T2_NODES = range(5, 7)
_OPERATOR = social_credit_code(320000, 9001)
_T1 = social_credit_code(310000, 9002)
_T2 = social_credit_code(330000, 9003)
_DAY_COUNT = (MONTH_END_ON - MONTH_START_ON).days


@dataclass(frozen=True)
class TenNumbersTruth:
    """What is true of the month, in cards; every count held all month, so a share of cards is a share of card time."""

    planned_card_count: int = 160
    racked_card_count_upper: int = 112
    racked_card_count_lower_with_power_reports: int = 112
    racked_card_count_lower_without_power_reports: int = 108
    reporting_card_count: int = 108
    lit_card_count_lower: int = 30
    lit_card_count_upper: int = 34
    leased_card_count: int = 48
    quarantined_row_count_with_corrupt_sample: int = 1
    month_seconds: int = 30 * 86_400


TRUTH = TenNumbersTruth()


def write_ten_numbers(
    folder: Path, with_power_reports: bool = True, with_corrupt_sample: bool = False
) -> TenNumbersTruth:
    """Write the center as a landing folder and return what is true of it.

    Args:
        folder: created if it is not there.
        with_power_reports: whether the board controllers' daily lists are among the files.
        with_corrupt_sample: whether one sample of 808,334,905 % arrives in a file of its own.
    """
    registers = folder / "registers"
    telemetry = folder / "telemetry"
    telemetry.mkdir(parents=True, exist_ok=True)
    feed = f'received_at = "{RECEIVED_AT}"\ntime_zone = "{TIME_ZONE}"\n'
    (folder / "feed.toml").write_text(feed, encoding="utf-8")
    records = {
        "parties": _parties(),
        "centers": [_center()],
        "capacity_plans": _plans(),
        "cabinets": _cabinets(),
        "servers": _servers(),
        "slots": _slots(),
        "device_events": _device_events(),
        "leases": [_lease("T1", _T1), _lease("T2", _T2)],
        "lease_devices": [*_lease_devices("T1", _T1_NODES), *_lease_devices("T2", _T2_NODES)],
    }
    if with_power_reports:
        records["power_reports"] = _power_reports()
    for kind_name, rows in records.items():
        write_records(registers, kind_name, rows)
    _write_samples(telemetry)
    if with_corrupt_sample:
        _write_corrupt_sample(telemetry / "corrupt.csv")
    return TRUTH


def device_uid(node: int, card: int) -> str:
    """Id of a card: its node and position."""
    return f"TEN-n{node:02d}-{card}"


def _server_id(node: int) -> str:
    return f"{CENTER_ID}-n{node:02d}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _parties() -> Iterator[Row]:
    for party_id, name_zh, name_en, kind in (
        (_OPERATOR, "十数算力（示例）有限公司", "Ten Numbers Compute (Sample)", "operator"),
        (_T1, "甲租户（示例）有限公司", "T1 (Sample)", "tenant"),
        (_T2, "乙租户（示例）有限公司", "T2 (Sample)", "tenant"),
    ):
        yield {"party_id": party_id, "party_name_zh": name_zh, "party_name_en": name_en, "party_kind": kind}


def _center() -> Row:
    return {
        "center_id": CENTER_ID,
        "center_name_zh": "十个数智算中心",
        "center_name_en": "Ten Numbers AI Computing Center",
        "province_code": 320000,
        "center_level": "municipal",
        "time_zone": TIME_ZONE,
        "operator_party_id": _OPERATOR,
        "telemetry_interval_seconds": 60,
        "opened_on": MONTH_START_ON,
    }


def _plans() -> Iterator[Row]:
    for basis in ("approved_total", "due_to_date"):
        yield {
            "plan_line_id": f"{CENTER_ID}-{basis}",
            "center_id": CENTER_ID,
            "plan_basis": basis,
            "model_id": MODEL_ID,
            "planned_card_count": TRUTH.planned_card_count,
            "due_on": MONTH_START_ON,
            "declared_pflops": 50.08,
        }


def _cabinets() -> Iterator[Row]:
    for number in range(1, 11):
        yield {
            "cabinet_id": f"{CENTER_ID}-r{number:02d}",
            "center_id": CENTER_ID,
            "room": "A" if number <= 4 else "B",
            "u_count": 42,
            "contracted_w": 14_000,
        }


def _servers() -> Iterator[Row]:
    for node in _NODES:
        yield {
            "server_id": _server_id(node),
            "center_id": CENTER_ID,
            "cabinet_id": f"{CENTER_ID}-r{(node + 1) // 2:02d}",
            "u_height": 7,
            "nameplate_w": 5_600,
            "host_name": f"n{node:02d}",
        }


def _slots() -> Iterator[Row]:
    for node in _NODES:
        for card in _CARDS:
            yield {
                "slot_id": f"{_server_id(node)}/{card}",
                "center_id": CENTER_ID,
                "server_id": _server_id(node),
                "board_position": card,
            }


def _device_events() -> Iterator[Row]:
    """Powered cards are in service the evening before the month; staged ones stop at installed."""
    before = _midnight(MONTH_START_ON - timedelta(days=1))
    staged = [("installed", before - timedelta(days=3))]
    running = [
        *staged,
        ("powered", before + timedelta(hours=9)),
        ("commissioned", before + timedelta(hours=12)),
        ("in_service", before + timedelta(hours=18)),
    ]
    for node in (*_POWERED_NODES, *_STAGED_NODES):
        for card in _CARDS:
            for state, moment in running if node in _POWERED_NODES else staged:
                yield {
                    "event_id": f"{device_uid(node, card)}-{state}",
                    "center_id": CENTER_ID,
                    "device_uid": device_uid(node, card),
                    "model_id": MODEL_ID,
                    "occurred_at": moment,
                    "state": state,
                    "server_id": _server_id(node),
                    "slot_id": f"{_server_id(node)}/{card}",
                }


def _lease(lease_id: str, tenant: str) -> Row:
    return {
        "lease_id": lease_id,
        "center_id": CENTER_ID,
        "tenant_party_id": tenant,
        "lease_kind": "whole_machine",
        "purpose": "external_paid",
        "starts_at": _midnight(MONTH_START_ON),
        "ends_at": _midnight(MONTH_END_ON),
    }


def _lease_devices(lease_id: str, nodes: range) -> Iterator[Row]:
    for node in nodes:
        for card in _CARDS:
            yield {
                "lease_id": lease_id,
                "center_id": CENTER_ID,
                "device_uid": device_uid(node, card),
                "allocated_from": _midnight(MONTH_START_ON),
                "allocated_to": _midnight(MONTH_END_ON),
            }


def _power_reports() -> Iterator[Row]:
    for offset in range(_DAY_COUNT):
        for node in _POWERED_NODES:
            for card in _CARDS:
                yield {
                    "center_id": CENTER_ID,
                    "server_id": _server_id(node),
                    "device_uid": device_uid(node, card),
                    "reported_at": _midnight(MONTH_START_ON + timedelta(days=offset)),
                    "is_powered": True,
                    "power_source": "bmc",
                }


def _utilization_pct() -> dict[str, float]:
    """The constant utilization of every card that reports."""
    levels = {}
    for node in _POWERED_NODES:
        for card in _CARDS:
            if node in _T1_NODES and card == 7:
                continue
            level = 60.0 if node in _T1_NODES else 100.0 if node in _T2_NODES and card == 0 else 0.0
            levels[device_uid(node, card)] = level
    return levels


def _write_samples(folder: Path) -> None:
    """One Parquet file per local day: every reporting card at every full minute, with power that never stands still."""
    cards = pl.DataFrame(
        list(_utilization_pct().items()),
        schema={"device_uid": pl.String, "utilization_pct": pl.Float32},
        orient="row",
    )
    minutes = pl.DataFrame({"minute": range(24 * 60)}, schema={"minute": pl.Int64})
    day = cards.join(minutes, how="cross").with_columns(
        pl.lit(CENTER_ID).alias("center_id"),
        (90 + 2.4 * pl.col("utilization_pct") + pl.col("minute") % 7).cast(pl.Float32).alias("power_w"),
    )
    for offset in range(_DAY_COUNT):
        local_day = MONTH_START_ON + timedelta(days=offset)
        day.select(
            "center_id",
            "device_uid",
            (pl.col("minute") * 60_000 + epoch_ms(local_day)).alias("sampled_at_ms"),
            "utilization_pct",
            "power_w",
        ).write_parquet(folder / f"samples-{local_day}.parquet", compression="zstd", statistics=False)


def _write_corrupt_sample(path: Path) -> None:
    """A sample half a minute after a good one, so that nothing but the quarantine can change."""
    moment = instant(datetime.combine(date(2026, 9, 15), time(12, 0, 30)))
    row = f"{CENTER_ID},{device_uid(1, 0)},{moment},{IMPOSSIBLE_PCT:.0f}"
    path.write_text(f"center_id,device_uid,sampled_at,utilization_pct\n{row}\n", encoding="utf-8")
