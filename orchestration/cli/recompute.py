"""`racklight recompute`: the published value again, to the last digit, or exactly why not."""

import click

from orchestration.cli.terminal import TaughtCommand, progress_bar


@click.command(
    "recompute",
    cls=TaughtCommand,
    short_help="Compute a registered figure again.",
    examples=(
        "racklight recompute lit_of_racked/yangzhou-01/month/2026-10-01",
        "racklight recompute lit_of_racked/yangzhou-01/month/2026-10-01 --publication 1",
    ),
)
@click.argument("figure_id")
@click.option("--publication", "publication_no", type=click.IntRange(1), help="Number in `racklight register list`.")
def recompute_command(figure_id: str, publication_no: int | None) -> None:
    """Compute a registered figure again, from the very files its publication knew.

    Takes a build of the figures alone (half a minute on the sample world) and publishes nothing. Ends with 1 if any
    digit differs, and says which, and which models and seeds are not what they were then. Without --publication the
    last publication that held the figure is taken.
    """
    from ingest.paths import DataDir
    from ingest.state.register import Register
    from ingest.state.store import StateStore
    from orchestration.recompute import recompute

    data_dir = DataDir.from_env()
    entry = None
    if publication_no is not None:
        entry = Register(StateStore(data_dir)).find(publication_no=publication_no)
        if entry is None:
            raise click.ClickException(f"There is no publication {publication_no}; see `racklight register list`.")
    with progress_bar("recompute") as on_progress:
        outcome = recompute(data_dir, figure_id, entry, on_progress)
    known = outcome.entry
    click.echo(f"{figure_id}, publication {known.publication_no}, as of {known.as_of_at:%Y-%m-%d %H:%M:%S} UTC")
    changed = ", ".join(outcome.changed_nodes) or "none"
    if outcome.agrees:
        said = outcome.registered
        click.echo(f"The same to the last digit: {said.get('lower')!r} to {said.get('upper')!r}")
        click.echo(f"Definitions above it that changed since: {changed}")
        return
    click.echo("Not what was registered:")
    for name, (before, now) in outcome.differences.items():
        click.echo(f"  {name}: {before!r} registered, {now!r} recomputed")
    click.echo(f"Definitions above it that changed since: {changed}")
    raise SystemExit(1)
