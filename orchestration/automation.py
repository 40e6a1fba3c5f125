"""What starts runs by itself. Every docstring says what would go wrong without it."""

import hashlib
import inspect
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg

from ingest.pull.sources import has_sources
from orchestration.assets.landing import landing_assets
from orchestration.partitions import LOCAL_TIME_ZONE
from orchestration.pulling import pull_sources
from orchestration.resources import Data

SETTLE_SECONDS = 30
"""A file that changed more recently may still be being copied."""

OF_THE_WEEK = dg.AssetSelection.groups("reports")
"""What goes to people once a week, and not whenever something is published."""

OF_THE_QUARTER = dg.AssetSelection.groups("audit_packs")
"""What goes to authorities once a quarter; it is made of the publication that stands then."""

EVERY_TIME = dg.AssetSelection.all() - OF_THE_WEEK - OF_THE_QUARTER

REFRESH = dg.define_asset_job(
    "refresh",
    selection=EVERY_TIME,
    description="The whole path: take in what landed, check it, roll up, build, check, publish, say what was restated.",
)
MONDAY = dg.define_asset_job(
    "monday",
    selection=dg.AssetSelection.all() - OF_THE_QUARTER,
    description="The whole path, and then the weekly reports: written, and delivered as delivery.toml says.",
)
QUARTER = dg.define_asset_job(
    "quarter",
    selection=OF_THE_QUARTER,
    description="The signed audit pack of every subsidy, of the publication that stands.",
)
BUILD_AND_PUBLISH = dg.define_asset_job(
    "build_and_publish",
    # the checks of what was taken in come along without the taking in, and hold up what stands downstream
    selection=(EVERY_TIME - dg.AssetSelection.assets(landing_assets))
    | dg.AssetSelection.checks_for_assets(landing_assets),
    description="From what was taken in before: check it, roll up, build, check, publish, say what was restated. "
    "This is `racklight build`.",
)
BUILD_ONLY = dg.define_asset_job(
    "build_only",
    selection=BUILD_AND_PUBLISH.selection - dg.AssetSelection.assets("published_marts", "restatements", "alerts"),
    description="The same without publishing. This is `racklight build --no-publish`.",
)


def _described(starter: Callable[..., Any], **settings: Any) -> Callable[[Callable[..., Any]], Any]:
    """A sensor or schedule whose docstring is also what Dagster shows of it."""
    return lambda function: starter(description=inspect.getdoc(function), **settings)(function)


@_described(dg.sensor, job=REFRESH, minimum_interval_seconds=60)
def landing_folder(context: dg.SensorEvaluationContext, data: Data) -> dg.RunRequest | dg.SkipReason:
    """Protects against files lying unread until the next morning, and against a run per file when many arrive.

    The cursor is a fingerprint of the folder: nothing runs while nothing changes, and one run takes in all that came.
    """
    fingerprint, unsettled_count = landing_fingerprint(data.data_dir.landing, time.time())
    if unsettled_count:
        return dg.SkipReason(f"{unsettled_count} files changed less than {SETTLE_SECONDS} seconds ago.")
    if fingerprint == (context.cursor or landing_fingerprint(Path("/nonexistent"), 0)[0]):
        return dg.SkipReason("Nothing landed since the last run.")
    context.update_cursor(fingerprint)
    return dg.RunRequest(run_key=fingerprint)


@_described(dg.schedule, job=REFRESH, cron_schedule="0 6 * * *", execution_timezone=LOCAL_TIME_ZONE)
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Protects against a missed sensor tick and against a silent feed: freshness is checked even if nothing arrived."""
    return dg.RunRequest(run_key=f"{context.scheduled_execution_time:%Y-%m-%d}")


@_described(dg.schedule, job=MONDAY, cron_schedule="0 9 * * 1", execution_timezone=LOCAL_TIME_ZONE)
def every_monday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Protects readers against a week without a report, and the report against definitions that drifted.

    The week's build also runs dbt's unit tests; only then are the reports of the week before made and delivered.
    """
    return dg.RunRequest(
        run_key=f"{context.scheduled_execution_time:%G-W%V}",
        run_config=dg.RunConfig(ops={"build_warehouse": {"config": {"run_unit_tests": True}}}),
    )


@_described(dg.schedule, job=QUARTER, cron_schedule="0 10 1 1,4,7,10 *", execution_timezone=LOCAL_TIME_ZONE)
def every_quarter(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Protects an authority against a quarter that nobody signed for, after the morning's publication."""
    return dg.RunRequest(run_key=f"{context.scheduled_execution_time:%Y-%m}")


@_described(dg.schedule, job=pull_sources, cron_schedule="10 * * * *", execution_timezone=LOCAL_TIME_ZONE)
def every_hour(context: dg.ScheduleEvaluationContext, data: Data) -> dg.RunRequest | dg.SkipReason:
    """Protects against samples that a server forgets before anyone asked: ten minutes past, the hour is settled."""
    if not has_sources(data.data_dir.sources_file):
        return dg.SkipReason("No source is configured in sources.toml.")
    return dg.RunRequest(run_key=f"{context.scheduled_execution_time:%Y-%m-%dT%H}")


def landing_fingerprint(landing: Path, now_epoch_seconds: float) -> tuple[str, int]:
    """A hash over names, sizes and times of the files in a folder, and how many of them changed a moment ago."""
    files = sorted(path for path in landing.rglob("*") if path.is_file()) if landing.exists() else []
    digest, unsettled_count = hashlib.sha256(), 0
    for path in files:
        status = path.stat()
        digest.update(f"{path.relative_to(landing)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
        unsettled_count += now_epoch_seconds - status.st_mtime < SETTLE_SECONDS
    return digest.hexdigest(), unsettled_count
