"""Pulling as a Dagster job: every configured source, once an hour; what lands starts the refresh by itself."""

import dagster as dg

from ingest.pull.asking import PullError
from ingest.pull.pulling import pull_source
from ingest.pull.sources import SourceError, read_sources
from orchestration.resources import Data


@dg.op
def pull_configured_sources(context: dg.OpExecutionContext, data: Data) -> None:
    """Raw samples of every source of sources.toml land; a source that gives no answer does not hold up the others."""
    failures = []
    for source in read_sources(data.data_dir.sources_file):
        try:
            pulled = pull_source(source, data.data_dir, on_progress=context.log.info)
        except (PullError, SourceError) as error:
            failures.append(str(error))
            continue
        context.log.info(f"{source.source_id}: {pulled.value_count} values, {len(pulled.landed)} files landed")
    if failures:
        raise dg.Failure("\n".join(failures), allow_retries=False)


@dg.job(description="Ask every Prometheus source of sources.toml for hours that were not taken yet.")
def pull_sources() -> None:
    """The one step of the job."""
    pull_configured_sources()
