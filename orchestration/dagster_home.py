"""The folder in which Dagster keeps its runs, and the settings it is given there."""

from pathlib import Path

from ingest.paths import DataDir

_SETTINGS = """\
# Written by racklight. Nothing leaves this machine, and one run at a time writes.
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
    granularity: op
"""


def write_dagster_home(data_dir: DataDir) -> Path:
    """Make the folder with its `dagster.yaml`, unless someone changed that, and return it for `DAGSTER_HOME`."""
    home = data_dir.root / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(_SETTINGS, encoding="utf-8")
    return home
