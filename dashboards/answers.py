"""What people answer to findings: the only module of the screens that writes, into the state store and nowhere else."""

from collections.abc import Mapping

from dashboards.reports.findings import COLUMNS
from ingest.state.findings_log import OUTCOMES, Action, ActionError, FindingsLog, Standing

__all__ = ["OUTCOMES", "ActionError", "actions", "said_by", "standings", "write"]


def standings() -> dict[str, Standing]:
    """Where every finding stands that anybody did something with."""
    return FindingsLog.of_environment().standings()


def actions(finding_id: str) -> list[Action]:
    """The entries of one finding, the first one first."""
    return FindingsLog.of_environment().actions(finding_id)


def write(finding: Mapping[str, object], action: str, actor: str, detail: str, message: str) -> Action:
    """Write one action down; `ActionError` says what is wrong with it."""
    return FindingsLog.of_environment().record(finding, action, actor, detail, message)


def said_by(finding: Mapping[str, object]) -> dict[str, object]:
    """What a finding says, without the words of its rule and of its center."""
    return {name: finding[name] for name in COLUMNS}
