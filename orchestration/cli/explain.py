"""`racklight explain`: from a figure to the lines of files it rests on, in three steps."""

from datetime import datetime

import click

from orchestration.cli.source_lines import print_source_lines
from orchestration.cli.terminal import AS_OF_OPTION, TaughtCommand


@click.command(
    "explain",
    cls=TaughtCommand,
    short_help="From a figure to the lines it rests on.",
    examples=(
        "racklight explain lit_of_racked/yangzhou-01/month/2026-10-01",
        "racklight explain lit_of_racked/yangzhou-01/day/2026-10-22 --part numerator_lower --row 3",
        "racklight explain recovered_share/yangzhou-01/as_of/2026-11-02 --part denominator",
    ),
)
@click.argument("figure_id")
@click.option(
    "--part",
    "part_name",
    type=click.Choice(["numerator_lower", "numerator_upper", "denominator"]),
    default="numerator_lower",
    show_default=True,
    help="Which part to follow down to files.",
)
@click.option("--row", "row_no", type=click.IntRange(1), default=1, show_default=True, help="Which of its rows.")
@click.option("--rows", "row_limit", type=click.IntRange(1), default=5, show_default=True, help="Rows shown per part.")
@AS_OF_OPTION
def explain_command(figure_id: str, part_name: str, row_no: int, row_limit: int, as_of: datetime | None) -> None:
    """Walk from a figure to the lines of the files it rests on.

    First the parts of the figure; then the rows whose amounts add up to a part (a card's day, a line of the plan, a
    month of cash, a period of a promise); then, for one of these rows, every file with its sha256 and lines. The sums
    are held against what was published; the command ends with 1 if they do not agree to the last unit.

    FIGURE_ID is a figure_id of `racklight figures --format json`.
    """
    from dashboards.reports import explanation
    from orchestration.cli.published import published_file

    path = published_file(as_of)
    figure = explanation.find(path, figure_id)
    if figure is None:
        raise click.ClickException(
            f"{path.name} holds no figure {figure_id}. `racklight figures --format json` lists them."
        )
    parts = explanation.parts(path, figure, max(row_limit, row_no))
    _print_figure(figure)
    for number, part in enumerate(parts, start=1):
        _print_part(number, part, row_limit)
    chosen = next(part for part in parts if part.name == part_name)
    row = None
    if chosen.rows is not None and chosen.rows.height:
        if row_no > chosen.rows.height:
            raise click.ClickException(f"{part_name} has {chosen.rows.height} rows.")
        row = chosen.rows.row(row_no - 1, named=True)
    _print_sources(path, figure, chosen, row)
    if any(part.kind is not None and not part.agrees for part in parts):
        raise SystemExit(1)


def _print_figure(figure: dict) -> None:
    bounds = "-" if figure["lower"] is None else f"{figure['lower']!r} to {figure['upper']!r}"
    click.secho(figure["figure_id"], bold=True)
    as_of = f"{figure['as_of_at']:%Y-%m-%d %H:%M:%S} UTC"
    click.echo(f"  {bounds} {figure['unit']}, basis {figure['basis']}, as of {as_of}")


def _print_part(number: int, part: object, row_limit: int) -> None:
    published = "-" if part.published is None else f"{int(part.published):,}"
    click.secho(f"{number}. {part.name} = {published}", bold=True)
    if part.kind is None:
        click.echo("   No rows are kept that add up to this part; the files of the center are listed below.")
        return
    sentence = f"{part.row_count:,} rows of {part.kind} add up to {part.total:,}"
    if part.day_rule == "mean_of_last_12":
        sentence += f", a twelfth of which is {part.computed:,}"
    verdict = "as published" if part.agrees else "NOT WHAT WAS PUBLISHED"
    click.echo(f"   {' '.join(part.measures)}: {sentence}: {verdict}")
    for place, row in enumerate(part.rows.head(row_limit).iter_rows(named=True), start=1):
        days = str(row["first_day_on"])
        if row["last_day_on"] != row["first_day_on"]:
            days += f" to {row['last_day_on']}"
        click.echo(f"   {place:>3}  {days}  {row['center_id']}  {row['subject_id']}  {int(row['amount']):,}")


def _print_sources(path: object, figure: dict, part: object, row: dict | None) -> None:
    from dashboards.reports import explanation

    found = explanation.sources(path, figure, part, row)
    about = "" if row is None else f", {row['subject_id']} on {row['first_day_on']}"
    click.secho(f"Files behind {part.name}{about}", bold=True)
    print_source_lines(found)
