"""One physically separate published file per scope of the policy, with only the rows and columns it may hold.

What a rule does not state is not published: a mart without a rule stands empty, a column without one is empty in every
row. The shape of the schema stays whole, so that every page opens for every reader and finds nothing where nothing may
be found. Scopes are written from the file published to `all`, whose figures the register holds.
"""

import functools
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.state.access_policy import WHOLE_SCOPE, AccessPolicy, PolicyError, Scope, read_policy
from orchestration.build import warehouse_lock
from orchestration.publish import (
    CURRENT_NAME,
    make_durable,
    point_symlink,
    published_version,
    quoted,
)

RULES_FILE = Path(__file__).parent / "rules.yaml"
PUBLIC = "public"


@dataclass(frozen=True)
class Rule:
    """What of one mart may be published: which rows go with a center, which columns, to which roles."""

    rows: str
    roles: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ScopePublication:
    """One scope as it was published."""

    scope: Scope
    path: Path
    row_count: int
    is_new: bool


@functools.cache
def read_rules() -> tuple[dict[str, Rule], dict[str, Rule], dict]:
    """Rules of the house, rules of the public, and what is too small for the public."""
    content = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    house = {
        name: Rule(entry["rows"], tuple(entry["roles"]), tuple(entry["columns"]))
        for name, entry in content["marts"].items()
    }
    public = {
        name: Rule(entry["rows"], (PUBLIC,), tuple(entry["columns"])) for name, entry in content["public"].items()
    }
    return house, public, content["small_cells"]


@functools.cache
def read_log_rules() -> dict[str, Rule]:
    """Rules of the log of restatements, which lies beside the published marts."""
    content = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    return {
        name: Rule(entry["rows"], tuple(entry["roles"]), tuple(entry["columns"]))
        for name, entry in content["restatements"].items()
    }


def publish_scopes(data_dir: DataDir) -> list[ScopePublication]:
    """Publish every scope of the policy from the current publication; without a policy there are none.

    Raises:
        ingest.state.access_policy.PolicyError: the policy cannot be used; no scope is changed.
    """
    if not data_dir.access_file.exists():
        return []
    policy = read_policy(data_dir.access_file)
    whole = published_version(data_dir)
    if whole is None:
        return []
    with writer_lock(warehouse_lock(data_dir)):
        _remove_other_scopes(data_dir, policy)
        return [_publish(data_dir, scope, whole.path) for scope in policy.scopes]


def _remove_other_scopes(data_dir: DataDir, policy: AccessPolicy) -> None:
    """A scope that left the policy is not served any more, not even to a session that is open."""
    known = {scope.name for scope in policy.scopes} | {WHOLE_SCOPE}
    for folder in data_dir.published.iterdir():
        if folder.name not in known:
            for path in folder.glob("*.duckdb"):
                path.unlink()


def _publish(data_dir: DataDir, scope: Scope, current: Path) -> ScopePublication:
    """Write every kept version for a scope as the rules are now; what other rules wrote goes, whatever its as-of."""
    folder = data_dir.published / scope.name
    folder.mkdir(parents=True, exist_ok=True)
    target = _target(folder, scope, current)
    is_new = not target.exists()
    if is_new:
        _write(scope, current, target)
    kept = {target}
    for whole in current.parent.glob("marts-*.duckdb"):
        older = _target(folder, scope, whole)
        if older.exists() or _can_write(scope, whole, older):
            kept.add(older)
    point_symlink(folder / CURRENT_NAME, target)
    for path in set(folder.glob("marts-*.duckdb")) - kept:
        path.unlink()
    with duckdb.connect(str(target), read_only=True) as connection:
        row_count = sum(
            count for (count,) in connection.execute("select estimated_size from duckdb_tables()").fetchall()
        )
    return ScopePublication(scope, target, int(row_count), is_new)


def _target(folder: Path, scope: Scope, whole: Path) -> Path:
    return folder / f"{whole.stem}{ending_of_versions(scope)}.duckdb"


def ending_of_versions(scope: Scope) -> str:
    """Other rules make another file, though the publication is the same; the scope's own mark stands first."""
    rules = hashlib.sha256(RULES_FILE.read_bytes()).hexdigest()[:8]
    return f"-{scope.mark}{rules}"


def _can_write(scope: Scope, whole: Path, target: Path) -> bool:
    """Write an older version too, unless what it holds is of another shape than the rules speak of."""
    try:
        _write(scope, whole, target)
    except (duckdb.Error, PolicyError):
        return False
    return True


def _write(scope: Scope, whole: Path, target: Path) -> None:
    temporary = target.with_name(".publishing.duckdb")
    temporary.unlink(missing_ok=True)
    try:
        write_scope(scope, whole, temporary)
        make_durable(temporary)
        temporary.rename(target)
        # The order in which versions were published is the order of these times.
        os.utime(target, ns=(whole.stat().st_atime_ns, whole.stat().st_mtime_ns))
    finally:
        temporary.unlink(missing_ok=True)


def write_scope(scope: Scope, whole: Path, target: Path) -> int:
    """Write what a scope may hold into a new file and return how many rows it has."""
    house, public, small = read_rules()
    with duckdb.connect(str(target)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{quoted(whole)}' as whole (read_only)")
        note_permitted_centers(connection, scope)
        if scope.role == PUBLIC:
            _note_small_cells(connection, small)
        connection.execute("begin")
        total = copy_tables(connection, public if scope.role == PUBLIC else house, scope)
        connection.execute("commit")
        connection.execute("detach whole")
        connection.execute("checkpoint")
    return total


def note_permitted_centers(connection: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Note the centers of a scope, by the attached file of everything, where the rules of rows look for them."""
    connection.execute("create temp table permitted_centers (center_id varchar)")
    for center_id in _centers(connection, scope):
        connection.execute("insert into permitted_centers values ($1)", [center_id])


def copy_tables(connection: duckdb.DuckDBPyConnection, rules: dict[str, Rule], scope: Scope) -> int:
    """Copy what a scope may hold of every table of the attached file, and return how many rows that is."""
    total = 0
    for name, columns in _columns_of_tables(connection).items():
        rule = rules.get(name)
        if rule is not None and scope.role not in rule.roles:
            rule = None
        connection.execute(_copy(name, columns, rule, scope))
        total += connection.execute(f'select count(*) from "{name}"').fetchone()[0]
    return total


def _centers(connection: duckdb.DuckDBPyConnection, scope: Scope) -> list[str]:
    """Centers of a scope; one that the policy names and the file does not know is an error, not an empty scope."""
    rows = connection.execute("select center_id, province_code from whole.dim_center order by center_id").fetchall()
    known = dict(rows)
    missing = [center_id for center_id in scope.centers if center_id not in known]
    if missing:
        raise PolicyError(
            f"Scope {scope.name}: there is no center {', '.join(missing)}. Known: {', '.join(known) or 'none'}."
        )
    return [
        center_id
        for center_id, province in rows
        if scope.is_portfolio or center_id in scope.centers or province in scope.provinces
    ]


def _columns_of_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Name and type of the columns of every mart, in their order."""
    found = connection.execute(
        """select table_name, column_name, data_type from information_schema.columns
        where table_catalog = 'whole' order by table_name, ordinal_position"""
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in found.fetchall():
        columns.setdefault(table, []).append((column, kind))
    return columns


def _copy(name: str, columns: list[tuple[str, str]], rule: Rule | None, scope: Scope) -> str:
    allowed = set(rule.columns) if rule else set()
    chosen = ", ".join(
        f'mart."{column}"' if column in allowed else f'cast(null as {kind}) as "{column}"' for column, kind in columns
    )
    condition = _condition(rule.rows, scope) if rule else "false"
    # The rows of the whole file stand in the order that serves readers; a part of them keeps it.
    return f'create table "{name}" as select {chosen} from whole."{name}" as mart where {condition}'


def _condition(rows: str, scope: Scope) -> str:
    """Which rows of a mart go with a scope; sums over all centers go only with the whole portfolio."""
    own = "in (select center_id from permitted_centers)"
    everywhere = "true" if scope.is_portfolio else "false"
    conditions = {
        "everyone": "true",
        "center": f"(mart.center_id {own} or (mart.center_id is null and {everywhere}))",
        "scope": f"(mart.scope_id {own} or (mart.scope_id = 'ALL' and {everywhere}))",
        "rate": f"((mart.scope_kind = 'center' and mart.scope_id {own}) or {everywhere})",
        "portfolio": everywhere,
        # marts that name no center go with the one that names them
        "programme": _named_by("programme_id", "fct_programme__subsidy", "programme_id"),
        "claim": _named_by("claim_id", "fct_claim__verdict", "claim_id"),
        "claim_pair": " and ".join(
            _named_by(column, "fct_claim__verdict", "claim_id") for column in ("claim_id", "other_claim_id")
        ),
        # what no file brought concerns all alike; a file that speaks of another center too tells of that one
        "told_by": (
            f"({everywhere} or mart.kind <> 'file' or (mart.centers <> '' and list_has_all("
            "(select list(center_id) from permitted_centers), string_split(mart.centers, ', '))))"
        ),
        "payer": _named_by("party_id", "fct_lease_month__revenue", "payer_party_id"),
        "file": f"({everywhere} or {_named_by('source_sha256', 'fct_file__intake', 'source_sha256')})",
        "public_month": (
            f"mart.center_id {own} and (mart.center_id, mart.month_start_on) not in "
            "(select (center_id, month_start_on) from small_cells)"
        ),
        "public_figure": (
            "mart.period_grain = 'month' "
            "and mart.metric_id in ('racked_device_avg', 'lit_of_racked', 'lit_on_plan') "
            f"and ((mart.center_id is null and {everywhere}) or (mart.center_id {own} "
            "and (mart.center_id, mart.period_start) not in (select (center_id, month_start_on) from small_cells)))"
        ),
    }
    return conditions[rows]


def _named_by(column: str, mart: str, key: str) -> str:
    """Rows whose column is named by a row of a permitted center in another mart."""
    return (
        f"mart.{column} in (select {key} from whole.{mart} "
        "where center_id in (select center_id from permitted_centers))"
    )


def _note_small_cells(connection: duckdb.DuckDBPyConnection, small: dict) -> None:
    """Center-months below the limit, and where there is only one of them the next smallest too.

    Without the second one the first could be had by taking the others off the sum over all centers.
    """
    connection.execute(
        f"""
        create temp table small_cells as
        with ranked as (
            select
                center_id,
                month_start_on,
                planned_card_count < {int(small["planned_card_count_below"])} as is_small,
                row_number() over (
                    partition by month_start_on order by planned_card_count, center_id
                ) as size_rank,
                count(*) filter (where planned_card_count < {int(small["planned_card_count_below"])})
                    over (partition by month_start_on) as small_count
            from whole.fct_center_month__utilization
        )

        select center_id, month_start_on
        from ranked
        where is_small or (small_count = 1 and size_rank = 2)
        """
    )
