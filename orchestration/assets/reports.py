"""What is made of the published file for people who do not open a screen."""

import dagster as dg

from orchestration.resources import Data


@dg.asset(group_name="reports", kinds={"pdf"}, deps=["published_marts", "restatements"])
def weekly_reports(data: Data) -> dg.MaterializeResult:
    """The operator report of the last week that is over, of all centers and of each, delivered as configured."""
    from orchestration.weekly import deliver_reports, week_facts, write_reports

    names = week_facts(data.data_dir).center_names
    paths = [path for scope in ("ALL", *names) for path in write_reports(data.data_dir, scope)]
    outcomes = deliver_reports(data.data_dir)
    failed = [f"{outcome.recipient}: {outcome.detail}" for outcome in outcomes if outcome.result == "failed"]
    if failed:
        raise dg.Failure(f"Reports were written, but not delivered to {'; '.join(failed)}")
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(paths[0].parent),
            "files": len(paths),
            "deliveries": dg.MetadataValue.json({outcome.recipient: outcome.result for outcome in outcomes}),
        }
    )


@dg.asset(group_name="audit_packs", kinds={"pdf"}, deps=["published_marts", "restatements"])
def audit_packs(data: Data) -> dg.MaterializeResult:
    """The signed audit pack of every subsidy, of the publication that stands; without a key nothing can be signed."""
    from dashboards.reports.audit_pack.signing import KeyFileError
    from orchestration.audit_packs import write_packs

    try:
        folders = list(write_packs(data.data_dir))
    except KeyFileError as error:
        raise dg.Failure(str(error)) from error
    return dg.MaterializeResult(metadata={"packs": dg.MetadataValue.json([folder.name for folder in folders])})
