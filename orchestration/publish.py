"""Publishing: the marts of a build as an immutable file of their own, and one symlink that names the current one.

Readers open what the symlink resolves to and keep reading it for as long as they hold it open. Every figure enters the
register before any reader can see it.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.state.register import Entry, NewPublication, Register
from ingest.state.store import StateStore
from orchestration.build import warehouse_lock
from orchestration.definitions_of_figures import read_definitions
from orchestration.errors import PublishError

DEFAULT_SCOPE = "all"
MART_SCHEMA = "marts"
"""Schema of the marts in a build; in a published file they are all there is and stand in `main`."""

CURRENT_NAME = "marts.duckdb"
KEPT_VERSION_COUNT = 3
"""Readers that still hold an older file open are not disturbed by its removal; these are kept for going back."""


@dataclass(frozen=True)
class Publication:
    """A published file. `version` names its content and as-of; `is_new` is false if it already was the current one.

    `entry` is what the register says of it.
    """

    path: Path
    version: str
    as_of_at: datetime
    published_at: datetime
    is_new: bool = False
    entry: Entry | None = None


def publish(data_dir: DataDir, warehouse_path: Path, scope: str = DEFAULT_SCOPE) -> Path:
    """Publish the marts of a build and return the versioned file; `publish_marts` also says whether it is new."""
    return publish_marts(data_dir, warehouse_path, scope).path


def publish_marts(data_dir: DataDir, warehouse_path: Path, scope: str = DEFAULT_SCOPE) -> Publication:
    """Copy the marts of a build into a file named by their content, check it, register it, and point the symlink at it.

    The same content and as-of have the same name, so publishing again changes nothing.

    Raises:
        PublishError: the marts are not fit to be shown; what was published before still is.
        ingest.locks.WriterBusyError: another process is building or publishing.
    """
    folder = data_dir.published / scope
    folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(warehouse_lock(data_dir)):
        before = published_version(data_dir, scope)
        temporary = folder / ".publishing.duckdb"
        temporary.unlink(missing_ok=True)
        try:
            version, as_of_at = _copy_marts(warehouse_path, temporary)
            target = folder / f"marts-{version}.duckdb"
            if not target.exists():
                make_durable(temporary)
                temporary.rename(target)
        finally:
            temporary.unlink(missing_ok=True)
        entry = Register(StateStore(data_dir)).record(_to_register(warehouse_path, target, scope, version, as_of_at))
        is_new = before is None or before.path != target
        if is_new:
            os.utime(target)
            point_symlink(folder / CURRENT_NAME, target)
            remove_old_versions(folder, target)
    return Publication(target, version, as_of_at, _modified_at(target), is_new, entry)


def published_version(data_dir: DataDir, scope: str = DEFAULT_SCOPE) -> Publication | None:
    """What readers see at this moment, or None before the first publication."""
    current = data_dir.published / scope / CURRENT_NAME
    if not current.exists():
        return None
    path = current.resolve()
    version = path.stem.removeprefix("marts-")
    as_of_at = datetime.strptime(version.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Publication(path, version, as_of_at, _modified_at(path), entry=_registered(data_dir, version))


def _registered(data_dir: DataDir, version: str) -> Entry | None:
    return Register(StateStore(data_dir)).find(version=version)


def _to_register(
    warehouse_path: Path, published_path: Path, scope: str, version: str, as_of_at: datetime
) -> NewPublication:
    """Every figure of a published file, with the files and definitions of the build it was copied from."""
    definitions = read_definitions(warehouse_path)
    if definitions is None:
        raise PublishError(f"{warehouse_path} was built without a record of its definitions; build it again.")
    with duckdb.connect(str(published_path), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        figures = figures_of(connection)
        code_version = connection.execute("select code_version from dim_build").fetchone()[0]
    with duckdb.connect(str(warehouse_path), read_only=True) as connection:
        files = connection.execute("select source_sha256, rows_accepted from raw.files where refusal_code is null")
        inputs = dict(files.fetchall())
    return NewPublication(scope, version, as_of_at, code_version, definitions, inputs, figures)


def figures_of(connection: duckdb.DuckDBPyConnection, figure_id: str | None = None) -> dict[str, dict]:
    """Figures of a published file as the register keeps them: all columns but the as-of, which the publication has."""
    cursor = connection.execute(
        "select * exclude (as_of_at) from fct_figure where $id is null or figure_id = $id", {"id": figure_id}
    )
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return {row["figure_id"]: row for row in rows}


def _copy_marts(warehouse_path: Path, target: Path) -> tuple[str, datetime]:
    """Copy every mart table into a new file and return the version and the as-of of what was copied."""
    with duckdb.connect(str(target)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{quoted(warehouse_path)}' as warehouse (read_only)")
        names = _mart_names(connection)
        missing = {"dim_build", "fct_figure"} - set(names)
        if missing:
            raise PublishError(f"{warehouse_path} has no mart {', '.join(sorted(missing))}; build it again.")
        for name in names:
            connection.execute(
                f'create table "{name}" as select * from warehouse.{MART_SCHEMA}."{name}" '
                f"order by {order_of_rows(connection, name)}"
            )
        _check(connection, names)
        as_of_at = connection.execute("select as_of_at from dim_build").fetchone()[0]
        digest = hashlib.sha256("\n".join(_table_digest(connection, name) for name in names).encode()).hexdigest()
        connection.execute("detach warehouse")
        connection.execute("checkpoint")
    return f"{as_of_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest[:12]}", as_of_at


def _mart_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        """
        select table_name
        from information_schema.tables
        where table_catalog = 'warehouse' and table_schema = $schema and table_type = 'BASE TABLE'
        order by table_name
        """,
        {"schema": MART_SCHEMA},
    ).fetchall()
    return [name for (name,) in rows]


def order_of_rows(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The order in which a mart is written: by center first, because nearly every question is about one.

    A reader then skips all blocks of other centers, which is what an index would do.
    """
    query = "select column_name from information_schema.columns where table_name = $name"
    columns = {column for (column,) in connection.execute(query, {"name": name}).fetchall()}
    keys = [key for key in ("center_id", "scope_id") if key in columns]
    return ", ".join([*(f"{key} nulls last" for key in keys), "columns(*) nulls last"])


def _check(connection: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Refuse a copy that lost rows or a figure whose bounds contradict each other."""
    for name in names:
        query = f'select (select count(*) from "{name}"), (select count(*) from warehouse.{MART_SCHEMA}."{name}")'
        copied, built = connection.execute(query).fetchone()
        if copied != built:
            raise PublishError(f"{name}: {built} rows were built and {copied} copied; nothing was published.")
    build_count = connection.execute("select count(*) from dim_build").fetchone()[0]
    if build_count != 1:
        raise PublishError(f"dim_build has {build_count} rows and must have one; nothing was published.")
    unfit = connection.execute(
        """
        select figure_id
        from fct_figure
        where lower > upper or observed not between lower and upper or coverage not between 0 and 1
        order by figure_id nulls last
        limit 5
        """
    ).fetchall()
    if unfit:
        shown = ", ".join(str(figure_id) for (figure_id,) in unfit)
        raise PublishError(f"Bounds of these figures contradict each other: {shown}; nothing was published.")


def _table_digest(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Name, columns, row count and the sum of all rows' hashes: the same for the same rows in any order."""
    columns = connection.execute(
        """
        select column_name, data_type
        from information_schema.columns
        where table_catalog = current_database() and table_schema = 'main' and table_name = $name
        order by ordinal_position
        """,
        {"name": name},
    ).fetchall()
    row_count, total = connection.execute(
        f"""
        select count(*), coalesce(sum(md5_number_lower(row_text)::hugeint), 0)
        from (select mart::varchar as row_text from "{name}" as mart)
        """
    ).fetchone()
    return f"{name} {columns} {row_count} {total}"


def make_durable(path: Path) -> None:
    """Force a file to the disk and make it read-only before any name leads to it."""
    path.chmod(0o444)
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def point_symlink(link: Path, target: Path) -> None:
    """Swap in one step: a reader finds the old file or the new one, never none."""
    temporary = link.with_name(f".{link.name}.next")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target.name)
    temporary.replace(link)


def remove_old_versions(folder: Path, current: Path) -> None:
    """Keep the last versions of a folder, and the current one whatever its age."""
    versions = sorted(folder.glob("marts-*.duckdb"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in versions[KEPT_VERSION_COUNT:]:
        if path != current:
            path.unlink()


def _modified_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def quoted(path: Path) -> str:
    """A path inside a quoted SQL text."""
    return str(path).replace("'", "''")
