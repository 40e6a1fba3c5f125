"""Which causes stand between two publications, and what brought each: files, policies, catalogs, models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

from ingest.paths import DataDir
from ingest.state.register import Entry, Register
from ingest.state.store import StateStore
from orchestration.as_of import StateStoreAsOf
from orchestration.definitions_of_figures import changed_nodes
from orchestration.errors import RacklightError
from orchestration.restating.later_rows import later_row_counts, note_known_files
from orchestration.warehouse import load_registers

CAUSES = ("definition_change", "late_data", "correction", "reclassification")
"""In the order in which a change is taken apart: each cause is what its step adds to the steps before it.

Definitions come first because the code of today can be run over the files of then, and not the other way round.
"""


@dataclass(frozen=True)
class Between:
    """What came between two publications.

    `brought_by` has one row per thing that brought a cause: `cause`, `kind`, `name`, `detail`, and of a file who told
    it and when: `centers`, `recorded_at`, `source_sha256`. `known` are sha256s of files that both publications knew
    and read alike.
    """

    earlier: Entry
    later: Entry
    known: frozenset[str]
    brought_by: list[dict[str, str]]

    @property
    def present(self) -> list[str]:
        """Causes that can have changed anything, in their order."""
        found = {row["cause"] for row in self.brought_by}
        if not found:
            # same files, same as-of, same models: what is left is the code that reads and loads
            return ["definition_change"]
        return [cause for cause in CAUSES if cause in found]


def between(data_dir: DataDir, earlier: Entry, later: Entry) -> Between:
    """Compare what two publications knew and how they computed.

    Raises:
        RacklightError: the later one does not know everything that the earlier one knew.
    """
    register = Register(StateStore(data_dir))
    knew, knows = register.inputs(earlier), register.inputs(later)
    gone = sorted(knew.keys() - knows.keys())
    if gone or later.as_of_at < earlier.as_of_at:
        raise RacklightError(
            f"Publication {later.publication_no} knows less than publication {earlier.publication_no}: it is as of "
            f"{later.as_of_at:%Y-%m-%d %H:%M:%S} UTC and lacks {len(gone)} of its files. Only what came later can be "
            "split; `racklight register list` shows which publication stands where."
        )
    known = frozenset(sha256 for sha256, count in knew.items() if knows[sha256] == count)
    brought_by = definition_rows(register.definitions(earlier), register.definitions(later))
    brought_by += _file_rows(data_dir, later, frozenset(knows), known)
    if later.as_of_at > earlier.as_of_at:
        instants = f"{earlier.as_of_at:%Y-%m-%dT%H:%M:%SZ} > {later.as_of_at:%Y-%m-%dT%H:%M:%SZ}"
        brought_by.append({"cause": "late_data", "kind": "as_of", "name": "as_of", "detail": instants})
    return Between(earlier, later, known, brought_by)


def definition_rows(before: Mapping[str, Any], now: Mapping[str, Any], metric_id: str | None = None) -> list[dict]:
    """Definitions that are not what they were: a policy with both values, a catalog, or a model's code."""
    found = []
    for name in changed_nodes(before, now, metric_id):
        kind = kind_of_node(name, now)
        details = _policy_changes(before, now) if kind == "policy" else [(name, "")]
        found += [
            {"cause": "definition_change", "kind": kind, "name": named, "detail": detail} for named, detail in details
        ]
    return found


def kind_of_node(name: str, definitions: Mapping[str, Any]) -> str:
    """Whether a changed node is policy (a threshold), catalog (a seed of facts) or code (a model, the rollup)."""
    if name == "policy":
        return "policy"
    return "catalog" if name in definitions.get("seeds", ()) else "code"


def _policy_changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str]]:
    was, values = before.get("policy", {}), now.get("policy", {})
    names = sorted(name for name in was.keys() | values.keys() if was.get(name) != values.get(name))
    return [(name, f"{_shown(was.get(name))} > {_shown(values.get(name))}") for name in names] or [("policy", "")]


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _file_rows(data_dir: DataDir, later: Entry, knows: frozenset[str], known: frozenset[str]) -> list[dict]:
    """What each file that came between brought, by cause; samples have no revision and are late data always."""
    store = StateStoreAsOf(data_dir, later.as_of_at, knows)
    files = {row["source_sha256"]: row for row in store.files().to_dicts()}
    with duckdb.connect() as connection:
        load_registers(connection, store)
        note_known_files(connection, known)
        counts = later_row_counts(connection)
    samples = store.lake_row_counts().filter(
        (pl.col("record_kind") == "samples") & ~pl.col("source_sha256").is_in(known)
    )
    counts += [
        {"cause": "late_data", "centers": files[row["source_sha256"]]["center_id"] or "", **row}
        for row in samples.to_dicts()
    ]
    return [
        {
            "cause": row["cause"],
            "kind": "file",
            "name": files[row["source_sha256"]]["original_name"],
            "detail": f"{row['record_kind']}: {row['row_count']}",
            "centers": row["centers"],
            "recorded_at": f"{files[row['source_sha256']]['recorded_at']:%Y-%m-%dT%H:%M:%SZ}",
            "source_sha256": row["source_sha256"],
        }
        for row in sorted(
            counts, key=lambda row: (row["cause"], files[row["source_sha256"]]["original_name"], row["record_kind"])
        )
    ]
