"""`racklight serve` and `racklight dev`: two screens, both on this machine only."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from orchestration.cli.terminal import TaughtCommand

if TYPE_CHECKING:
    from ingest.paths import DataDir

LOOPBACK = "127.0.0.1"


@click.command(
    "serve",
    cls=TaughtCommand,
    short_help="Serve the dashboard on this machine.",
    examples=("racklight serve --port 8600",),
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--address", default=LOOPBACK, show_default=True, help="Address to listen on; beyond loopback needs a login."
)
def serve_command(port: int, address: str) -> None:
    """Serve the dashboard until stopped with Ctrl-C.

    It shows the published file and changes over by itself when a new version is published. Without secrets.toml in the
    data folder there is no login: one user, on this machine only. With it, readers log in by OpenID Connect and see the
    scope that access.yaml gives them.
    """
    from dashboards.queries.published import published_path
    from ingest.paths import DataDir

    check_address(address, DataDir.from_env())

    if published_path() is None:
        raise click.ClickException("Nothing is published yet. Run `racklight build` or `racklight demo` first.")
    serve(port, address)


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


def check_address(address: str, data_dir: "DataDir") -> None:
    """Refuse to serve beyond this machine without a login, and with a login whose policy cannot be used."""
    import ipaddress

    from ingest.state.access_policy import PolicyError, read_policy

    if data_dir.secrets_file.exists():
        try:
            read_policy(data_dir.access_file)
        except PolicyError as error:
            raise click.ClickException(str(error)) from error
        return
    try:
        is_loopback = address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise click.ClickException(
            f"No login is configured, so the dashboard is served on this machine only, not on {address}. "
            f"Configure one in {data_dir.secrets_file} (section [auth]) and {data_dir.access_file}."
        )


def serve(port: int, address: str = LOOPBACK) -> NoReturn:
    """Serve the dashboard until interrupted."""
    from ingest.paths import REPOSITORY_ROOT, DataDir

    app: Path = REPOSITORY_ROOT / "dashboards" / "streamlit_app.py"
    data_dir = DataDir.from_env()
    click.echo(f"Dashboard on http://{address}:{port}. Stop with Ctrl-C.")
    options = {
        "--server.address": address,
        "--server.port": str(port),
        "--server.headless": "true",
        "--browser.gatherUsageStats": "false",
        "--server.fileWatcherType": "none",
    }
    if data_dir.secrets_file.exists():
        options["--secrets.files"] = str(data_dir.secrets_file)
    arguments = [f"{name}={value}" for name, value in options.items()]
    environment = {"RACKLIGHT_DATA_DIR": str(data_dir.root)}
    _become([sys.executable, "-m", "streamlit", "run", str(app), *arguments], environment)


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replace this process, so that Ctrl-C and kill reach the server itself and nothing is left running."""
    sys.stdout.flush()
    os.execve(command[0], command, os.environ | environment)
