"""Splitting the differences of two publications: built anew in between, once per cause that is not the last one."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from ingest.paths import DataDir
from ingest.state.register import Entry, Register, canonical_json
from ingest.state.restatements import LoggedPair, RestatementLog
from ingest.state.store import StateStore
from orchestration.build import build
from orchestration.dbt_runner import DBT_PROJECT_DIR, Progress
from orchestration.definitions_of_figures import changed_nodes, read_definitions
from orchestration.errors import BuildError, RacklightError
from orchestration.publish import MART_SCHEMA, figures_of
from orchestration.recompute import check_inputs
from orchestration.restating.causes import CAUSES, Between, between, definition_rows
from orchestration.restating.later_rows import keep_old_heads, leave_out_corrections, note_known_files
from orchestration.restating.milestones import restated_milestones
from orchestration.restating.parts import parts_of_figure

_SHOWN = ("metric_id", "basis", "center_id", "period_grain", "period_start", "period_end", "unit")


def publication_before(register: Register, later: Entry) -> Entry | None:
    """The last publication registered before another one in its scope."""
    earlier = [
        entry
        for entry in register.entries()
        if entry.scope == later.scope and entry.publication_no < later.publication_no
    ]
    return earlier[-1] if earlier else None


def restate_latest(data_dir: DataDir, on_progress: Progress | None = None) -> tuple[LoggedPair | None, str]:
    """Split the newest publication against the one before it; without a pair, the sentence says why there is none."""
    register = Register(StateStore(data_dir))
    later = register.head()
    earlier = publication_before(register, later) if later else None
    if earlier is None:
        return None, "There is no earlier publication."
    try:
        return restate(data_dir, earlier, later, on_progress), ""
    except BuildError:
        raise
    except RacklightError as error:
        return None, str(error)


def restate(
    data_dir: DataDir,
    earlier: Entry,
    later: Entry,
    on_progress: Progress | None = None,
    *,
    project_dir: Path = DBT_PROJECT_DIR,
) -> LoggedPair:
    """The pair as it stands in the log, split now if it does not stand there.

    A pair with one cause takes no build; each further cause takes a build of the figures alone.

    Raises:
        RacklightError: the later publication knows less than the earlier one, or was made under other definitions than
            those that stand here.
    """
    log = RestatementLog(StateStore(data_dir))
    known = log.pair(earlier.publication_no, later.publication_no)
    if known is not None:
        return known
    found = between(data_dir, earlier, later)
    steps = [_steps(data_dir, found, cause, on_progress, project_dir) for cause in found.present[:-1]]
    register = Register(StateStore(data_dir))
    said, says = register.figures(earlier), register.figures(later)
    figures = {}
    for figure_id in said.keys() & says.keys():
        path = [said[figure_id], *(step.get(figure_id) for step in steps), says[figure_id]]
        if parts := parts_of_figure(path, found.present):
            figures[figure_id] = {name: says[figure_id].get(name) for name in _SHOWN} | parts
    _add_context(figures, said, register.definitions(earlier), register.definitions(later))
    summary = {
        "order": list(CAUSES),
        "present": found.present,
        "brought_by": found.brought_by,
        "restated_count": len(figures),
        "added_count": len(says.keys() - said.keys()),
        "withdrawn_count": len(said.keys() - says.keys()),
        "milestones": restated_milestones(data_dir, earlier, later),
    }
    return log.record(earlier.publication_no, later.publication_no, summary, figures)


def _steps(
    data_dir: DataDir, found: Between, cause: str, on_progress: Progress | None, project_dir: Path
) -> dict[str, dict]:
    """Figures after one cause and those before it, as a build of its own that counts nowhere."""
    store = StateStore(data_dir)
    register = Register(store)
    entry = found.earlier if cause == "definition_change" else found.later
    inputs = register.inputs(entry)
    check_inputs(store, entry, inputs)
    folder = data_dir.warehouse / "restating"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        built = build(
            data_dir,
            entry.as_of_at,
            on_progress,
            project_dir=project_dir,
            only=frozenset(inputs),
            folder=folder,
            prepare=_prepare(found, cause),
            figures_only=True,
        )
        _refuse_other_definitions(register, found.later, read_definitions(built.path))
        with duckdb.connect(str(built.path), read_only=True) as connection:
            connection.execute(f"set TimeZone = 'UTC'; set schema = '{MART_SCHEMA}'")
            return json.loads(canonical_json(figures_of(connection)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(found: Between, cause: str) -> Callable[[duckdb.DuckDBPyConnection], None] | None:
    change = {"late_data": leave_out_corrections, "correction": keep_old_heads}.get(cause)
    if change is None:
        return None

    def prepare(connection: duckdb.DuckDBPyConnection) -> None:
        note_known_files(connection, found.known)
        change(connection)

    return prepare


def _refuse_other_definitions(register: Register, later: Entry, here: Mapping) -> None:
    changed = changed_nodes(register.definitions(later), here)
    if changed:
        raise RacklightError(
            f"Publication {later.publication_no} was made under other definitions than those that stand here "
            f"({', '.join(changed)}), so that its difference from earlier ones cannot be split any more. Split it with "
            "the code it was made with, or publish again and split that."
        )


def _add_context(figures: dict[str, dict], said: Mapping[str, Mapping], before: Mapping, now: Mapping) -> None:
    """Say of each figure whether its period was still open, and which kinds of definitions above it changed."""
    ended: dict[object, str] = {}
    for figure in said.values():
        if figure.get("period_grain") == "day":
            center = figure.get("center_id")
            ended[center] = max(ended.get(center, ""), figure["period_end"])
    kinds: dict[object, list[str]] = {}
    for figure in figures.values():
        metric_id, period_end = figure["metric_id"], figure["period_end"]
        if metric_id not in kinds:
            kinds[metric_id] = sorted({row["kind"] for row in definition_rows(before, now, metric_id)})
        was_open = bool(ended) and period_end is not None and period_end > ended.get(figure["center_id"], "")
        figure |= {"was_open": was_open, "definition_kinds": kinds[metric_id]}
