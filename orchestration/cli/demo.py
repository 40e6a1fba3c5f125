"""`racklight demo`: everything once, over a made world."""

import click

from orchestration.cli.terminal import TaughtCommand

HEADLINE_METRICS = (
    "racked_device_avg",
    "lit_of_racked",
    "lit_on_plan",
    "recovered_share",
    "payback_months_run_rate_t12m",
    "offtake_cumulative_compliance",
)


@click.command(
    "demo",
    cls=TaughtCommand,
    short_help="Sample, ingest, build, figures, dashboard.",
    examples=("racklight demo", "RACKLIGHT_DATA_DIR=/tmp/racklight racklight demo --no-serve"),
)
@click.option("--serve/--no-serve", "serves", default=True, show_default=True, help="Serve the dashboard at the end.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on 127.0.0.1.")
def demo_command(serves: bool, port: int) -> None:
    """Make the sample world, take it in, build, publish, print headline figures, and serve the dashboard.

    Running it again finds every file known already and changes no figure.
    """
    from ingest.paths import DataDir
    from orchestration.cli.build import build_and_tell
    from orchestration.cli.ingest import ingest_and_tell
    from orchestration.cli.sample import write_and_tell
    from orchestration.cli.servers import serve

    data_dir = DataDir.from_env().create()
    click.secho("1/4 The sample world", bold=True)
    folder = write_and_tell(data_dir.landing / "sample")
    click.secho("2/4 Taking in its files", bold=True)
    ingest_and_tell((folder,), data_dir)
    click.secho("3/4 Building and publishing", bold=True)
    build_and_tell(data_dir)
    click.secho("4/4 Headline figures", bold=True)
    _print_headlines()
    if serves:
        serve(port)


def _print_headlines() -> None:
    import polars as pl

    from dashboards.queries.published import published_path
    from dashboards.reports.figures import figures
    from orchestration.cli.figures import latest, print_table

    path = published_path()
    print_table(latest(figures(path), path).filter(pl.col("metric").is_in(HEADLINE_METRICS)), HEADLINE_METRICS)
