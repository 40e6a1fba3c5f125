"""Dagster's jobs run in this process, for whoever waits at a terminal."""

import os
import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ingest.paths import DataDir
from ingest.remake import remake_lake
from orchestration.dbt_runner import Progress, prepare_manifest
from orchestration.errors import BuildError

if TYPE_CHECKING:
    import dagster as dg


def run_build_job(
    data_dir: DataDir, as_of: datetime | None = None, publish: bool = True, on_progress: Progress | None = None
) -> None:
    """Roll up, build, check and publish as one Dagster run, recorded below `DAGSTER_HOME` if that is set.

    Raises:
        orchestration.errors.RacklightError: a step failed; what was published before still is.
        ingest.locks.WriterBusyError: another process is writing.
    """
    import dagster as dg

    from orchestration.definitions import build_definitions

    if on_progress:
        on_progress("checking what was taken in", 0, 0)
    # checks look at the lake before any asset is made
    remake_lake(data_dir.create(), partial(_tell_remade, on_progress))
    prepare_manifest(data_dir)
    definitions = build_definitions(data_dir, on_progress)
    job = definitions.resolve_job_def("build_and_publish" if publish else "build_only")
    run_config = {
        "ops": {"build_warehouse": {"config": {"as_of": as_of.isoformat() if as_of else None}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    instance = dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral()
    run_id = str(uuid.uuid4())
    with instance:
        try:
            job.execute_in_process(run_config=run_config, instance=instance, run_id=run_id)
        except dg.DagsterError as error:
            sentences = _failed_checks(instance, run_id)
            if not sentences:
                raise
            raise BuildError("\n  ".join(["Nothing was built, because a check failed:", *sentences])) from error


def _tell_remade(on_progress: Progress | None, done: int, total: int, name: str) -> None:
    if on_progress:
        on_progress(f"lake files of {name}, made again", done, total)


def _failed_checks(instance: "dg.DagsterInstance", run_id: str) -> list[str]:
    """What the failed checks of a run say."""
    import dagster as dg

    entries = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    evaluations = [entry.dagster_event.asset_check_evaluation_data for entry in entries]
    return [
        f"{item.asset_key.to_user_string()}, {item.check_name}: {item.description}"
        for item in evaluations
        if not item.passed and item.severity == dg.AssetCheckSeverity.ERROR
    ]
