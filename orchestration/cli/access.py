"""`racklight access`: scopes, the log of who saw what, and the ending of sessions."""

import click

from orchestration.cli.chained_log import VERIFY_OPTION, list_entries, prove
from orchestration.cli.terminal import FORMAT_OPTION, TaughtCommand, TaughtGroup


@click.group(
    "access",
    cls=TaughtGroup,
    short_help="Who may see what, and who saw what.",
    examples=(
        "racklight access example > data/access.yaml",
        "racklight access publish",
        "racklight access log --verify",
    ),
)
def access_command() -> None:
    """Give readers who log in their part of what is published, and see what they looked at.

    access.yaml of the data folder says which groups see which centers in which role; secrets.toml there configures the
    login by OpenID Connect (section [auth], as Streamlit's manual has it). Without it the dashboard serves one user on
    this machine only.
    """


@access_command.command(
    "example", cls=TaughtCommand, short_help="Print a policy to start from.", examples=("racklight access example",)
)
def example_command() -> None:
    """Print an access.yaml to start from."""
    from ingest.state.access_policy import EXAMPLE

    click.echo(EXAMPLE, nl=False)


@access_command.command(
    "publish",
    cls=TaughtCommand,
    short_help="Write the file of every scope again.",
    examples=("racklight access publish",),
)
def publish_command() -> None:
    """Write the published file of every scope of access.yaml from the current publication."""
    from ingest.paths import DataDir
    from ingest.state.access_policy import PolicyError, read_policy
    from orchestration.access.restatements import publish_scope_logs
    from orchestration.access.scopes import publish_scopes

    data_dir = DataDir.from_env()
    try:
        read_policy(data_dir.access_file)
        published = publish_scopes(data_dir)
        publish_scope_logs(data_dir)
    except PolicyError as error:
        raise click.ClickException(str(error)) from error
    if not published:
        raise click.ClickException("Nothing is published yet. Run `racklight build` first.")
    for item in published:
        click.echo(f"{item.scope.name:24} {item.scope.role:11} {item.row_count:>9,} rows  {item.path}")


@access_command.command(
    "log",
    cls=TaughtCommand,
    short_help="Who saw what; --verify proves that nobody changed it.",
    examples=("racklight access log", "racklight access log --verify"),
)
@VERIFY_OPTION
@FORMAT_OPTION
def log_command(verify: bool, output_format: str) -> None:
    """List every page, figure and export that a reader who logged in has seen, or verify the chain of entries."""
    log = _log()
    if verify:
        prove(log.entries(), log.faults())
        return
    list_entries(log.entries(), None, output_format, "Nobody who logged in has looked at anything yet.")


@access_command.command(
    "revoke",
    cls=TaughtCommand,
    short_help="End the sessions of a reader.",
    examples=(
        "racklight access revoke person@example.com --reason left",
        "racklight access revoke p@example.com --undo",
    ),
)
@click.argument("reader")
@click.option("--reason", default="", help="Kept beside the revocation.")
@click.option("--undo", is_flag=True, help="Let the reader in again.")
def revoke_command(reader: str, reason: str, undo: bool) -> None:
    """End the sessions of a reader at their next step, and admit no new one. READER is the e-mail or subject."""
    log = _log()
    if undo:
        if not log.restore(reader):
            raise click.ClickException(f"{reader} is not revoked.")
        click.echo(f"{reader} may log in again.")
        return
    log.revoke(reader, reason)
    click.echo(f"Sessions of {reader} end at their next step.")


def _log() -> object:
    from ingest.paths import DataDir
    from ingest.state.access_log import AccessLog
    from ingest.state.store import StateStore

    return AccessLog(StateStore(DataDir.from_env()))
