"""What readers are told of figures that are not what they were."""

import dagster as dg

from orchestration.access.restatements import publish_scope_logs
from orchestration.resources import Data, Reporter
from orchestration.restating.log import restate_latest
from orchestration.restating.published_log import publish_log


@dg.asset(group_name="published_marts", kinds={"duckdb"}, deps=["published_marts"], pool="duckdb_writer")
def restatements(data: Data, report: dg.ResourceParam[Reporter]) -> dg.MaterializeResult:
    """The newest publication against the one before it, figure by figure, split into causes that sum to the change."""
    pair, why_not = restate_latest(data.data_dir, report)
    path = publish_log(data.data_dir)
    publish_scope_logs(data.data_dir)
    split = {"not_split": why_not} if pair is None else {"restated_count": pair.summary["restated_count"]}
    return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(path)} | split)
