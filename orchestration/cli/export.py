"""`racklight export`: what is published, in the formats of others."""

import re
from datetime import date, datetime
from pathlib import Path

import click

from orchestration.cli.terminal import AS_OF_OPTION, TaughtCommand, TaughtGroup


@click.group(
    "export",
    cls=TaughtGroup,
    short_help="Write what is published in the formats of others.",
    examples=("racklight export focus --center yangzhou-01 --period 2026-09 --output bill.csv",),
)
def export_group() -> None:
    """Write what is published in the formats of others."""


@export_group.command(
    "focus",
    cls=TaughtCommand,
    short_help="Write a center's bill as FOCUS 1.2.",
    examples=(
        "racklight export focus --center yangzhou-01 --period 2026-09 --output bill.csv",
        "racklight export focus --center yangzhou-01 --period 2026 > year.csv",
    ),
)
@click.option("--center", required=True, help="Center id.")
@click.option("--period", required=True, help='Month in which the service began, "2026-09", or year, "2026".')
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; without it stdout.")
@AS_OF_OPTION
def export_focus_command(center: str, period: str, output: Path | None, as_of: datetime | None) -> None:
    """Write what a center billed as a FOCUS 1.2 file.

    Each invoice line becomes a charge for its use, with the card-hours metered under its lease, and one for its tax.
    They add up to the invoices to the fen. `racklight ingest --center ... --time-zone ...` reads the use back.
    """
    from dashboards.queries.core import centers
    from dashboards.reports.focus import focus_csv
    from orchestration.cli.published import published_file

    first_on, end_on = _span(period)
    path = published_file(as_of)
    known = centers(path)["center_id"].to_list()
    if center not in known:
        raise click.ClickException(f"There is no center {center!r}. Known: {', '.join(known)}.")
    text, charge_count, billed_fen = focus_csv(path, center, first_on, end_on)
    if charge_count == 0:
        raise click.ClickException(f"{center} has no invoice line whose service began in {period}.")
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
    yuan = f"{billed_fen // 100:,}.{billed_fen % 100:02d}"
    click.echo(f"{charge_count} charges, {yuan} yuan with tax" + (f", in {output}" if output else ""), err=True)


def _span(period: str) -> tuple[date, date]:
    """First day of a month or year, and first day after it."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", period)
    if not found:
        raise click.BadParameter(f"{period!r} is no month like 2026-09 and no year like 2026.", param_hint="--period")
    year, month = int(found[1]), found[2]
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    first = date(year, int(month), 1)
    return first, date(year + first.month // 12, first.month % 12 + 1, 1)
