"""`racklight sample`: the made world, as the files its centers would send."""

from pathlib import Path

import click

from orchestration.cli.terminal import TaughtCommand


@click.command(
    "sample",
    cls=TaughtCommand,
    short_help="Write the sample world as landing files.",
    examples=(
        "racklight sample",
        "racklight sample /tmp/world && racklight ingest /tmp/world",
        "racklight sample --second /tmp/second && racklight ingest /tmp/second && racklight build",
    ),
)
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=None, help="Another seed makes another world.")
@click.option("--second", is_flag=True, help="The second delivery: late, corrected and reclassified rows.")
def sample_command(folder: Path | None, seed: int | None, second: bool) -> None:
    """Write the sample world as landing files, into FOLDER or the landing folder.

    The same seed makes the same files, byte for byte. With --second, what one center sends two weeks later: it
    restates figures that were published from the first delivery, and `racklight restatements` says which and why.
    """
    from ingest.paths import DataDir
    from ingest.sample_world import DEFAULT_SEED
    from ingest.sample_world.second_delivery import write_second_delivery

    if not second:
        write_and_tell(folder or DataDir.from_env().landing / "sample", seed)
        return
    folder = folder or DataDir.from_env().landing / "second"
    files = write_second_delivery(folder, DEFAULT_SEED if seed is None else seed)
    click.echo(f"Wrote {len(files)} files below {folder}")


def write_and_tell(folder: Path, seed: int | None = None) -> Path:
    """Write the sample world, say how much it is, and return its folder."""
    from ingest.sample_world import write_sample_world

    folder.mkdir(parents=True, exist_ok=True)
    if seed is None:
        write_sample_world(folder)
    else:
        write_sample_world(folder, seed)
    files = [path for path in folder.rglob("*") if path.is_file()]
    byte_count = sum(path.stat().st_size for path in files)
    click.echo(f"Wrote {len(files)} files, {byte_count / 1e6:.1f} MB, below {folder}")
    return folder
