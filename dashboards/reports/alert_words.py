"""Alerts as words, for a mail or a chat."""

from dashboards import formatting
from dashboards.translations import Words
from ingest.state.alerts import Alert

SHARES = ("lit_below", "coverage_below")
AMOUNTS = ("commitment_at_risk",)
DAYS = ("lease_cliff", "feed_silent")
MOST_LINES = 30
"""A chat cuts longer messages off; the rest is on the page."""


def subject(level: int, count: int, say: Words) -> str:
    """What a message is headed with: new alerts, or such that nobody sees to."""
    return say("alerts.subject" if level == 1 else "alerts.subject_again", count=count)


def text(alerts: list[Alert], names: dict[str, str], say: Words) -> str:
    """One line per alert; `names` are those of centers by id."""
    lines = [line(alert, names, say) for alert in alerts[:MOST_LINES]]
    if len(alerts) > MOST_LINES:
        lines.append(say("alerts.more", count=len(alerts) - MOST_LINES))
    return "\n".join(lines)


def line(alert: Alert, names: dict[str, str], say: Words) -> str:
    """One alert in one line: what, where, how much, against what."""
    parts = [say.code("alert_kind", alert.kind), center(alert.center_id, names, say)]
    if alert.subject_id != alert.center_id:
        parts.append(alert.subject_id)
    if alert.observed is not None and alert.threshold is not None:
        observed, threshold = (amount(alert.kind, value, say) for value in (alert.observed, alert.threshold))
        parts.append(say("alerts.against", observed=observed, threshold=threshold))
    if alert.detail:
        parts.append(say.code("state", alert.detail))
    return " · ".join(parts)


def center(center_id: str | None, names: dict[str, str], say: Words) -> str:
    """The center's name, its id where it has none, or the word for all of them."""
    return names.get(center_id, center_id) if center_id else say("word.portfolio")


def amount(kind: str, value: float | None, say: Words) -> str:
    """A share as percent, money outstanding as an amount, days as days."""
    if value is None:
        return formatting.NOTHING
    if kind in SHARES:
        return formatting.percent(value)
    if kind in AMOUNTS:
        return formatting.money(int(value), say.language)
    return say("alerts.days", days=formatting.whole(value)) if kind in DAYS else formatting.whole(value)
