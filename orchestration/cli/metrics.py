"""`racklight metrics`: what the registry says of a metric, in the words of the pages' tooltips."""

import click

from orchestration.cli.terminal import AS_OF_OPTION, FORMAT_OPTION, TaughtCommand


@click.command(
    "metrics",
    cls=TaughtCommand,
    short_help="Say what each metric divides, in words.",
    examples=(
        "racklight metrics",
        "racklight metrics lit_of_racked racked_pflops_avg",
        "racklight metrics lit_of_racked --language zh",
        "racklight metrics --format json",
    ),
)
@click.argument("metric_ids", nargs=-1, metavar="[METRIC_ID]...")
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Language of the words."
)
@AS_OF_OPTION
@FORMAT_OPTION
def metrics_command(metric_ids: tuple[str, ...], language: str, as_of: object, output_format: str) -> None:
    """Say what each registered metric divides: formula, numerator, denominator, basis, unit, audience and version.

    Without METRIC_ID all metrics are listed; with it each is explained, as the tooltips of the dashboard do. JSON and
    CSV hold the rows of the registry in both languages.
    """
    import polars as pl

    from dashboards import queries
    from dashboards.reports.metric_words import metric_lines
    from dashboards.translations import Words
    from orchestration.cli.figures import print_registry
    from orchestration.cli.published import published_file
    from orchestration.cli.terminal import print_frame

    path = published_file(as_of)
    if not metric_ids:
        print_registry(path, output_format)
        return
    registered = queries.core.metrics(path)
    if unknown := set(metric_ids) - set(registered["metric_id"]):
        raise click.ClickException(f"No metric {', '.join(sorted(unknown))}. `racklight metrics` lists them.")
    chosen = registered.filter(pl.col("metric_id").is_in(metric_ids))
    if output_format != "table":
        print_frame(chosen, output_format)
        return
    say = Words(language)
    for metric in chosen.iter_rows(named=True):
        click.secho(metric[say.column("name")], bold=True)
        for line in metric_lines(metric, say):
            click.echo(f"  {line}")
