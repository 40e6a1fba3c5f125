"""`racklight figures`: registered figures of the published file, for people and for programs."""

from datetime import datetime
from pathlib import Path

import click

from orchestration.cli.terminal import AS_OF_OPTION, FORMAT_OPTION, TaughtCommand, print_frame

LIST = "list"


@click.command(
    "figures",
    cls=TaughtCommand,
    short_help="Print figures with bounds, coverage and as-of.",
    examples=(
        "racklight figures",
        "racklight figures --metric",
        "racklight figures --metric lit_of_racked --center yangzhou-01 --period 2026-09",
        "racklight figures --period month --format json",
        "racklight figures --as-of 2026-11-05 --period 2026-10",
    ),
)
@click.option(
    "--metric", is_flag=False, flag_value=LIST, help="Metric id, such as lit_of_racked; alone, lists all metrics."
)
@click.option("--center", help='Center id, or "ALL" for all centers together.')
@click.option("--period", help='"2026-09", "2026-09-30", or one of day, week, month, as_of.')
@AS_OF_OPTION
@FORMAT_OPTION
def figures_command(
    metric: str | None, center: str | None, period: str | None, as_of: datetime | None, output_format: str
) -> None:
    """Print figures with their bounds, coverage and as-of.

    A rate is a fraction between its lower and upper bound; what lies between is what is not known. The observed
    value is withheld where too little is known, and then the reason stands in its place.

    Without --period the table shows the latest complete month and what holds as of the build; JSON and CSV hold every
    figure, with figure_id, metric, basis, center_id, period_start, period_end (exclusive), lower, upper, observed
    (null when withheld), reason, coverage, numerator_lower, numerator_upper, denominator, unit, as_of and
    definition_version.

    --as-of reads the publication that holds what was known then, and says so if none is kept.
    """
    from dashboards.reports.figures import figures
    from orchestration.cli.published import published_file

    path = published_file(as_of)
    if metric == LIST:
        print_registry(path, output_format)
        return
    found = figures(path, metric=metric, center=center, period=period)
    if output_format != "table":
        print_frame(found, output_format)
    elif found.is_empty():
        raise click.ClickException(
            "No figure matches. Run `racklight figures` to see which metrics and centers there are."
        )
    else:
        print_table(found if period else latest(found, path))


def print_registry(path: Path, output_format: str) -> None:
    """Print every registered metric: id, basis, names, formula, whose default it is, version."""
    from rich.console import Console
    from rich.table import Table

    from dashboards import queries

    registered = queries.core.metrics(path)
    if output_format != "table":
        print_frame(registered, output_format)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("metric", "basis", "audience"):
        table.add_column(name, no_wrap=True)
    table.add_column("formula")
    for row in registered.iter_rows(named=True):
        table.add_row(row["metric_id"], row["basis"], row["default_audience"], row["formula_en"])
    console = Console() if Console().is_terminal else Console(width=200)
    console.print(table)
    console.print(f"{registered.height} metrics")


def latest(found: object, path: Path) -> object:
    """Figures of the last month that the data reach to the end of, and those as of the build."""
    import polars as pl

    from dashboards import queries

    grain = pl.col("figure_id").str.split("/").list.get(-2, null_on_oob=True)
    complete = queries.core.months(path).filter(pl.col("is_complete")).get_column("month_start_on")
    of_the_month = (grain == "month") & (pl.col("period_start") == (complete.max() if complete.len() else None))
    return found.filter(~grain.is_in(["day", "week", "month"]) | of_the_month)


def print_table(found: object, metric_order: tuple[str, ...] = ()) -> None:
    """Print figures as a table with intervals, and below it the as-of that all of them share.

    Portfolio first, then center by center; within one, metrics in the given order or by name.
    """
    import polars as pl
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("metric", "center", "period"):
        table.add_column(name, no_wrap=True)
    for name in ("from", "to", "observed", "coverage"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("basis")
    rank = pl.col("metric").replace_strict(
        {metric: place for place, metric in enumerate(metric_order)}, default=len(metric_order), return_dtype=pl.Int64
    )
    in_order = found.sort(pl.col("center_id"), rank, pl.col("metric"), pl.col("period_start"), nulls_last=False)
    for figure in in_order.iter_rows(named=True):
        table.add_row(*_cells(figure))
    # as wide as the table wants to be where nobody looks at a terminal
    console = Console() if Console().is_terminal else Console(width=200)
    console.print(table)
    if found.is_empty():
        console.print("No figure in that period; --period shows others")
        return
    as_of = found.get_column("as_of").max()
    console.print(f"{found.height} figures, as of {as_of:%Y-%m-%d %H:%M:%S} UTC")


def _cells(figure: dict) -> list[str]:
    unit = figure["unit"]
    observed = _shown(figure["observed"], unit) if figure["observed"] is not None else figure["reason"] or ""
    return [
        figure["metric"],
        figure["center_id"] or "ALL",
        _period(figure),
        _shown(figure["lower"], unit),
        _shown(figure["upper"], unit),
        observed,
        "" if figure["coverage"] is None else f"{figure['coverage']:.1%}",
        figure["basis"] or "",
    ]


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    if unit == "multiple":
        return f"{value:.2f}"
    return f"{value:.1%}" if unit in ("fraction", "ratio", "share") else f"{value:,.1f} {unit}"


def _period(figure: dict) -> str:
    grain = figure["figure_id"].split("/")[-2] if figure["figure_id"].count("/") >= 2 else ""
    start = figure["period_start"]
    if grain == "month" and start is not None:
        return f"{start:%Y-%m}"
    return "as of build" if start is None else str(start)
