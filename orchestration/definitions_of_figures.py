"""Which definition stands behind each metric: its row of the registry, and every model and seed its figures come from.

A definition is hashed as it was executed: compiled SQL and the bytes of seeds, so a policy value is part of it. The
rules by which samples become device-hours are one more part, under their version.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from ingest.rollups import ROLLUP_VERSION
from ingest.state.register import canonical_json, sha256_of

FILE_NAME = "definitions.json"
"""Beside the warehouse file of a build."""

_FIGURES = "fct_figure"
_METRICS = "metrics"
_POLICY = "policy"


def definitions_of_figures(manifest: Mapping[str, Any], warehouse_path: Path) -> dict[str, Any]:
    """Hashes of one finished build.

    Returns:
        `nodes`: name of a model or seed -> sha256; `sources`: name of a model that feeds the figures -> the nodes it
        rests on, itself included; `metrics`: metric id -> its `hash` and its `sources`; `seeds`: which of the nodes are
        seeds; `policy`: the values of the policy seed by name.
    """
    by_id = manifest["nodes"]
    figures = next((name for name in by_id if name.endswith(f".{_FIGURES}")), None)
    if figures is None:
        return {"nodes": {}, "sources": {}, "metrics": {}, "seeds": [], "policy": {}}
    feeding = [name for name in by_id[figures]["depends_on"]["nodes"] if name in by_id] or [figures]
    lineages = {_name(source): sorted({*map(_name, _lineage(by_id, source)), _FIGURES}) for source in feeding}
    used = sorted({name for lineage in lineages.values() for name in lineage})
    hashes = {_name(unique_id): _node_hash(node) for unique_id, node in by_id.items() if _is_built(node)}
    nodes = {name: hashes[name] for name in used if name in hashes} | {"device_hours": f"rollup {ROLLUP_VERSION}"}
    with duckdb.connect(str(warehouse_path), read_only=True) as connection:
        registry, policy = _registry(connection), _policy(connection)
        metrics_of = {_name(source): _metric_ids(connection, by_id[source]) for source in feeding}
    metrics = {}
    for metric_id in sorted({metric_id for ids in metrics_of.values() for metric_id in ids}):
        sources = sorted(source for source, ids in metrics_of.items() if metric_id in ids)
        lineage = sorted({name for source in sources for name in lineages[source]} - {_METRICS})
        parts = [registry.get(metric_id, []), {name: nodes[name] for name in lineage if name in nodes}]
        metrics[metric_id] = {"hash": sha256_of(canonical_json(parts)), "sources": sources}
    seeds = sorted(
        _name(name) for name, node in by_id.items() if node["resource_type"] == "seed" and _name(name) in nodes
    )
    return {"nodes": nodes, "sources": lineages, "metrics": metrics, "seeds": seeds, "policy": policy}


def changed_nodes(before: Mapping[str, Any], now: Mapping[str, Any], metric_id: str | None = None) -> list[str]:
    """Models and seeds, of one metric or of all, that are not what they were; among them those that came or went."""
    names = _nodes_of(before, metric_id) | _nodes_of(now, metric_id)
    return sorted(name for name in names if before["nodes"].get(name) != now["nodes"].get(name))


def write_definitions(definitions: Mapping[str, Any], warehouse_path: Path) -> None:
    """Keep the definitions beside the warehouse file they were executed in."""
    warehouse_path.with_name(FILE_NAME).write_text(canonical_json(definitions), encoding="utf-8")


def read_definitions(warehouse_path: Path) -> dict[str, Any] | None:
    """The definitions a build was executed with, or None where nobody kept them."""
    path = warehouse_path.with_name(FILE_NAME)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _nodes_of(definitions: Mapping[str, Any], metric_id: str | None) -> set[str]:
    if metric_id is None:
        return set(definitions["nodes"])
    sources = definitions["metrics"].get(metric_id, {}).get("sources", [])
    return {name for source in sources for name in definitions["sources"][source]}


def _lineage(by_id: Mapping[str, Any], start: str) -> set[str]:
    """A node and everything above it: models, seeds and raw tables."""
    found, waiting = set(), [start]
    while waiting:
        unique_id = waiting.pop()
        if unique_id not in found:
            found.add(unique_id)
            waiting += by_id.get(unique_id, {}).get("depends_on", {}).get("nodes", [])
    return found


def _is_built(node: Mapping[str, Any]) -> bool:
    return node["resource_type"] in ("model", "seed")


def _name(unique_id: str) -> str:
    return unique_id.rsplit(".", 1)[-1]


def _node_hash(node: Mapping[str, Any]) -> str:
    if node["resource_type"] == "seed":
        return node["checksum"]["checksum"]
    # spaces and line breaks compute nothing
    return sha256_of(" ".join((node.get("compiled_code") or node.get("raw_code") or "").split()))


def _metric_ids(connection: duckdb.DuckDBPyConnection, node: Mapping[str, Any]) -> set[str]:
    table = {"schema": node["schema"], "name": node.get("alias") or node["name"]}
    has_metric = connection.execute(
        """
        select count(*) from information_schema.columns
        where table_schema = $schema and table_name = $name and column_name = 'metric_id'
        """,
        table,
    ).fetchone()[0]
    if not has_metric:
        return set()
    rows = connection.execute(f'select distinct metric_id from "{table["schema"]}"."{table["name"]}"').fetchall()
    return {metric_id for (metric_id,) in rows}


def _registry(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Rows of the metric registry by metric id; empty for a project without one."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in _seed_rows(connection, _METRICS):
        rows.setdefault(row["metric_id"], []).append(row)
    return rows


def _policy(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Value of every policy by its name, so that a changed one can be told with what it was; empty without a seed."""
    return {
        row["name"]: row["value_text"] if row["value_number"] is None else row["value_number"]
        for row in _seed_rows(connection, _POLICY)
    }


def _seed_rows(connection: duckdb.DuckDBPyConnection, name: str) -> Iterable[dict[str, Any]]:
    """Rows of a seed that was loaded; none where the project has no such seed."""
    found = connection.execute(
        "select table_schema from information_schema.tables where table_name = $name and table_schema = 'reference'",
        {"name": name},
    ).fetchone()
    if found is None:
        return []
    cursor = connection.execute(f"select * from reference.{name} order by all")
    return list(_records([column[0] for column in cursor.description], cursor.fetchall()))


def _records(names: list[str], rows: Iterable[tuple]) -> Iterable[dict[str, Any]]:
    return (dict(zip(names, row, strict=True)) for row in rows)
