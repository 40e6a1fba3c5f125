"""The command line, used as a person would use it, on a data folder of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from unittest import mock

import duckdb
import pytest
from click.testing import CliRunner

NO_TESTS = ["build", "--exclude-resource-type=test", "--exclude-resource-type=unit_test"]
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@dataclass(frozen=True)
class Racklight:
    """One data folder and the command line that works on it."""

    data_dir: Path

    def run(self, *arguments: str | Path) -> str:
        """Run a command and return what it printed; a failure shows all of it."""
        from orchestration.cli import main

        environment = {"RACKLIGHT_DATA_DIR": str(self.data_dir)}
        outcome = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)
        assert outcome.exit_code == 0, f"{arguments}: {outcome.output}\n{outcome.exception!r}"
        return outcome.stdout

    def run_beside_dagster(self, *arguments: str | Path, with_dbt_tests: bool = True) -> str:
        """Run a command that builds, with the steps of its job called one by one and not as a Dagster run.

        Running the job costs a third of a small build, and dbt's tests as much. The job itself is run in this folder
        on deliveries of all kinds; dbt's tests are left out only where they are run on the same rows, or on these and
        more, in the same file.
        """
        with mock.patch("orchestration.jobs.run_build_job", partial(_build_and_publish, with_dbt_tests)):
            return self.run(*arguments)

    def figures(self, *arguments: str) -> dict[str, dict]:
        """Figures by metric, as the public JSON has them."""
        return {figure["metric"]: figure for figure in json.loads(self.run("figures", "--format", "json", *arguments))}

    def query(self, sql: str) -> list[tuple]:
        """Rows of the published file."""
        with duckdb.connect(
            str((self.data_dir / "published/all/marts.duckdb").resolve()), read_only=True
        ) as connection:
            return connection.execute(sql).fetchall()


def _build_and_publish(with_dbt_tests: bool, data_dir, as_of: datetime | None, publish: bool, on_progress) -> None:
    from ingest.remake import remake_lake
    from ingest.rollups import roll_up_dirty_days
    from orchestration import build, dbt_runner
    from orchestration.publish import publish_marts

    assert publish
    remake_lake(data_dir)
    roll_up_dirty_days(data_dir)
    dbt_runner.prepare_manifest(data_dir)
    arguments = build._arguments(run_unit_tests=False, figures_only=False) if with_dbt_tests else NO_TESTS
    with mock.patch.object(build, "_arguments", return_value=arguments):
        warehouse = build.build_warehouse(data_dir, as_of, on_progress)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        broken = "from raw.expectations where not is_met and severity = 'critical'"
        assert connection.execute(broken).fetchall() == [], "the job would stop at its gate"
    publish_marts(data_dir, warehouse)


@pytest.fixture(scope="session")
def new_racklight(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Racklight]:
    """A function that gives an empty data folder."""
    return lambda: Racklight(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def racklight(new_racklight) -> Racklight:
    return new_racklight()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder of public traces is not beside this checkout")
    return SHARED
