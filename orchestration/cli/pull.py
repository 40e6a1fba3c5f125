"""`racklight pull`: raw samples asked of a center's own Prometheus, landed and taken in."""

from dataclasses import replace
from datetime import datetime

import click

from orchestration.cli.ingest import ingest_and_tell
from orchestration.cli.terminal import Instant, TaughtCommand
from orchestration.errors import RacklightError


@click.command(
    "pull",
    cls=TaughtCommand,
    short_help="Ask Prometheus servers for raw samples.",
    examples=(
        "racklight pull                              every source of sources.toml",
        "racklight pull --source sz-01 --since 2026-09-01T00:00:00+08:00",
        "racklight pull --url https://prometheus.example:9090 --center sz-01",
        "RACKLIGHT_PULL_TOKEN=... racklight pull --url https://prometheus.example:9090 --center sz-01",
    ),
)
@click.option("--url", help="A Prometheus-compatible server that sources.toml does not name.")
@click.option("--center", "center_id", help="Center that its samples belong to.")
@click.option("--selector", default="", help="Label matchers that single out the center, such as 'cluster=\"sz-01\"'.")
@click.option("--source", "source_id", help="Only this source of sources.toml; with --url, the name of its progress.")
@click.option("--since", type=Instant(), help="From the start of this hour on. Default: since of the source, or 24 h.")
@click.option("--until", type=Instant(), help="Up to here. Default: the end of the last hour that is over.")
@click.option("--again", is_flag=True, help="Ask also for what was answered before.")
@click.option("--no-ingest", is_flag=True, help="Leave the answers in the landing folder.")
def pull_command(
    url: str | None,
    center_id: str | None,
    selector: str,
    source_id: str | None,
    since: datetime | None,
    until: datetime | None,
    again: bool,
    no_ingest: bool,
) -> None:
    """Ask Prometheus-compatible servers for raw samples of every mapped accelerator metric, and take them in.

    Each clock hour of each metric is one question, and is asked for once: a pull that broke off goes on where it was. A
    busy server is asked again with growing pauses. Answers land below landing/pulled/ and go in like any other file.

    Without --url, the sources are those of sources.toml in the data folder:

    \b
      [sources.sz-01]
      url = "https://prometheus.sz-01.example:9090"
      center = "sz-01"
      selector = 'cluster="sz-01"'          # optional, as are the following
      since = 2026-09-01T00:00:00+08:00
      metrics = ["DCGM_FI_DEV_GPU_UTIL"]    # else those that the server has
      ca_file = "/etc/ssl/sz-01.pem"
      token_env = "SZ01_TOKEN"              # or user_env and password_env

    Secrets come from the environment alone: RACKLIGHT_PULL_TOKEN, or RACKLIGHT_PULL_USER and RACKLIGHT_PULL_PASSWORD,
    or the variables that a source names. Ends with 1 if a source gave no answer.
    """  # noqa: D301 - click keeps the lines of a block that begins with this character
    from ingest.paths import DataDir
    from ingest.pull.asking import PullError
    from ingest.pull.pulling import pull_source
    from ingest.pull.sources import SourceError

    data_dir = DataDir.from_env()
    landed, failures = [], []
    try:
        sources = _sources(url, center_id, selector, source_id, data_dir)
    except SourceError as error:
        raise RacklightError(str(error)) from error
    for source in sources:
        try:
            pulled = pull_source(source, data_dir, since, until, again, on_progress=lambda s: click.echo(s, err=True))
        except (PullError, SourceError) as error:
            failures.append(str(error))
            landed.append(data_dir.landing / "pulled" / source.source_id)
            continue
        landed += pulled.landed
        click.echo(
            f"{source.source_id}: {pulled.asked_count} questions, {pulled.known_count} answered before, "
            f"{pulled.value_count:,} values, {len(pulled.landed)} files landed"
        )
    landed = [path for path in landed if path.exists()]
    if landed and not no_ingest:
        ingest_and_tell(tuple(landed), data_dir)
    if failures:
        raise RacklightError("\n  ".join(failures))


def _sources(url: str | None, center_id: str | None, selector: str, source_id: str | None, data_dir: object) -> list:
    """The sources that the options mean."""
    import hashlib

    from ingest.pull.sources import Source, read_sources

    if url:
        if not center_id:
            raise click.UsageError("--url needs --center: the center that its samples belong to.")
        name = source_id or "url-" + hashlib.sha256(f"{url}\n{selector}\n{center_id}".encode()).hexdigest()[:12]
        return [Source(name, url, center_id, selector)]
    sources = [
        source for source in read_sources(data_dir.sources_file) if source_id is None or source.source_id == source_id
    ]
    if not sources:
        named = f" no source {source_id!r}" if source_id else " no source"
        raise click.UsageError(f"{data_dir.sources_file} names{named}. Describe one there, or give --url and --center.")
    return [
        replace(source, center_id=center_id or source.center_id, selector=selector or source.selector)
        for source in sources
    ]
