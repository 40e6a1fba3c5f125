"""Rows of the page on findings, in words: the list, one finding, and what was done with it."""

from dashboards import formatting
from dashboards.translations import Words


def subject(finding: dict, say: Words) -> str:
    """What a finding is about."""
    return f"{say.code('subject', finding['subject_kind'])} {finding['subject_id']}"


def label(finding: dict, say: Words) -> str:
    """A finding in one line, for choosing it."""
    return f"{finding['rule_id']} {finding[say.column('name')]} · {subject(finding, say)}"


def period(finding: dict) -> str:
    """From the quarter the evidence begins in to the last day of it."""
    return f"{formatting.day(finding['period_start_on'])} – {formatting.day(finding['last_day_on'])}"


def number(value: float) -> str:
    """A measured value or a limit: whole from a thousand on, else in four digits."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def listed(findings: list[dict], standings: dict, say: Words) -> list[dict[str, str]]:
    """One row per finding."""
    return [
        {
            say("findings.severity"): say.code("severity", row["severity"]),
            say("findings.verdict"): say.code("verdict", row["verdict"]),
            say("findings.rule"): f"{row['rule_id']} {row[say.column('name')]}",
            say("findings.subject"): subject(row, say),
            say("findings.observed"): f"{number(row['observed'])} {say.code('finding_unit', row['unit'])}",
            say("findings.expected"): number(row["expected"]),
            say("findings.confidence"): f"{row['confidence']:.2f}",
            say("findings.status"): say.code(
                "status", standings[row["finding_id"]].status if row["finding_id"] in standings else "open"
            ),
            say("findings.period"): period(row),
            say("findings.id"): row["finding_id"],
        }
        for row in findings
    ]


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
