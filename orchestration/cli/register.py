"""`racklight register`: what was published when, and whether the register is still what was written into it."""

from datetime import datetime

import click

from orchestration.cli.terminal import AS_OF_OPTION, FORMAT_OPTION, TaughtCommand, TaughtGroup, print_frame


@click.group(
    "register",
    cls=TaughtGroup,
    short_help="What was published when, and whether it still stands.",
    examples=("racklight register list", "racklight register verify"),
)
def register_command() -> None:
    """Look into the register of publications and prove that nobody changed it.

    Every publication enters with all its figures, the files it was made from and the definitions it was made under.
    Entries are chained by their hashes; the head of the chain stands on every publication and in `racklight status`.
    Keep a head somewhere else: a chain alone does not show that all of it was written anew.
    """


@register_command.command(
    "list",
    cls=TaughtCommand,
    short_help="Every publication with its as-of and hashes.",
    examples=("racklight register list", "racklight register list --format json"),
)
@AS_OF_OPTION
@FORMAT_OPTION
def list_command(as_of: datetime | None, output_format: str) -> None:
    """List every publication: as-of, when it was registered, figures, files, and the hashes it stands on.

    With --as-of, only publications of what was known by then.
    """
    import polars as pl

    from orchestration.cli.status import print_table

    names = (
        "publication_no",
        "as_of_at",
        "recorded_at",
        "version",
        "figure_count",
        "input_count",
        "code_version",
        "definition_hash",
        "input_hash",
        "entry_hash",
    )
    entries = [entry for entry in _register().entries() if as_of is None or entry.as_of_at <= as_of]
    rows = [{name: getattr(entry, name) for name in names} for entry in entries]
    frame = pl.DataFrame(rows)
    if output_format != "table":
        print_frame(frame, output_format)
    elif frame.is_empty():
        click.echo("Nothing is registered yet. Run `racklight build`.")
    else:
        hashes = pl.col("definition_hash", "input_hash", "entry_hash").str.head(12)
        print_table(frame.with_columns(hashes).drop("code_version"))


@register_command.command(
    "verify",
    cls=TaughtCommand,
    short_help="Prove that no byte of the register was changed.",
    examples=("racklight register verify", "racklight register verify --head 3f0c..."),
)
@click.option("--head", metavar="HASH", help="A head that was kept elsewhere; it must stand in the chain.")
def verify_command(head: str | None) -> None:
    """Compute every hash of the register anew. Ends with 1 and names what was changed, down to the figure.

    What this cannot see without --head: a register that somebody wrote anew from its first entry to its last.
    """
    register = _register()
    entries = register.entries()
    faults = register.faults()
    if head and not any(entry.entry_hash.startswith(head.lower()) for entry in entries):
        faults.append(f"No publication has the head {head}: the register is not the one that head was taken from.")
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    figure_count = sum(entry.figure_count for entry in entries)
    at_head = f", head {entries[-1].entry_hash}" if entries else ""
    click.echo(f"Nothing was changed: {len(entries)} publications, {figure_count:,} figures{at_head}")


def _register() -> object:
    from ingest.paths import DataDir
    from ingest.state.register import Register
    from ingest.state.store import StateStore

    return Register(StateStore(DataDir.from_env()))
