"""Rows of the page on findings, in words: the list, one finding, and what was done with it."""

from dashboards import formatting, trail_texts
from dashboards.translations import Words

LONGEST_LABEL = 36


def subject(finding: dict, say: Words) -> str:
    """What a finding is about."""
    return f"{say.code('subject', finding['subject_kind'])} {finding['subject_id']}"


def label(finding: dict, say: Words) -> str:
    """A finding in one line that a phone has room for; all of it stands below, once it is chosen."""
    whole = f"{finding['rule_id']} · {subject(finding, say)}"
    return whole if len(whole) <= LONGEST_LABEL else f"{whole[: LONGEST_LABEL - 1]}…"


def period(finding: dict) -> str:
    """First and last day of the evidence."""
    return f"{formatting.day(finding['evidence_start_on'])} – {formatting.day(finding['last_day_on'])}"


def number(value: float) -> str:
    """A measured value or a limit: whole from a thousand on, else in four digits."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def status(finding: dict, standings: dict) -> str:
    """Where a finding stands."""
    standing = standings.get(finding["finding_id"])
    return standing.status if standing else "open"


def listed(findings: list[dict], standings: dict, say: Words) -> list[dict[str, str]]:
    """One row per finding, in Markdown and in as few columns as fit a small screen."""
    return [
        {
            say(
                "findings.severity"
            ): f"{say.code('severity', row['severity'])} · {say.code('verdict', row['verdict'])}",
            say("findings.rule"): f"{row['rule_id']} {row[say.column('name')]}",
            say("findings.subject"): formatting.as_markdown_text(subject(row, say)),
            say("findings.observed"): say(
                "findings.limit",
                observed=f"{number(row['observed'])} {say.code('finding_unit', row['unit'])}",
                expected=number(row["expected"]),
            ),
            say("findings.confidence"): f"{row['confidence']:.2f} · {say('family.' + row['evidence_family'])}",
            say("findings.status"): say.code("status", status(row, standings)),
        }
        for row in findings
    ]


def records(found: list[dict], say: Words) -> list[dict[str, str]]:
    """One row per record, with its file and lines."""
    return [
        {
            say("trail.kind"): formatting.as_markdown_text(row["record_kind"]),
            say("findings.record"): formatting.as_markdown_text(row["record_id"]),
            say("trail.days"): _days(row),
            say("trail.file"): _file_name(row, say),
            say("trail.lines"): say("findings.whole_file")
            if row["first_line"] is None
            else trail_texts.lines(row, say),
        }
        for row in found
    ]


def files(found: list[dict], say: Words) -> list[dict[str, str]]:
    """One row per file with its hash."""
    names = {row["source_sha256"]: _file_name(row, say) for row in found}
    return [{say("trail.file"): name, "sha256": f"`{sha256}`"} for sha256, name in names.items()]


def _file_name(row: dict, say: Words) -> str:
    return formatting.as_markdown_text(row["original_name"]) if row["original_name"] else say("findings.other_center")


def _days(row: dict) -> str:
    if row["first_day_on"] is None:
        return formatting.NOTHING
    first, last = formatting.day(row["first_day_on"]), formatting.day(row["last_day_on"])
    return first if first == last else f"{first} – {last}"


def cards(score: dict, say: Words) -> list[tuple[str, str, list[str]]]:
    """The score of a center and what it stands on."""
    return [
        (say("findings.score"), f"{score['score']:.2f}", [say("findings.note_score")]),
        (say("findings.holding"), formatting.count(score["finding_count"]), [say("findings.note_holding")]),
        (say("findings.serious"), formatting.count(score["serious_finding_count"]), [say("findings.note_serious")]),
        (say("findings.families"), formatting.count(score["family_count"]), [say("findings.note_families")]),
    ]


def history(actions: list, say: Words) -> list[dict[str, str]]:
    """One row per entry of the log."""
    return [
        {
            say("findings.when"): formatting.instant(action.recorded_at),
            say("findings.who"): formatting.as_markdown_text(action.actor),
            say("findings.what"): say.code("action", action.action),
            say("findings.detail"): formatting.as_markdown_text(say.code("outcome", action.detail)),
            say("findings.message"): formatting.as_markdown_text(action.message),
            say("findings.entry"): f"`{action.entry_hash[:12]}`",
        }
        for action in actions
    ]
