"""Alerts as words, for a mail or a chat."""

from dashboards.translations import Words
from ingest.state.alerts import Alert

MOST_LINES = 30
"""A chat cuts longer messages off; the rest is on the page."""


def subject(level: int, count: int, say: Words) -> str:
    """What a message is headed with: new alerts, or such that nobody sees to."""
    return say("alerts.subject" if level == 1 else "alerts.subject_again", count=count)


def text(alerts: list[Alert], say: Words) -> str:
    """One line per alert."""
    lines = [line(alert, say) for alert in alerts[:MOST_LINES]]
    if len(alerts) > MOST_LINES:
        lines.append(say("alerts.more", count=len(alerts) - MOST_LINES))
    return "\n".join(lines)


def line(alert: Alert, say: Words) -> str:
    """One alert in one line: what, where, how much, against what."""
    center = alert.center_id or say("word.portfolio")
    parts = [say.code("alert_kind", alert.kind), center]
    if alert.subject_id != alert.center_id:
        parts.append(alert.subject_id)
    if alert.observed is not None and alert.threshold is not None:
        observed, threshold = (amount(alert.kind, value) for value in (alert.observed, alert.threshold))
        parts.append(say("alerts.against", observed=observed, threshold=threshold))
    if alert.detail:
        parts.append(say.code("state", alert.detail))
    return " · ".join(parts)


def amount(kind: str, value: float) -> str:
    """A share as percent, days as they are."""
    return f"{value:.1%}" if kind in ("lit_below", "coverage_below") else f"{value:g}"
