"""Subsidies built through the real models, from registers or from the sums that stand before the last step."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest

FEN_PER_MILLION = 100_000_000


def programme(programme_id: str = "p1", **fields: object) -> dict:
    """A grant of 30 million yuan with the usual terms."""
    return {
        "programme_id": programme_id,
        "center_id": "c1",
        "authority_party_id": "gov",
        "grantee_party_id": "op",
        "subsidy_kind": "build_grant",
        "signed_on": date(2025, 1, 1),
        "valid_from": date(2025, 1, 1),
        "granted_cny_fen": 30 * FEN_PER_MILLION,
        "full_credit_from_bp": 9_500,
        "no_credit_below_bp": 6_000,
        "clawback_interest_bp": 300,
        **fields,
    }


def milestone(milestone_id: str, weight_bp: int, threshold: float, metric: str = "lit_of_racked", **fields) -> dict:
    """A condition that was due before as-of."""
    return {
        "milestone_id": milestone_id,
        "programme_id": "p1",
        "metric": metric,
        "comparison": "at_least",
        "threshold_milli": round(threshold * 1000),
        "threshold_unit": "share",
        "measure_window": "point_in_time",
        "due_on": date(2026, 1, 1),
        "weight_bp": weight_bp,
        **fields,
    }


def assessment(milestone_id: str, lower: float, upper: float | None = None) -> dict:
    """What a third party found of a condition."""
    return {
        "assessment_id": f"a-{milestone_id}",
        "milestone_id": milestone_id,
        "assessed_on": date(2026, 1, 20),
        "achieved_lower_milli": round(lower * 1000),
        "achieved_upper_milli": None if upper is None else round(upper * 1000),
    }


def payment(payment_id: str, million: float, booked_on: date, **fields: object) -> dict:
    """Money paid under the grant."""
    return {
        "payment_id": payment_id,
        "programme_id": "p1",
        "payment_kind": "paid",
        "booked_on": booked_on,
        "amount_cny_fen": round(million * FEN_PER_MILLION),
        **fields,
    }


@pytest.fixture(scope="session")
def rows() -> SimpleNamespace:
    """Functions that give one row of a register each."""
    return SimpleNamespace(programme=programme, milestone=milestone, assessment=assessment, payment=payment)


@pytest.fixture(scope="session")
def run_on(dbt_project, tmp_path_factory) -> Callable[..., Path]:
    """Run named models alone on tables given as rows: `run_on({"int_x": [{...}]}, ["fct_y"])` gives the file."""

    def run(tables: dict[str, list[dict]], models: list[str]) -> Path:
        warehouse = tmp_path_factory.mktemp("planted") / "warehouse.duckdb"
        shutil.copy(dbt_project.template, warehouse)
        with duckdb.connect(warehouse) as connection:
            connection.execute("create schema if not exists intermediate")
            for name, rows in tables.items():
                frame = pl.DataFrame(rows)
                frame = frame.with_columns(pl.col("^.*gflops.*$").cast(pl.Decimal(38, 0)))
                connection.execute(f"create table intermediate.{name} as select * from frame")
        dbt_project.invoke(warehouse, "run", "--select", *models)
        return warehouse

    return run
