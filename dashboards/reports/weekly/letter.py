"""The words a report travels with."""

from dashboards import formatting
from dashboards.reports.weekly.document import scope_name
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.reports.weekly.sentences import answers
from dashboards.translations import Words


def letter(facts: WeekFacts, say: Words) -> tuple[str, str]:
    """Subject and text of the mail that brings a report: whose it is, of when, and its eight answers."""
    scope = scope_name(facts, say)
    subject = say("weekly.mail_subject", week=facts.week_label, scope=scope)
    text = say(
        "weekly.mail_body",
        scope=scope,
        week=facts.week_label,
        as_of=formatting.instant(facts.build["as_of_at"]),
        answers="\n\n".join(answers(facts, say)),
    )
    return subject, text
