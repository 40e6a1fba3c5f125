"""`racklight findings`: what the rules of fraud and quality ask, who is asked, what was replied, and the log of it."""

from collections.abc import Callable

import click

from orchestration.cli.chained_log import VERIFY_OPTION, list_entries, prove
from orchestration.cli.published import published_file
from orchestration.cli.source_lines import print_source_lines
from orchestration.cli.terminal import FORMAT_OPTION, TaughtCommand, TaughtGroup, print_frame

_EXAMPLE = "F10/yangzhou-01/device/910B3-26A-00049/2026-10-01"
_STATUSES = ("open", "assigned", "answered", "closed")
_OUTCOMES = ("explained", "corrected", "confirmed", "not_decidable")
_FINDING = click.argument("finding_id")


def _by(who: str) -> Callable:
    return click.option("--by", "actor", required=True, help=who)


def _text(what: str) -> Callable:
    return click.option("--text", "message", required=True, help=what)


@click.group(
    "findings",
    cls=TaughtGroup,
    short_help="Patterns that ask for an answer: list, show, assign, reply, close.",
    examples=("racklight findings list --severity serious", f"racklight findings show {_EXAMPLE}"),
)
def findings_group() -> None:
    """Patterns in the data that are consistent with a staged center, each with evidence, look-alikes and the reply.

    A finding is a question, not a verdict. It holds only where the pattern is there even at the upper bound of what is
    unknown, else it is undetermined. Every action is an entry of a hash-chained log that is never changed.
    """


@findings_group.command(
    "list",
    cls=TaughtCommand,
    short_help="Every finding with where it stands.",
    examples=("racklight findings list", "racklight findings list --center jiangwan-01 --format csv"),
)
@click.option("--center", metavar="ID", help="Only this center.")
@click.option("--rule", metavar="F01..F20", help="Only this rule.")
@click.option("--severity", type=click.Choice(["serious", "watch", "info"]), help="Only this severity.")
@click.option("--status", type=click.Choice(_STATUSES), help="Only these.")
@FORMAT_OPTION
def list_command(
    center: str | None, rule: str | None, severity: str | None, status: str | None, output_format: str
) -> None:
    """List findings, gravest and surest first."""
    import polars as pl

    from dashboards.reports.findings import findings
    from orchestration.cli.status import print_table

    found = findings(published_file())
    standings = _log().standings()
    stand = [standings[name].status if name in standings else "open" for name in found["finding_id"]]
    found = found.with_columns(pl.Series("status", stand, dtype=pl.String))
    for column, wanted in (("center_id", center), ("rule_id", rule), ("severity", severity), ("status", status)):
        if wanted:
            found = found.filter(pl.col(column) == wanted)
    if output_format != "table":
        print_frame(found, output_format)
        return
    shown = ("severity", "verdict", "confidence", "observed", "expected", "unit", "status", "finding_id")
    print_table(found.select(shown).with_columns(pl.col("observed", "expected").round(3)))
    click.echo(f"{found.height} findings; each is a question, not a verdict")


@findings_group.command(
    "show",
    cls=TaughtCommand,
    short_help="One finding: pattern, evidence, files and lines, look-alikes, reply.",
    examples=(f"racklight findings show {_EXAMPLE}", f"racklight findings show {_EXAMPLE} --rows 100"),
)
@_FINDING
@click.option("--rows", "row_limit", type=click.IntRange(1), default=10, show_default=True, help="Evidence rows shown.")
def show_command(finding_id: str, row_limit: int) -> None:
    """Show one finding: its evidence down to lines of files, what else looks alike, what to check, what was said."""
    from dashboards.reports.findings import evidence

    finding = _finding(finding_id)
    log = _log()
    standing = log.standing(finding_id)
    period = f"{finding['evidence_start_on']} to {finding['period_end_on']} (exclusive)"
    lines = {
        "finding": f"{finding_id} ({finding['rule_version']})",
        "pattern": f"consistent with {finding['name_en'].lower()}: {finding['pattern_en']}",
        "subject": f"{finding['subject_kind']} {finding['subject_id']} of {finding['center_id']}, {period}",
        "verdict": f"{finding['verdict']}, {finding['severity']}, confidence {finding['confidence']:.2f} "
        f"by evidence of {finding['evidence_family']}",
        "observed": f"{finding['observed']:.4g} {finding['unit']}, limit {finding['expected']:.4g}",
        "evidence": f"{finding['evidence_count']} of {finding['evidence_kind']}: {finding['first_evidence_key']} "
        f".. {finding['last_evidence_key']}",
        "looks alike": finding["false_positives_en"],
        "check": finding["counter_check_en"],
        "status": standing.status + (f", with {standing.assignee}" if standing.assignee else ""),
        "reply": f"{standing.reply_by}: {standing.reply}" if standing.reply else "none yet",
    }
    for name, text in lines.items():
        click.echo(f"{name:12} {text}")
    found = evidence(published_file(), finding_id)
    click.echo(f"Evidence: {min(row_limit, found.height)} of {found.height} records and files it rests on")
    print_source_lines(found.head(row_limit))
    for action in log.actions(finding_id):
        said = " ".join(part for part in (action.detail, action.message) if part)
        click.echo(f"{action.recorded_at:%Y-%m-%d %H:%M} UTC {action.actor}: {action.action} {said}")


@findings_group.command(
    "assign",
    cls=TaughtCommand,
    short_help="Ask somebody to answer.",
    examples=(f"racklight findings assign {_EXAMPLE} --to 'operator of yangzhou-01' --by auditor",),
)
@_FINDING
@click.option("--to", "assignee", required=True, help="Who is asked.")
@_by("Who asks.")
def assign_command(finding_id: str, assignee: str, actor: str) -> None:
    """Assign a finding."""
    _record(finding_id, "assign", actor, assignee, "")


@findings_group.command(
    "reply",
    cls=TaughtCommand,
    short_help="The party's answer, side by side with the finding.",
    examples=(f"racklight findings reply {_EXAMPLE} --by 'operator of yangzhou-01' --text 'A polling server.'",),
)
@_FINDING
@_by("The party that replies.")
@_text("What it says.")
def reply_command(finding_id: str, actor: str, message: str) -> None:
    """Write down what the party says to a finding."""
    _record(finding_id, "reply", actor, actor, message)


@findings_group.command(
    "close",
    cls=TaughtCommand,
    short_help="End it, with an outcome and a reason.",
    examples=(f"racklight findings close {_EXAMPLE} --outcome explained --by auditor --text 'Tokens were served.'",),
)
@_FINDING
@click.option("--outcome", required=True, type=click.Choice(_OUTCOMES), help="How it ends.")
@_by("Who closes it.")
@_text("Why.")
def close_command(finding_id: str, outcome: str, actor: str, message: str) -> None:
    """Close a finding."""
    _record(finding_id, "close", actor, outcome, message)


@findings_group.command(
    "reopen",
    cls=TaughtCommand,
    short_help="Open a closed one again.",
    examples=(f"racklight findings reopen {_EXAMPLE} --by auditor",),
)
@_FINDING
@_by("Who opens it again.")
def reopen_command(finding_id: str, actor: str) -> None:
    """Open a closed finding again; what was said stays."""
    _record(finding_id, "reopen", actor, "", "")


@findings_group.command(
    "log",
    cls=TaughtCommand,
    short_help="Every action, and proof that none was changed.",
    examples=("racklight findings log", "racklight findings log --verify"),
)
@VERIFY_OPTION
@FORMAT_OPTION
def log_command(verify: bool, output_format: str) -> None:
    """List every action in its order, or prove that the log is what was written into it."""
    log = _log()
    if verify:
        prove(log.actions(), log.faults())
        return
    names = ("action_no", "recorded_at", "actor", "action", "detail", "message", "finding_id", "entry_hash")
    list_entries(log.actions(), names, output_format, "Nobody has acted on a finding yet.")


@findings_group.command(
    "files",
    cls=TaughtCommand,
    short_help="Hash every received file again (what F20 does only where a file was touched).",
    examples=("racklight findings files",),
)
def files_command() -> None:
    """Read the whole raw store and compare every file with its sha256. Ends with 1 and names what is at fault."""
    from ingest.paths import DataDir
    from ingest.raw_checks import file_faults
    from ingest.state.store import StateStore

    data_dir = DataDir.from_env()
    files = StateStore(data_dir).files()
    faults = file_faults(files, data_dir.raw_store, is_thorough=True)
    for sha256, fault in faults.rows():
        click.echo(f"{sha256} is {fault}")
    if faults.height:
        raise SystemExit(1)
    click.echo(f"All {files.height} files are as they were received.")


def _finding(finding_id: str) -> dict[str, object]:
    from dashboards.reports.findings import described

    finding = described(published_file(), finding_id)
    if finding is None:
        raise click.ClickException(f"There is no finding {finding_id}. `racklight findings list` has all of them.")
    return finding


def _record(finding_id: str, action: str, actor: str, detail: str, message: str) -> None:
    from dashboards.reports.findings import COLUMNS
    from ingest.state.findings_log import ActionError

    finding = {name: value for name, value in _finding(finding_id).items() if name in COLUMNS}
    try:
        entry = _log().record(finding, action, actor, detail, message)
    except ActionError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{entry.action} of {finding_id} is entry {entry.action_no} of the log, {entry.entry_hash[:12]}")


def _log() -> object:
    from ingest.state.findings_log import FindingsLog

    return FindingsLog.of_environment()
