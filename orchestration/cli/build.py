"""`racklight build` and `racklight publish`: from what was taken in to what is shown."""

from datetime import datetime

import click

from orchestration.cli.terminal import Instant, TaughtCommand, progress_bar


@click.command(
    "build",
    cls=TaughtCommand,
    short_help="Compute everything, check it, publish it.",
    examples=(
        "racklight build",
        "racklight build --as-of 2026-09-30",
        "racklight build --as-of 2026-09-30T18:00:00+08:00 --no-publish",
    ),
)
@click.option(
    "--as-of",
    type=Instant(takes_days=True),
    metavar="INSTANT|DATE",
    help="Leave out what was recorded later; a day stands for its last second in China.",
)
@click.option("--no-publish", is_flag=True, help="Build and check, but let readers see what they saw before.")
def build_command(as_of: datetime | None, no_publish: bool) -> None:
    """Compute everything from what was taken in, check it, and publish it.

    Runs the same Dagster job as the schedules: dirty days are rolled up, a new warehouse file is built, every dbt test
    must pass, and only then is the published file replaced. Building again without new files changes nothing.
    """
    from ingest.paths import DataDir

    build_and_tell(DataDir.from_env(), as_of, publish=not no_publish)


@click.command(
    "publish",
    cls=TaughtCommand,
    short_help="Publish the latest build again.",
    examples=("racklight build --no-publish && racklight publish",),
)
def publish_command() -> None:
    """Publish the latest build again.

    The published file is named by its content: publishing what is published already changes nothing and says so.
    """
    from ingest.paths import DataDir
    from orchestration.build import latest_build
    from orchestration.publish import publish_marts, published_version

    data_dir = DataDir.from_env()
    warehouse_path = latest_build(data_dir)
    if warehouse_path is None:
        raise click.ClickException(f"There is no build in {data_dir.warehouse}. Run `racklight build` first.")
    before = published_version(data_dir)
    _tell_publication(before, publish_marts(data_dir, warehouse_path))


def build_and_tell(data_dir: object, as_of: datetime | None = None, publish: bool = True) -> None:
    """Run the build job with progress on stderr and say on stdout what came of it."""
    from orchestration.build import latest_build
    from orchestration.jobs import run_build_job
    from orchestration.publish import published_version

    before = published_version(data_dir)
    with progress_bar("build") as on_progress:
        run_build_job(data_dir, as_of, publish, on_progress)
    click.echo(f"Built {latest_build(data_dir)}")
    if publish:
        _tell_publication(before, published_version(data_dir))


def _tell_publication(before: object, now: object) -> None:
    as_of = f"as of {now.as_of_at:%Y-%m-%d %H:%M:%S} UTC"
    if before is not None and before.path == now.path:
        click.echo(f"Nothing changed: version {now.version} stays published, {as_of}.")
    else:
        click.echo(f"Published version {now.version}, {as_of}: {now.path}")
    if now.entry is not None:
        click.echo(
            f"Registered as publication {now.entry.publication_no}: {now.entry.figure_count:,} figures, "
            f"head of the register {now.entry.entry_hash}"
        )
