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


@export_group.command(
    "offers",
    cls=TaughtCommand,
    short_help="Write what capacity can be sold.",
    examples=(
        "racklight export offers --output offers.csv",
        "racklight export offers --center dongpu-01 --format json",
    ),
)
@click.option("--center", help="Center id; without it all centers.")
@click.option("--format", "output_format", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; without it stdout.")
def export_offers_command(center: str | None, output_format: str, output: Path | None) -> None:
    """Write free cards, one row per server, model and span in which they are free.

    Money is in fen per card-hour with tax; `rack_w` is the contracted power of the cabinet. Columns are a contract.
    """
    from dashboards.queries.published import published_path
    from dashboards.reports.offers import export_rows

    path = published_path()
    if path is None:
        raise click.ClickException("Nothing is published yet. Run `racklight build` first.")
    rows = export_rows(path, center)
    if rows.is_empty():
        raise click.ClickException("There is nothing to sell" + (f" at {center}." if center else "."))
    text = rows.write_csv() if output_format == "csv" else rows.write_json() + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
    click.echo(f"{rows.height} rows, {rows['card_count'].sum()} cards", err=True)


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
