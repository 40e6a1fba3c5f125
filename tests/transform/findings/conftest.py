"""One warehouse of planted centers: every cheat in full, every honest look-alike, and the worked examples."""

import shutil
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from ingest.sample_world.adversary.center import MODEL_ID, at, honest_center
from ingest.sample_world.adversary.cheats import CHEATS
from ingest.sample_world.adversary.look_alikes import LOOK_ALIKES
from ingest.sample_world.adversary.worlds import TUNING_SEED, cheating_center, honest_look_alike
from orchestration.planted_warehouse import fill_raw

FAINT = (
    "vanished_card",
    "silent_when_idle",
    "price_outlier",
    "price_without_peers",
    "disguised_feed",
    "cancel_wave",
    "monoculture",
    "edited_file",
)
"""Cheats that are planted once more, at a quarter of their strength."""

JUNE = [date(2026, 6, 1) + timedelta(days=number) for number in range(30)]


def low_power_example():
    """EX-F2: utilization 99 %, 118 W where idle is 75 W and full power 700 W; nothing else is told."""
    center = honest_center("ex-f2", TUNING_SEED - 100)
    center.load.busy_pct[0], center.load.power_w[0] = 99, 118
    center.load.tensor_pct[0], center.load.dram_pct[0] = np.nan, np.nan
    return center


def energy_example():
    """EX-F1: one card says 645.12 kWh in a month, the meter of its server 300 kWh."""
    name, facts = "ex-f1", {"center_id": "ex-f1", "device_uid": "ex-f1-c", "server_id": "ex-f1-n"}
    day = {"center_id": name, "device_uid": "ex-f1-c", "evidence_class": "B", "known_seconds": 86_400}
    meter = {"center_id": name, "meter_id": "ex-f1-m", "meter_scope": "server", "server_id": "ex-f1-n"}
    return {
        "centers": [{"center_id": name, "time_zone": "Asia/Shanghai", "province_code": 320000}],
        "servers": [{"server_id": "ex-f1-n", "center_id": name, "u_height": 8, "nameplate_w": 10_200}],
        "device_events": [
            {"event_id": "ex-f1-e", "model_id": MODEL_ID, "occurred_at": at(JUNE[0]), "state": "in_service"} | facts,
            {"event_id": "ex-f1-f", "model_id": MODEL_ID, "occurred_at": at(date(2026, 7, 1)), "state": "sold"} | facts,
        ],
        "device_days": [day | {"local_day": june, "util_0_1_seconds": 86_400, "energy_wh": 21_504} for june in JUNE],
        "power_readings": [
            meter
            | {
                "started_at": at(june),
                "read_at": at(june + timedelta(days=1)),
                "energy_wh": 10_000,
                "source_method": "pdu",
            }
            for june in JUNE
        ],
    }


@pytest.fixture(scope="session")
def planted(dbt_project, tmp_path_factory):
    """The built warehouse file; a center is named by its scenario, a look-alike by what looks odd."""
    # A seed of its own for each: two centers of one seed would send the same readings, which F12 finds.
    cheating = [cheating_center(scenario, 1.0, TUNING_SEED + number)[1] for number, scenario in enumerate(CHEATS)]
    faint = [cheating_center(scenario, 0.25, TUNING_SEED + 100 + n)[1] for n, scenario in enumerate(FAINT)]
    honest = [honest_look_alike(scenario, TUNING_SEED - number)[1] for number, scenario in enumerate(LOOK_ALIKES, 1)]
    warehouse = tmp_path_factory.mktemp("planted") / "warehouse.duckdb"
    shutil.copy(dbt_project.template, warehouse)
    with duckdb.connect(warehouse) as connection:
        fill_raw(connection, [*cheating, *faint, *honest, low_power_example()], energy_example())
        connection.execute("insert into raw.files (source_sha256, center_id, recorded_at) values ('f', 'ex-f1', now())")
        connection.execute("update raw.files set recorded_at = '2026-06-01 00:00:00+00'")
        connection.execute("insert into raw.file_faults values ('f', 'changed')")
        connection.execute("insert into raw.chain_faults values ('publications', 1, 'Publication 2 is missing.')")
    dbt_project.invoke(
        warehouse,
        "run",
        "--select",
        "+fct_subject__score +fct_center_rule__judged +fct_finding__evidence "
        "+int_subsidy__programme_hours +fct_programme_user__use +fct_center_month_class__organic_use",
    )
    return warehouse


@pytest.fixture(scope="session")
def holding(planted, query):
    """Findings that hold, as (scenario, rule, severity)."""
    rows = query(planted, "select center_id, rule_id, severity from fct_finding where verdict = 'holds'")
    return {(_scenario(row["center_id"]), row["rule_id"], row["severity"]) for row in rows}


def _scenario(center_id: str) -> str:
    if center_id.startswith("ex-") or center_id == "unknown":
        return center_id
    scenario, strength, *_ = center_id.removesuffix("-twin").split("-")
    return f"faint {scenario}" if strength == "0.25" else scenario
