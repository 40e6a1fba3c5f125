"""How a hash-chained log is listed and proved on the command line, whichever log it is."""

from collections.abc import Sequence
from typing import Protocol

import click

from orchestration.cli.terminal import print_frame

VERIFY_OPTION = click.option(
    "--verify", is_flag=True, help="Compute every hash anew; ends with 1 and names what was changed."
)


class Entry(Protocol):
    """One entry of such a log."""

    entry_hash: str


def prove(entries: Sequence[Entry], faults: Sequence[str]) -> None:
    """Say that nothing was changed, with the head of the chain, or name each fault and end with 1."""
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    at_head = f", head {entries[-1].entry_hash}" if entries else ""
    click.echo(f"Nothing was changed: {len(entries)} entries{at_head}")


def list_entries(entries: Sequence[Entry], names: Sequence[str] | None, output_format: str, nobody_acted: str) -> None:
    """Print entries in their order with the named fields, or all; only a table shortens hashes."""
    import polars as pl

    from orchestration.cli.status import print_table

    frame = pl.DataFrame([{name: getattr(entry, name) for name in names or vars(entry)} for entry in entries])
    if output_format != "table":
        print_frame(frame, output_format)
    elif frame.is_empty():
        click.echo(nobody_acted)
    else:
        print_table(frame.with_columns(pl.col("entry_hash").str.head(12)))
