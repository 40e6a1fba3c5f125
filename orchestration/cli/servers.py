"""`racklight serve` and `racklight dev`: two screens, both on this machine only."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from orchestration.cli.terminal import TaughtCommand

LOOPBACK = "127.0.0.1"


@click.command(
    "serve",
    cls=TaughtCommand,
    short_help="Serve the dashboard on this machine.",
    examples=("racklight serve --port 8600",),
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on 127.0.0.1.")
def serve_command(port: int) -> None:
    """Serve the dashboard on this machine until stopped with Ctrl-C.

    It shows the published file and changes over by itself when a new version is published.
    """
    from dashboards.queries.published import published_path

    if published_path() is None:
        raise click.ClickException("Nothing is published yet. Run `racklight build` or `racklight demo` first.")
    serve(port)


@click.command(
    "dev",
    cls=TaughtCommand,
    short_help="Open Dagster's own screen on this machine.",
    examples=("racklight dev --port 3100",),
)
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on 127.0.0.1.")
def dev_command(port: int) -> None:
    """Open Dagster's own screen on this machine: the graph of assets, their runs, checks, sensor and schedules.

    Runs are recorded below dagster/ of the data folder. Sensor and schedules start switched off; switch them on under
    Automation. Set DAGSTER_HOME to that folder to see the runs of `racklight build` there too.
    """
    from ingest.paths import DataDir
    from orchestration.dagster_home import write_dagster_home
    from orchestration.dbt_runner import prepare_manifest

    data_dir = DataDir.from_env().create()
    home = write_dagster_home(data_dir)
    prepare_manifest(data_dir)
    click.echo(f"Dagster on http://{LOOPBACK}:{port}, its records in {home}. Stop with Ctrl-C.")
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions"]
    environment = {"DAGSTER_HOME": str(home), "RACKLIGHT_DATA_DIR": str(data_dir.root)}
    _become([*command, "--host", LOOPBACK, "--port", str(port)], environment)


def serve(port: int) -> NoReturn:
    """Serve the dashboard until interrupted."""
    from ingest.paths import REPOSITORY_ROOT, DataDir

    app: Path = REPOSITORY_ROOT / "dashboards" / "streamlit_app.py"
    click.echo(f"Dashboard on http://{LOOPBACK}:{port}. Stop with Ctrl-C.")
    options = {
        "--server.address": LOOPBACK,
        "--server.port": str(port),
        "--server.headless": "true",
        "--browser.gatherUsageStats": "false",
        "--server.fileWatcherType": "none",
    }
    arguments = [f"{name}={value}" for name, value in options.items()]
    environment = {"RACKLIGHT_DATA_DIR": str(DataDir.from_env().root)}
    _become([sys.executable, "-m", "streamlit", "run", str(app), *arguments], environment)


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replace this process, so that Ctrl-C and kill reach the server itself and nothing is left running."""
    sys.stdout.flush()
    os.execve(command[0], command, os.environ | environment)
