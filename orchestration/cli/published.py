"""Which published file a command reads: the current one, or the one that stands for an as-of; never another instead."""

from datetime import UTC, datetime
from pathlib import Path

import click


def published_file(as_of: datetime | None = None) -> Path:
    """The published file to read.

    Args:
        as_of: aware instant; a publication stands for it if it is as of then, or as of an earlier instant after which
            nothing was received until then. None takes the current one.

    Raises:
        click.ClickException: nothing is published, or nothing as of then is kept; the sentence says what to run.
    """
    from dashboards import queries

    path = queries.published.published_path(as_of)
    if as_of is None:
        if path is None:
            raise click.ClickException("Nothing is published yet. Run `racklight build` first.")
        return path
    if path is not None and not _received_between(path, as_of):
        return path
    kept = ", ".join(f"{version.as_of_at:%Y-%m-%dT%H:%M:%SZ}" for version in queries.published.published_versions())
    raise click.ClickException(
        f"No kept publication holds what was known as of {as_of.isoformat()}. Kept: {kept or 'none'}. "
        f"Run `racklight build --as-of {as_of.isoformat()}` to publish one."
    )


def _received_between(path: Path, as_of: datetime) -> bool:
    """Whether a file that counts came in after the publication's as-of and by the instant that was asked for."""
    import polars as pl

    from dashboards import queries
    from ingest.paths import DataDir
    from ingest.state.store import StateStore

    published_as_of = queries.core.build(path).get_column("as_of_at")[0]
    between = pl.col("recorded_at").is_between(published_as_of, as_of.astimezone(UTC), closed="right")
    came = between & pl.col("refusal_code").is_null()
    return StateStore(DataDir.from_env()).files().select(came.any()).item()
