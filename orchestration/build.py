"""A warehouse from what was taken in: a new DuckDB file, its raw schema loaded, dbt built on top, nothing left open.

A build never touches an earlier one. What readers see changes only when `orchestration.publish` runs afterwards.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.state.store import StateStore
from orchestration.dbt_runner import (
    DBT_PROJECT_DIR,
    WAREHOUSE_FILE_NAME,
    NodeResult,
    Progress,
    building_path,
    built_manifest,
    dbt_work_dir,
    run_dbt,
)
from orchestration.definitions_of_figures import definitions_of_figures, write_definitions
from orchestration.errors import BuildError
from orchestration.warehouse import load_raw

KEPT_BUILD_COUNT = 2
"""Builds are made from other things and may be deleted; the one before the last is kept for comparing."""


@dataclass(frozen=True)
class Build:
    """A finished build: its file, what became of every dbt node, and how many rows each raw table has."""

    path: Path
    nodes: list[NodeResult]
    raw_row_counts: dict[str, int]


def build_warehouse(
    data_dir: DataDir,
    as_of: datetime | None = None,
    on_progress: Progress | None = None,
    *,
    run_unit_tests: bool = False,
    project_dir: Path = DBT_PROJECT_DIR,
) -> Path:
    """Build a new warehouse file and return its path; `build` says more about it."""
    return build(data_dir, as_of, on_progress, run_unit_tests=run_unit_tests, project_dir=project_dir).path


def build(
    data_dir: DataDir,
    as_of: datetime | None = None,
    on_progress: Progress | None = None,
    *,
    run_unit_tests: bool = False,
    project_dir: Path = DBT_PROJECT_DIR,
    only: frozenset[str] | None = None,
    folder: Path | None = None,
    prepare: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    figures_only: bool = False,
) -> Build:
    """Load raw into a new file, run `dbt build` over it, and give it its name only if every node and test passed.

    Args:
        data_dir: whose lake and state store are built.
        as_of: aware instant; what was recorded later is left out. None takes everything.
        on_progress: told about every finished step.
        run_unit_tests: also run dbt's unit tests, which look at code and not at data.
        project_dir: the dbt project.
        only: sha256s of the files to be known, besides the as-of; None knows all.
        folder: where the finished build goes if it is not to count as one; None puts it among the builds.
        prepare: changes the raw schema after it was loaded, for a build that answers "what if".
        figures_only: build nothing but the figures and what they come from, and test nothing.

    Raises:
        BuildError: names the failing nodes; earlier builds and what is published stay as they are.
        ingest.locks.WriterBusyError: another process is building or publishing.
    """
    data_dir.create()
    with writer_lock(warehouse_lock(data_dir)):
        started_at = datetime.now(UTC)
        warehouse = building_path(data_dir)
        unfinished = warehouse.parent
        # what a build leaves that was killed
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        try:
            row_counts = _load(warehouse, data_dir, as_of, only, prepare)
            if on_progress:
                on_progress(f"raw: {sum(row_counts.values()):,} rows", 0, 0)
            nodes = run_dbt(
                _arguments(run_unit_tests, figures_only), warehouse, dbt_work_dir(data_dir), project_dir, on_progress
            )
            _raise_if_failed(nodes)
            write_definitions(definitions_of_figures(built_manifest(data_dir), warehouse), warehouse)
            finished = folder or data_dir.warehouse / f"build-{started_at:%Y%m%dT%H%M%S%fZ}"
            unfinished.rename(finished)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _remove_old_builds(data_dir)
    return Build(finished / WAREHOUSE_FILE_NAME, nodes, row_counts)


def warehouse_lock(data_dir: DataDir) -> Path:
    """The lock of everything written below `warehouse/` and `published/`."""
    return data_dir.warehouse / "writer.lock"


def latest_build(data_dir: DataDir) -> Path | None:
    """The newest finished warehouse file, or None before the first build."""
    builds = _finished_builds(data_dir)
    return builds[-1] / WAREHOUSE_FILE_NAME if builds else None


def _load(
    warehouse: Path,
    data_dir: DataDir,
    as_of: datetime | None,
    only: frozenset[str] | None,
    prepare: Callable[[duckdb.DuckDBPyConnection], None] | None,
) -> dict[str, int]:
    # held while loading, so that one build sees one state of manifest and lake
    with writer_lock(StateStore(data_dir).lock_path), duckdb.connect(str(warehouse)) as connection:
        row_counts = load_raw(connection, data_dir, as_of, only)
        if prepare:
            prepare(connection)
        return row_counts


def _arguments(run_unit_tests: bool, figures_only: bool) -> list[str]:
    if figures_only:
        only_nodes = ("test", "unit_test")
        return ["build", "--select", "+fct_figure", *(f"--exclude-resource-type={kind}" for kind in only_nodes)]
    return ["build"] if run_unit_tests else ["build", "--exclude-resource-type", "unit_test"]


def _raise_if_failed(nodes: list[NodeResult]) -> None:
    failed = [node for node in nodes if node.is_failure]
    if not failed:
        return
    skipped_count = sum(node.status == "skipped" for node in nodes)
    counts = f"{len(failed)} of {len(nodes)} dbt nodes failed and {skipped_count} were skipped; nothing was published."
    lines = [f"  {node.resource_type} {node.name}: {_shortened(node.message) or node.status}" for node in failed]
    raise BuildError("\n".join([counts, *lines]), nodes)


def _shortened(message: str) -> str:
    """A node's message without the macros it passed through."""
    lines = [line for line in message.splitlines() if line.strip() and not line.strip().startswith(">")]
    return "\n    ".join(lines)


def _finished_builds(data_dir: DataDir) -> list[Path]:
    if not data_dir.warehouse.exists():
        return []
    return sorted(data_dir.warehouse.glob("build-*"))


def _remove_old_builds(data_dir: DataDir) -> None:
    for folder in _finished_builds(data_dir)[:-KEPT_BUILD_COUNT]:
        shutil.rmtree(folder)
