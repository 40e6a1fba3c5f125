"""Pulling as a Dagster job: every configured source, once an hour; what lands starts the refresh by itself."""

import dagster as dg

from ingest.ledger.netbox_pull import PullError as NetboxPullError
from ingest.ledger.netbox_pull import pull_netbox, read_netboxes
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


@dg.op
def pull_configured_netboxes(context: dg.OpExecutionContext, data: Data) -> None:
    """Devices and changes of every NetBox of sources.toml land, where they differ from the last time."""
    data_dir = data.data_dir
    failures = []
    try:
        sources = read_netboxes(data_dir.sources_file)
    except NetboxPullError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    for source in sources:
        try:
            pulled = pull_netbox(source, data_dir.landing, data_dir.state)
        except NetboxPullError as error:
            failures.append(str(error))
            continue
        context.log.info(f"{source.url}: {pulled.device_count} devices, {pulled.change_count} changes, {pulled.path}")
    if failures:
        raise dg.Failure("\n".join(failures), allow_retries=False)


@dg.job(description="Ask every Prometheus and NetBox of sources.toml for what was not taken yet.")
def pull_sources() -> None:
    """Two steps that know nothing of each other."""
    pull_configured_sources()
    pull_configured_netboxes()
