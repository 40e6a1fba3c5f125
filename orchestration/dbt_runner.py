"""dbt in this process: one call, one result, nothing printed, nothing written into the repository.

A dbt command costs 4 to 7 CPU seconds as a process of its own and a fraction of that in here.
"""

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.paths import REPOSITORY_ROOT, DataDir
from orchestration.code_version import folder_hash
from orchestration.errors import BuildError

DBT_PROJECT_DIR = REPOSITORY_ROOT / "dbt_project"
WAREHOUSE_FILE_NAME = "warehouse.duckdb"
"""The stem is the database's name inside every compiled statement, so every build has the same one."""

_SILENTLY = ("--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-send-anonymous-usage-stats")

_parsed: dict[tuple[Path, str], Any] = {}
"""What dbt read in this process, by project and hash of its sources: parsing costs ten times what reusing it does."""

Progress = Callable[[str, int, int], None]
"""Called with what was just done, how many steps are done, and how many there are."""


@dataclass(frozen=True)
class NodeResult:
    """What became of one node: `status` is dbt's word (`success`, `pass`, `warn`, `error`, `fail`, `skipped`)."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    message: str
    seconds: float
    failing_row_count: int | None

    @property
    def is_failure(self) -> bool:
        """Whether the build cannot be trusted because of this node."""
        return self.status in ("error", "fail", "runtime error")


def run_dbt(
    arguments: list[str],
    warehouse_path: Path,
    work_dir: Path,
    project_dir: Path = DBT_PROJECT_DIR,
    on_progress: Progress | None = None,
) -> list[NodeResult]:
    """Run one dbt command over one DuckDB file and give back what became of each node.

    Args:
        arguments: the command and its own options, such as `["build", "--exclude-resource-type", "unit_test"]`.
        warehouse_path: the DuckDB file; no other process can open it until this returns.
        work_dir: where dbt keeps its target folder and its log.
        project_dir: the dbt project, which also holds `profiles.yml`.
        on_progress: told about every finished node.

    Raises:
        BuildError: if dbt could not start or compile; failing nodes are in the result instead.
    """
    result = _invoke(arguments, warehouse_path, work_dir, project_dir, _progress_callback(on_progress))
    if result.exception is not None:
        raise BuildError(f"dbt could not run `{arguments[0]}`: {result.exception}") from result.exception
    return [_node_result(node) for node in result.result.results]


def load_manifest(data_dir: DataDir, project_dir: Path = DBT_PROJECT_DIR) -> dict[str, Any]:
    """The manifest of the dbt project as it stands now, parsed unless `prepare_manifest` kept one of the same sources.

    Creates nothing below the data folder, so that it may run while definitions are imported in a fresh checkout.
    """
    work_dir = dbt_work_dir(data_dir)
    if _is_current(work_dir, project_dir):
        return _read_manifest(work_dir)
    with tempfile.TemporaryDirectory(prefix="racklight-dbt-") as scratch:
        parse(Path(scratch), Path(scratch) / WAREHOUSE_FILE_NAME, project_dir)
        return _read_manifest(Path(scratch))


def prepare_manifest(data_dir: DataDir, project_dir: Path = DBT_PROJECT_DIR) -> None:
    """Parse where the next build looks for it, so that neither definitions nor build parse again (10 CPU seconds)."""
    work_dir = dbt_work_dir(data_dir)
    if not _is_current(work_dir, project_dir):
        parse(work_dir, building_path(data_dir), project_dir)
        _stamp(work_dir).write_text(folder_hash(project_dir), encoding="utf-8")


def built_manifest(data_dir: DataDir) -> dict[str, Any]:
    """The manifest that the last build left, with every statement as it was executed."""
    return _read_manifest(dbt_work_dir(data_dir))


def dbt_work_dir(data_dir: DataDir) -> Path:
    """Where dbt's target folder and log of this data folder are."""
    return data_dir.root / "build" / "dbt"


def building_path(data_dir: DataDir) -> Path:
    """The file a build is made in, the same each time: a path that changed would make dbt parse everything again."""
    return data_dir.warehouse / ".building" / WAREHOUSE_FILE_NAME


def _stamp(work_dir: Path) -> Path:
    return work_dir / "target" / "parsed_sources.sha256"


def _is_current(work_dir: Path, project_dir: Path) -> bool:
    stamp = _stamp(work_dir)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == folder_hash(project_dir)


def _read_manifest(work_dir: Path) -> dict[str, Any]:
    return json.loads((work_dir / "target" / "manifest.json").read_text(encoding="utf-8"))


def parse(work_dir: Path, warehouse_path: Path, project_dir: Path = DBT_PROJECT_DIR) -> Any:
    """Leave the project's manifest in a work folder and give back dbt's own; a project is parsed once a process.

    Raises:
        BuildError: if dbt cannot read the project.
    """
    project = (project_dir, folder_hash(project_dir))
    if project in _parsed:
        _parsed[project].write(str(work_dir / "target" / "manifest.json"))
        return _parsed[project]
    # parsing opens no database
    result = _invoke(["parse"], warehouse_path, work_dir, project_dir, [])
    if result.exception is not None:
        raise BuildError(f"dbt could not parse {project_dir}: {result.exception}") from result.exception
    _parsed[project] = result.result
    return result.result


def _invoke(
    arguments: list[str],
    warehouse_path: Path,
    work_dir: Path,
    project_dir: Path,
    callbacks: list[Callable[[Any], None]],
) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folders = {
        "--project-dir": project_dir,
        "--profiles-dir": project_dir,
        "--target-path": work_dir / "target",
        "--log-path": work_dir / "logs",
    }
    options = [text for name, folder in folders.items() for text in (name, str(folder.absolute()))]
    with _environment(RACKLIGHT_WAREHOUSE_PATH=str(warehouse_path.absolute())):
        try:
            manifest = _parsed.get((project_dir, folder_hash(project_dir)))
            return dbtRunner(manifest, callbacks).invoke([*_SILENTLY, *arguments, *options])
        finally:
            # dbt keeps the file open, and an open file can be neither renamed safely nor read by anyone else
            DuckDBConnectionManager.close_all_connections()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _progress_callback(on_progress: Progress | None) -> list[Callable[[Any], None]]:
    if on_progress is None:
        return []
    counts = {"done": 0, "total": 0}
    one_at_a_time = threading.Lock()  # dbt calls back from each of its threads

    def tell(event: Any) -> None:
        if event.info.name == "ConcurrencyLine":
            counts["total"] = event.data.node_count
        elif event.info.name == "NodeFinished":
            node = event.data.node_info
            with one_at_a_time:
                counts["done"] += 1
                on_progress(f"dbt {node.resource_type} {node.node_name}", counts["done"], counts["total"])

    return [tell]


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        resource_type=str(result.node.resource_type),
        status=str(result.status),
        message=(result.message or "").strip(),
        seconds=result.execution_time,
        failing_row_count=result.failures,
    )
