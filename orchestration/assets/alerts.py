"""Who is told after something was published."""

import dagster as dg

from orchestration.resources import Data


@dg.asset(group_name="alerts", kinds={"sql"}, deps=["published_marts", "restatements"])
def alerts(data: Data) -> dg.MaterializeResult:
    """Every threshold that a person set, held against the published file; what opened and is to be told, is told."""
    from orchestration.alerts.run import run_alerts

    found = run_alerts(data.data_dir)
    return dg.MaterializeResult(
        metadata={
            "opened": found.opened,
            "resolved": found.resolved,
            "unanswered": dg.MetadataValue.json(list(found.unanswered)),
            "told": dg.MetadataValue.json([outcome.result for outcome in found.outcomes]),
        }
    )
