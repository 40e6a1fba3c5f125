"""Recomputing a registered figure: built anew from the very files its publication knew, and held against the register.

Nothing is published, and no build that readers or `racklight publish` would take is touched.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.paths import DataDir
from ingest.state.register import Entry, Register, canonical_json
from ingest.state.store import StateStore
from orchestration.build import build
from orchestration.dbt_runner import DBT_PROJECT_DIR, Progress
from orchestration.definitions_of_figures import changed_nodes, read_definitions
from orchestration.errors import RacklightError
from orchestration.publish import MART_SCHEMA, figures_of


@dataclass(frozen=True)
class Recomputation:
    """What was registered and what came out; `changed_nodes` are models and seeds that are not what they were."""

    entry: Entry
    registered: dict
    recomputed: dict | None
    changed_nodes: list[str]

    @property
    def agrees(self) -> bool:
        """Whether every column of the figure is what was registered, to the last digit."""
        return self.recomputed == self.registered

    @property
    def differences(self) -> dict[str, tuple[object, object]]:
        """Column -> registered and recomputed value, where they differ."""
        now = self.recomputed or {}
        names = sorted(self.registered.keys() | now.keys())
        return {
            name: (self.registered.get(name), now.get(name))
            for name in names
            if self.registered.get(name) != now.get(name)
        }


def recompute(
    data_dir: DataDir,
    figure_id: str,
    entry: Entry | None = None,
    on_progress: Progress | None = None,
    *,
    project_dir: Path = DBT_PROJECT_DIR,
) -> Recomputation:
    """Build from the files that a publication knew, as of its as-of, and compare one figure with the register.

    Args:
        data_dir: whose register, raw store and lake are used.
        figure_id: the figure.
        entry: the publication; None takes the last one that held the figure.
        on_progress: told about every finished step.
        project_dir: the dbt project.

    Raises:
        RacklightError: the register does not hold the figure, or a file is not there any more as it was.
        orchestration.errors.BuildError: the build failed.
    """
    store = StateStore(data_dir)
    register = Register(store)
    candidates = [entry] if entry else reversed(register.entries())
    held = next(((known, said) for known in candidates if (said := register.figure(known, figure_id))), None)
    if held is None:
        raise RacklightError(f"The register holds no figure {figure_id}. `racklight register list` shows publications.")
    entry, registered = held
    inputs = register.inputs(entry)
    check_inputs(store, entry, inputs)
    folder = data_dir.warehouse / "recomputed"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        built = build(
            data_dir,
            entry.as_of_at,
            on_progress,
            project_dir=project_dir,
            only=frozenset(inputs),
            folder=folder,
            figures_only=True,
        )
        with duckdb.connect(str(built.path), read_only=True) as connection:
            connection.execute(f"set TimeZone = 'UTC'; set schema = '{MART_SCHEMA}'")
            found = figures_of(connection, figure_id).get(figure_id)
        changed = changed_nodes(register.definitions(entry), read_definitions(built.path), registered.get("metric_id"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Recomputation(entry, registered, found and json.loads(canonical_json(found)), changed)


def check_inputs(store: StateStore, entry: Entry, inputs: dict[str, int]) -> None:
    """Refuse to recompute from anything but the recorded files, read as they were read then."""
    files = {row["source_sha256"]: row for row in store.files().iter_rows(named=True)}
    missing = sorted(inputs.keys() - files.keys())
    read_otherwise = [name for name, count in inputs.items() if name in files and files[name]["rows_accepted"] != count]
    sentences = [f"  file {sha256} is not in the manifest any more" for sha256 in missing]
    sentences += [
        f"  {files[sha256]['original_name']} ({sha256}) was read again: {inputs[sha256]:,} rows accepted then, "
        f"{files[sha256]['rows_accepted']:,} now"
        for sha256 in sorted(read_otherwise)
    ]
    if sentences:
        raise RacklightError("\n".join([f"Publication {entry.publication_no} cannot be recomputed:", *sentences]))
