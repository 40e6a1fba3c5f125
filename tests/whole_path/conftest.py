"""The command line, used as a person would use it, on a data folder of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

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

    def figures(self, *arguments: str) -> dict[str, dict]:
        """Figures by metric, as the public JSON has them."""
        return {figure["metric"]: figure for figure in json.loads(self.run("figures", "--format", "json", *arguments))}

    def query(self, sql: str) -> list[tuple]:
        """Rows of the published file."""
        with duckdb.connect(
            str((self.data_dir / "published/all/marts.duckdb").resolve()), read_only=True
        ) as connection:
            return connection.execute(sql).fetchall()


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
