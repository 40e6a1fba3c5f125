"""`racklight report`: reports as files, and their deliveries."""

from pathlib import Path

import click

from orchestration.cli.terminal import TaughtCommand, TaughtGroup


@click.group(
    "report",
    cls=TaughtGroup,
    short_help="Weekly operator reports: as files, and delivered.",
    examples=("racklight report weekly", "racklight report deliver", "racklight report log"),
)
def report_command() -> None:
    """Make the weekly operator report from the published file, deliver it, and see what was delivered."""


def _week(ctx: click.Context, param: click.Parameter, value: str | None) -> object:
    from dashboards.reports.weekly.facts import week_start

    if value is None:
        return None
    try:
        return week_start(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} must be an ISO week like 2026-W44.", ctx=ctx, param=param) from None


WEEK_OPTION = click.option(
    "--week", "week_start_on", callback=_week, metavar="WEEK", help="ISO week like 2026-W44; the latest that is over."
)


@report_command.command(
    "weekly",
    cls=TaughtCommand,
    short_help="Write the report of one week.",
    examples=(
        "racklight report weekly",
        "racklight report weekly --center yangzhou-01 --week 2026-W43 --language en --format pdf",
    ),
)
@click.option("--center", default="ALL", show_default=True, help='Center id, or "ALL" for all centers together.')
@WEEK_OPTION
@click.option("--language", "languages", multiple=True, type=click.Choice(["zh", "en"]), help="Both if not given.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["pdf", "html", "xlsx"]), help="All if not given."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; reports/weekly/WEEK by default.")
def weekly_command(
    center: str, week_start_on: object, languages: tuple[str, ...], formats: tuple[str, ...], out: Path | None
) -> None:
    """Write the operator report of one ISO week as PDF, HTML and XLSX, in Chinese and English.

    All numbers come from the published file; the same as-of gives the same bytes.
    """
    from ingest.paths import DataDir
    from orchestration.weekly import write_reports

    data_dir = DataDir.from_env()
    for path in write_reports(
        data_dir, center, week_start_on, languages or ("zh", "en"), formats or ("pdf", "html", "xlsx"), out
    ):
        click.echo(path)


@report_command.command(
    "deliver",
    cls=TaughtCommand,
    short_help="Deliver the reports that delivery.toml names.",
    examples=("racklight report deliver", "racklight report deliver --example", "racklight report deliver --again KEY"),
)
@WEEK_OPTION
@click.option("--example", is_flag=True, help="Print a delivery.toml to start from.")
@click.option("--again", metavar="KEY", help="Let a delivery that may have arrived go out again; KEY as in the log.")
def deliver_command(week_start_on: object, example: bool, again: str | None) -> None:
    """Deliver every report that delivery.toml of the data folder names, by mail, to a folder or to a webhook.

    What was delivered of this as-of is not delivered again, whatever happened in between. Ends with 1 if anything
    failed or is uncertain.
    """
    from ingest.paths import DataDir
    from ingest.state.deliveries import DeliveryLog
    from ingest.state.store import StateStore
    from orchestration.delivery.settings import EXAMPLE
    from orchestration.weekly import deliver_reports

    data_dir = DataDir.from_env()
    if example:
        click.echo(EXAMPLE, nl=False)
        return
    if again and not DeliveryLog(StateStore(data_dir)).release(again):
        raise click.ClickException(f"{again} is no delivery that began and did not end.")
    if not data_dir.delivery_file.exists():
        raise click.ClickException(
            f"There is no {data_dir.delivery_file}. `racklight report deliver --example` prints one to start from."
        )
    outcomes = deliver_reports(data_dir, week_start_on)
    for outcome in outcomes:
        click.echo(f"{outcome.result:9} {outcome.recipient} {outcome.detail}".rstrip())
    if any(outcome.result in ("failed", "uncertain") for outcome in outcomes):
        raise SystemExit(1)


@report_command.command(
    "log",
    cls=TaughtCommand,
    short_help="What was delivered to whom.",
    examples=("racklight report log",),
)
def log_command() -> None:
    """List every delivery: report, as-of, recipient, status, tries and key."""
    from ingest.paths import DataDir
    from ingest.state.deliveries import DeliveryLog
    from ingest.state.store import StateStore

    entries = DeliveryLog(StateStore(DataDir.from_env())).entries()
    if not entries:
        click.echo("Nothing was delivered yet.")
    for entry in entries:
        click.echo(
            f"{entry.status:8} {entry.as_of_at:%Y-%m-%dT%H:%MZ} {entry.report} -> {entry.recipient} "
            f"(tries {entry.attempt_count}) {entry.detail} {entry.delivery_key}"
        )
