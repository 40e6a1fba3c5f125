"""`racklight compare`: what other definitions answer for a center and month, and why they differ from ours."""

from datetime import date, datetime

import click

from orchestration.cli.terminal import AS_OF_OPTION, FORMAT_OPTION, TaughtCommand, print_frame


class _Month(click.ParamType):
    name = "month"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
        except ValueError:
            self.fail(f"{value!r} is no month; write it like 2026-09", param, ctx)


@click.command(
    "compare",
    cls=TaughtCommand,
    short_help="Show what other definitions answer, and why.",
    examples=(
        "racklight compare --center yangzhou-01 --period 2026-09",
        "racklight compare --center yangzhou-01 --period 2026-09 --reading mean_of_reporting_cards",
        "racklight compare --center yangzhou-01 --period 2026-09 --format json",
    ),
)
@click.option("--center", required=True, help="Center id.")
@click.option("--period", required=True, type=_Month(), help='A month, such as "2026-09".')
@click.option("--reading", help="A reading_id of the table: shows the causes of its gap instead.")
@AS_OF_OPTION
@FORMAT_OPTION
def compare_command(center: str, period: date, reading: str | None, as_of: datetime | None, output_format: str) -> None:
    """Show what other definitions answer for a center and month, and why they differ from ours.

    Ours is lit of racked: its lower bound is what the answers are compared with. With --reading, the gap of one
    answer is told class by class: what it counts above the line, and what it adds to or leaves out of the denominator;
    the contributions add up to the gap.
    """
    from dashboards.reports import compare
    from orchestration.cli.published import published_file

    path = published_file(as_of)
    found = compare.readings(path, center, period)
    if found.is_empty():
        raise click.ClickException(f"Nothing is known of {center} in {period:%Y-%m}. Run `racklight figures` first.")
    if reading is None:
        print_frame(found, output_format) if output_format != "table" else _print_readings(found)
        return
    if reading not in found["reading_id"].to_list():
        raise click.ClickException(f"{reading} is none of: {', '.join(found['reading_id'])}.")
    causes = compare.causes(path, center, period, reading)
    print_frame(causes, output_format) if output_format != "table" else _print_causes(found, causes, reading)


def _print_readings(found: object) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("reading", "from", "to", "gap", "how"):
        table.add_column(name, justify="right" if name in ("from", "to", "gap") else "left", no_wrap=name != "how")
    for row in found.iter_rows(named=True):
        gap = f"{100 * row['gap_lower']:+.1f} pp"
        table.add_row(row["reading_id"], f"{row['answer_lower']:.1%}", f"{row['answer_upper']:.1%}", gap, row["how_en"])
    ours = found.row(0, named=True)
    table.add_row("ours", f"{ours['our_lower']:.1%}", f"{ours['our_upper']:.1%}", "", "lit of racked", style="bold")
    _console().print(table)


def _print_causes(found: object, causes: object, reading: str) -> None:
    from rich.table import Table

    ours = next(row for row in found.iter_rows(named=True) if row["reading_id"] == reading)
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("cause")
    table.add_column("", justify="right", no_wrap=True)
    table.add_row("ours: lit of racked, lower bound", f"{ours['our_lower']:.1%}", style="bold")
    for row in causes.iter_rows(named=True):
        table.add_row(row["cause_en"], f"{100 * row['contribution']:+.1f} pp")
    table.add_row(ours["name_en"], f"{ours['answer_lower']:.1%}", style="bold")
    _console().print(table)


def _console() -> object:
    """As wide as the table wants to be where nobody looks at a terminal."""
    from rich.console import Console

    return Console() if Console().is_terminal else Console(width=200)
