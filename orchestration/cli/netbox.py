"""`racklight pull-netbox`: devices and their changes from a NetBox, landed and taken in."""

import os

import click

from orchestration.cli.ingest import ingest_and_tell
from orchestration.cli.terminal import TaughtCommand, time_zone_name


@click.command(
    "pull-netbox",
    cls=TaughtCommand,
    short_help="Take in devices and their changes from a NetBox.",
    examples=(
        "RACKLIGHT_NETBOX_TOKEN=... racklight pull-netbox --url https://netbox.example --center yangzhou-01 "
        "--time-zone Asia/Shanghai",
    ),
)
@click.option("--url", required=True, help="Address of the NetBox, without /api.")
@click.option("--center", "center_id", required=True, help="Center the devices belong to.")
@click.option(
    "--time-zone", required=True, callback=time_zone_name, help="IANA zone of dates such as the day of power-on."
)
@click.option("--site", help="Slug of the site, where the NetBox knows several.")
def pull_netbox_command(url: str, center_id: str, time_zone: str, site: str | None) -> None:
    """Ask a NetBox for its devices and for what changed since the last time, and take the answers in.

    The token is read from RACKLIGHT_NETBOX_TOKEN and kept nowhere. The answers land as one file, and only when all of
    them came. A failing server is asked again with growing pauses; the first pull takes the whole change log.
    """
    from ingest.ledger.netbox_pull import TOKEN_VARIABLE, NetboxSource, PullError, pull_netbox
    from ingest.paths import DataDir

    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise click.ClickException(f"Set {TOKEN_VARIABLE} to a token that may read devices and object changes.")
    data_dir = DataDir.from_env().create()
    try:
        pulled = pull_netbox(NetboxSource(url, token, center_id, time_zone, site), data_dir.landing, data_dir.state)
    except PullError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{pulled.device_count:,} devices and {pulled.change_count:,} changes in {pulled.path}")
    if any(outcome.status == "refused" for outcome in ingest_and_tell((pulled.path,), data_dir)):
        raise SystemExit(1)
