"""`racklight template`: the workbook that senders of registers fill in."""

from pathlib import Path

import click

from orchestration.cli.terminal import TaughtCommand
from orchestration.errors import RacklightError


@click.command(
    "template",
    cls=TaughtCommand,
    short_help="Write the workbook that registers are kept in.",
    examples=("racklight template", "racklight template registers-2026-09.xlsx"),
)
@click.argument("path", default="racklight-registers.xlsx", type=click.Path(dir_okay=False, path_type=Path))
def template_command(path: Path) -> None:
    """Write one XLSX workbook with a sheet for each register, to PATH or racklight-registers.xlsx.

    The first sheet explains in Chinese and English how to fill it in; choices have drop-downs, headers their units.
    Filled in, it goes to racklight ingest, and what is wrong in it comes back as a copy with the cells marked.
    A file that exists is left as it is.
    """
    from ingest.workbook.template import TEMPLATE_KINDS, write_template

    if path.exists():
        raise RacklightError(f"{path} exists and may be filled in: name another file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_template(path)
    click.echo(f"{len(TEMPLATE_KINDS)} registers to fill in: {path}")
