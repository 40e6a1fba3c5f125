from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA

SHARED = Path(__file__).parents[4] / "shared"


@pytest.fixture(scope="session")
def shared_file():
    """Gives the path of a reference file, or skips the test where the reference folder is absent."""

    def locate(name):
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"reference file {name} is not beside this checkout")
        return path

    return locate


@pytest.fixture(scope="session")
def lake_samples():
    """Builds samples of device 1 from `(second after the instant, utilization)` pairs; `columns` hold for every row."""

    def build(start, rows, **columns):
        start_seconds = datetime.fromisoformat(start).timestamp()
        return pl.DataFrame(
            [
                {"device_key": 1, "source_line": line, **columns}
                | {"sampled_at_ms": round((start_seconds + second) * 1_000), "utilization_pct": utilization}
                for line, (second, utilization) in enumerate(rows, start=1)
            ],
            schema=LAKE_SAMPLE_SCHEMA,
        )

    return build
