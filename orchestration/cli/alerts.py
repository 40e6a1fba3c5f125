"""`racklight alerts`: thresholds that people set, what is open, and one round by hand."""

import click

from orchestration.cli.terminal import FORMAT_OPTION, TaughtCommand, TaughtGroup, print_frame


@click.group(
    "alerts",
    cls=TaughtGroup,
    short_help="Thresholds that people set, and what is beyond them.",
    examples=(
        "racklight alerts set lit_below 0.3",
        "racklight alerts run",
        "racklight alerts list",
        "racklight alerts ack 3",
    ),
)
def alerts_command() -> None:
    """Be told when something is beyond a threshold: once when it opens, and again, to others, when nobody sees to it.

    Rules are held against the published file after every publication. Who is told, when not, and how, stands in
    section [alerts] of delivery.toml (`racklight report deliver --example`).
    """


def _book() -> object:
    from ingest.paths import DataDir
    from ingest.state.alerts import AlertBook
    from ingest.state.store import StateStore

    return AlertBook(StateStore(DataDir.from_env()))


@alerts_command.command(
    "set",
    cls=TaughtCommand,
    short_help="Set a threshold, or switch it off.",
    examples=(
        "racklight alerts set lit_below 0.3",
        "racklight alerts set coverage_below 0.9 --center yangzhou-01",
        "racklight alerts set commitment_at_risk --off",
    ),
)
@click.argument("kind")
@click.argument("threshold", type=float, required=False)
@click.option("--center", help="Center id; every center if not given.")
@click.option("--by", default="command line", show_default=True, help="Who sets it; kept beside it.")
@click.option("--off", is_flag=True, help="Keep the rule, but do not hold it against anything.")
def set_command(kind: str, threshold: float | None, center: str | None, by: str, off: bool) -> None:
    """Set a threshold in place of the one of the same kind and center.

    KIND is lit_below, coverage_below (shares of the last week), lease_cliff (days until a lease ends), feed_silent
    (days without telemetry), commitment_at_risk, finding_opened, figure_restated or cannot_compute (no threshold).
    """
    try:
        rule_id = _book().set_rule(kind, threshold, center, by, is_active=not off)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{rule_id} is {'off' if off else 'set'}.")


@alerts_command.command(
    "run",
    cls=TaughtCommand,
    short_help="Hold every rule against what is published.",
    examples=("racklight alerts run",),
)
def run_command() -> None:
    """Hold every rule against the published file and tell what is to be told. Ends with 1 if telling failed."""
    from ingest.paths import DataDir
    from orchestration.alerts.run import run_alerts

    found = run_alerts(DataDir.from_env())
    click.echo(f"{found.opened} opened, {found.resolved} resolved.")
    for rule_id in found.unanswered:
        click.echo(f"{rule_id}: nothing published can say.")
    for outcome in found.outcomes:
        click.echo(f"{outcome.result:9} {outcome.recipient.split('?')[0]} {outcome.detail}".rstrip())
    if any(outcome.result in ("failed", "uncertain") for outcome in found.outcomes):
        raise SystemExit(1)


@alerts_command.command(
    "list",
    cls=TaughtCommand,
    short_help="What is open, and with --all what was.",
    examples=("racklight alerts list", "racklight alerts list --rules", "racklight alerts list --all --format json"),
)
@click.option("--all", "shows_all", is_flag=True, help="Resolved alerts too.")
@click.option("--rules", "shows_rules", is_flag=True, help="Thresholds instead of alerts.")
@FORMAT_OPTION
def list_command(shows_all: bool, shows_rules: bool, output_format: str) -> None:
    """List alerts, the latest first, or the thresholds that people set."""
    import polars as pl

    from orchestration.cli.status import print_table

    book = _book()
    found = book.rules(only_active=False) if shows_rules else book.alerts(only_open=not shows_all)
    if not found:
        click.echo("No threshold is set yet." if shows_rules else "Nothing is open.")
        return
    frame = pl.DataFrame([item.__dict__ for item in found], infer_schema_length=None)
    if output_format != "table":
        print_frame(frame, output_format)
    elif shows_rules:
        print_table(frame.drop("kind", "center_id"))
    else:
        print_table(
            frame.select(
                "alert_id", "rule_id", "center_id", "subject_id", "observed", "threshold", "detail", "opened_at",
                "acknowledged_by", "resolved_at",
            )
        )  # fmt: skip


@alerts_command.command(
    "ack", cls=TaughtCommand, short_help="Say that somebody sees to it.", examples=("racklight alerts ack 3 --by duty",)
)
@click.argument("alert_id", type=int)
@click.option("--by", default="command line", show_default=True, help="Who sees to it.")
def ack_command(alert_id: int, by: str) -> None:
    """Say that somebody sees to an open alert; it is not told to others any more."""
    if not _book().acknowledge(alert_id, by):
        raise click.ClickException(f"{alert_id} is no open alert.")
    click.echo(f"{by} sees to alert {alert_id}.")
