"""The log of restatements for a restricted scope: a file beside its published versions, with rows of its centers alone.

Written from the log of everything by the rules of `rules.yaml`; counts of a pair are counted anew over what is left,
and those that no row stands behind are empty.
"""

from pathlib import Path

import duckdb

from ingest.paths import DataDir
from ingest.state.access_policy import WHOLE_SCOPE, PolicyError, Scope, read_policy
from orchestration.access import scopes
from orchestration.publish import published_version, quoted
from orchestration.restating.published_log import FILE_NAME


def publish_scope_logs(data_dir: DataDir) -> list[Path]:
    """Write the log of every scope of the policy; without a policy, or a log of everything, there are none."""
    whole = published_version(data_dir)
    if whole is None or not data_dir.access_file.exists():
        return []
    try:
        policy = read_policy(data_dir.access_file)
    except PolicyError:
        return []
    paths = [publish_scope_log(data_dir, scope, whole.path) for scope in policy.scopes]
    return [path for path in paths if path is not None]


def publish_scope_log(data_dir: DataDir, scope: Scope, whole_marts: Path) -> Path | None:
    """Write the log of one scope anew; None where there is none of everything, or where the scope may see none."""
    whole_log = data_dir.published / WHOLE_SCOPE / FILE_NAME
    target = data_dir.published / scope.name / FILE_NAME
    if not whole_log.exists() or scope.role == scopes.PUBLIC:
        target.unlink(missing_ok=True)
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.next")
    temporary.unlink(missing_ok=True)
    write_scope_log(scope, whole_log, whole_marts, temporary)
    temporary.replace(target)
    return target


def write_scope_log(scope: Scope, whole_log: Path, whole_marts: Path, target: Path) -> None:
    """Write what a scope may hold of a log into a new file; which centers are its own, the published marts say."""
    rules = scopes.read_log_rules()
    with duckdb.connect(str(target)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{quoted(whole_marts)}' as whole (read_only)")
        scopes.note_permitted_centers(connection, scope)
        connection.execute("detach whole")
        connection.execute(f"attach '{quoted(whole_log)}' as whole (read_only)")
        connection.execute("begin")
        scopes.copy_tables(connection, rules, scope)
        # Versions of a scope bear its mark, by which the page finds the publication it shows.
        connection.execute("update dim_publication set version = version || $1", [scopes.ending_of_versions(scope)])
        connection.execute(
            """
            update fct_publication_pair set
                restated_count = (
                    select count(distinct figure_id) from fct_figure__restatement as figures
                    where figures.from_publication_no = fct_publication_pair.from_publication_no
                        and figures.to_publication_no = fct_publication_pair.to_publication_no
                ),
                restated_open_count = (
                    select count(distinct figure_id) from fct_figure__restatement as figures
                    where figures.from_publication_no = fct_publication_pair.from_publication_no
                        and figures.to_publication_no = fct_publication_pair.to_publication_no and figures.was_open
                ),
                restated_milestone_count = case when restated_milestone_count is not null then (
                    select count(*) from fct_milestone__restatement as milestones
                    where milestones.from_publication_no = fct_publication_pair.from_publication_no
                        and milestones.to_publication_no = fct_publication_pair.to_publication_no
                ) end
            """
        )
        if not scope.is_portfolio:
            connection.execute("update fct_publication_pair set added_count = null, withdrawn_count = null")
        connection.execute("commit")
        connection.execute("detach whole")
        connection.execute("checkpoint")
