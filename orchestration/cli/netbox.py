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
@click.option("--url", help="Address of the NetBox, without /api.")
@click.option("--center", "center_id", help="Center the devices belong to.")
@click.option("--time-zone", callback=time_zone_name, help="IANA zone of dates such as the day of power-on.")
@click.option("--site", help="Slug of the site, where the NetBox knows several.")
def pull_netbox_command(url: str | None, center_id: str | None, time_zone: str | None, site: str | None) -> None:
    """Ask a NetBox for its devices and for what changed since the last time, and take the answers in.

    The token is read from RACKLIGHT_NETBOX_TOKEN and kept nowhere. The answers land as one file, and only when all of
    them came; where nothing differs from the last time nothing lands. A failing server is asked again with growing
    pauses; the first pull takes the whole change log.

    Without --url every [netbox.NAME] of sources.toml in the data folder is asked: url, center, time_zone, and, if
    wanted, site and token_env, the variable that holds its token. Dagster's hourly pull asks the same ones.
    """
    from ingest.ledger.netbox_pull import TOKEN_VARIABLE, NetboxSource, PullError, pull_netbox, read_netboxes
    from ingest.paths import DataDir

    data_dir = DataDir.from_env().create()
    try:
        if url is None:
            sources = read_netboxes(data_dir.sources_file)
            if not sources:
                raise click.UsageError(f"Give --url, or write a [netbox.NAME] into {data_dir.sources_file}.")
        elif center_id is None or time_zone is None:
            raise click.UsageError("With --url give --center and --time-zone too.")
        elif not os.environ.get(TOKEN_VARIABLE):
            raise click.ClickException(f"Set {TOKEN_VARIABLE} to a token that may read devices and object changes.")
        else:
            sources = [NetboxSource(url, os.environ[TOKEN_VARIABLE], center_id, time_zone, site)]
        pulled = [pull_netbox(source, data_dir.landing, data_dir.state) for source in sources]
    except PullError as error:
        raise click.ClickException(str(error)) from error
    for each in pulled:
        place = f"in {each.path}" if each.path else "as they were"
        click.echo(f"{each.device_count:,} devices and {each.change_count:,} changes {place}")
    landed = tuple(each.path for each in pulled if each.path)
    if landed and any(outcome.status == "refused" for outcome in ingest_and_tell(landed, data_dir)):
        raise SystemExit(1)
