"""How well the rules of fraud find what was planted, and how often they accuse the honest, by rule and strength.

Hundreds of made-up centers stand side by side in one warehouse, so that one run of the real rollup and the real dbt
models judges all of them; more than that go into several, so that memory stays small:
`.venv/bin/python benchmarks/detection.py`.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl
from scipy.stats import norm

from ingest.sample_world.adversary.cheats import CHEATS, MILD
from ingest.sample_world.adversary.look_alikes import LOOK_ALIKES
from ingest.sample_world.adversary.worlds import (
    EVALUATION_SEED,
    TUNING_SEED,
    Planted,
    cheating_center,
    honest_look_alike,
)
from orchestration.planted_warehouse import fill_raw

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
STRENGTHS = {0.25: 12, 0.5: 12, 1.0: 75}
"""Strength of a cheat, and how many centers cheat so; 75 of 75 shows more than 95 % at 95 % confidence."""

LOOK_ALIKE_COUNT = 24
QUARTERS = 2
CENTERS_A_WAREHOUSE = 600


def planted_world(base_seed: int, strengths: dict[float, int], look_alikes: int) -> list[tuple[str, float, int]]:
    """Scenario, strength (of a look-alike 0) and seed of every center."""
    counted = [
        (scenario, strength) for scenario in CHEATS for strength, count in strengths.items() for _ in range(count)
    ]
    counted += [(scenario, 0.0) for scenario in LOOK_ALIKES for _ in range(look_alikes)]
    return [(scenario, strength, base_seed + number) for number, (scenario, strength) in enumerate(counted)]


def judged(world: list[tuple[str, float, int]], folder: Path) -> tuple[list[Planted], pl.DataFrame]:
    """Plant centers in a warehouse of their own; hands back what they are, and what the rules find."""
    centers = [
        cheating_center(scenario, strength, seed) if strength else honest_look_alike(scenario, seed)
        for scenario, strength, seed in world
    ]
    folder.mkdir(parents=True, exist_ok=True)
    warehouse = folder / "warehouse.duckdb"
    warehouse.unlink(missing_ok=True)
    with duckdb.connect(warehouse) as connection:
        fill_raw(connection, [center for _, center in centers])
    run_models(warehouse)
    return [planted for planted, _ in centers], findings_of(warehouse)


def run_models(warehouse: Path) -> None:
    """Seed and run every model the findings stand on, once."""
    environment = os.environ | {"RACKLIGHT_WAREHOUSE_PATH": str(warehouse)}
    places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
    outputs = ["--target-path", warehouse.parent / "target", "--log-path", warehouse.parent / "logs"]
    dbt = Path(sys.executable).parent / "dbt"
    select = ["--select", "+fct_finding"]
    no_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    subprocess.run([dbt, "build", "--quiet", *no_tests, *select, *places, *outputs], env=environment, check=True)


def findings_of(warehouse: Path) -> pl.DataFrame:
    """All findings, under the center they were planted in."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.execute(
            "select replace(findings.center_id, '-twin', '') as center_id, findings.rule_id, findings.severity, "
            "findings.verdict, findings.period_start_on, findings.severity = rules.severity as is_full "
            "from marts.fct_finding as findings inner join reference.finding_rules as rules using (rule_id)"
        )
        return rows.pl()


def wilson(hits: int, count: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson interval of a share."""
    if not count:
        return 0.0, 1.0
    z, share = norm.ppf(0.5 + level / 2), hits / count
    middle = share + z * z / (2 * count)
    half = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5
    return max(0.0, (middle - half) / (1 + z * z / count)), min(1.0, (middle + half) / (1 + z * z / count))


def detection_table(planted: list[Planted], findings: pl.DataFrame) -> list[tuple[str, ...]]:
    """One row per cheat and strength: found where its rule holds as gravely as it can, else asked about more mildly.

    What a rule asks about mildly by design is found where it holds at all.
    """
    full = findings.filter(pl.col("verdict") == "holds", "is_full")
    holds = {(row["center_id"], row["rule_id"]) for row in full.to_dicts()}
    all_holding = {
        (row["center_id"], row["rule_id"]) for row in findings.filter(pl.col("verdict") == "holds").to_dicts()
    }
    holds |= {(center.center_id, center.rule_id) for center in planted if center.scenario in MILD} & all_holding
    milder_ones = {(row["center_id"], row["rule_id"]) for row in findings.to_dicts()} - holds
    groups: dict[tuple[str, str, float], list[str]] = {}
    for center in planted:
        if center.rule_id:
            groups.setdefault((center.rule_id, center.scenario, center.strength), []).append(center.center_id)
    rows = []
    for (rule_id, scenario, strength), names in sorted(groups.items()):
        hits = sum((name, rule_id) in holds for name in names)
        low, high = wilson(hits, len(names))
        milder = sum((name, rule_id) in milder_ones for name in names)
        rows.append(
            (rule_id, scenario, f"{strength:g}", f"{hits} of {len(names)}", f"{low:.0%} to {high:.0%}", str(milder))
        )
    return rows


def false_alarm_table(planted: list[Planted], findings: pl.DataFrame) -> list[tuple[str, ...]]:
    """One row per look-alike: center-quarters with a serious finding that holds, and with any that holds."""
    holds = findings.filter(pl.col("verdict") == "holds")
    serious = holds.filter(pl.col("severity") == "serious")
    honest = [center for center in planted if center.rule_id is None]
    rows = []
    for scenario in [*LOOK_ALIKES, "all"]:
        names = [center.center_id for center in honest if scenario in ("all", center.scenario)]
        count = len(names) * QUARTERS
        alarms = _center_quarters(serious, names)
        low, high = wilson(alarms, count)
        milder = holds.filter(pl.col("severity") == "watch", pl.col("center_id").is_in(names))
        rules = ", ".join(sorted(set(milder["rule_id"]))) or "none"
        milder_count = _center_quarters(milder, names)
        rows.append((scenario, f"{alarms} of {count}", f"{low:.1%} to {high:.1%}", f"{milder_count} of {count}", rules))
    return rows


def _center_quarters(findings: pl.DataFrame, names: list[str]) -> int:
    own = findings.filter(pl.col("center_id").is_in(names))
    return own.select("center_id", "period_start_on").unique().height


def markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines)


def main() -> None:
    """Plant, build once, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="worlds of the seeds that rules may be set on, fewer")
    parser.add_argument("--keep", type=Path, help="folder in which the warehouse is kept")
    arguments = parser.parse_args()
    if arguments.tuning:
        world = planted_world(TUNING_SEED, {0.25: 1, 0.5: 1, 1.0: 2}, 2)
    else:
        world = planted_world(EVALUATION_SEED, STRENGTHS, LOOK_ALIKE_COUNT)
    started, warehouse_count = time.monotonic(), -(-len(world) // CENTERS_A_WAREHOUSE)
    planted: list[Planted] = []
    found: list[pl.DataFrame] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        for number in range(warehouse_count):
            # Dealt in turn, each warehouse holds some of every kind.
            own, findings = judged(world[number::warehouse_count], folder / str(number))
            planted += own
            found.append(findings)
    findings = pl.concat(found)
    head = ("rule", "planted", "strength", "found", "95 % interval", "asked more mildly")
    spent = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = sum(usage.ru_utime + usage.ru_stime for usage in spent)
    print(
        f"{len(planted)} centers, {len(planted) * QUARTERS} center-quarters, {warehouse_count} warehouses, "
        f"{cpu_seconds:.0f} CPU s, {time.monotonic() - started:.0f} s of wall time\n"
    )
    print(markdown(head, detection_table(planted, findings)), "\n")
    head = ("honest, but", "serious alarms", "95 % interval", "watch", "by rules")
    print(markdown(head, false_alarm_table(planted, findings)))


if __name__ == "__main__":
    main()
