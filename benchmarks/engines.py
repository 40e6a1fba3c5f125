"""Engines that are no dependency of the project: the rollup's result by each, where it can be had.

They lie in a folder of their own, which only who imports this module looks into: Great Expectations imports Spark
wherever it finds it, and Spark then ends the process.
"""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import polars as pl
from telemetry_days import TIME_ZONE, day_of

_PACKAGES = {"ClickHouse by hand": "chdb", "Spark by hand": "pyspark"}
_HOW_TO_GET = ".venv/bin/python -m pip install --no-deps --target build/engines -r benchmarks/engines.txt"

sys.path.append(str(Path(__file__).parents[1] / "build/engines"))


def by_clickhouse(folder: Path, number: int) -> pl.DataFrame:
    """One day by ClickHouse, which is loaded only now."""
    from by_clickhouse import roll_up_by_clickhouse

    return roll_up_by_clickhouse(folder / f"lake/{number}.parquet", day_of(number), TIME_ZONE)


def by_spark(folder: Path, number: int) -> pl.DataFrame:
    """One day by Spark, which is started by the first."""
    from by_spark import roll_up_by_spark

    return roll_up_by_spark(folder / f"lake/{number}.parquet", day_of(number), TIME_ZONE)


ENGINES = {"ClickHouse by hand": by_clickhouse, "Spark by hand": by_spark}


def what_lacks(engine: str) -> str | None:
    """Why an engine cannot be compared here, and what would change that; None if it can."""
    package = _PACKAGES[engine]
    if find_spec(package) is None:
        return f"{package} is not installed; {_HOW_TO_GET}"
    if engine == "Spark by hand" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "there is no java on the PATH; Spark needs Java 17 or 21"
    return None
