"""Rows of the page of alerts as texts."""

from collections import Counter
from datetime import timedelta

from dashboards import formatting
from dashboards.charts.style import plain
from dashboards.reports import alert_words
from dashboards.translations import Words
from ingest.state.alerts import Alert, AlertRule

SHORTEST = timedelta(hours=6)
"""So long at least is a bar, that an alert of a moment is seen."""


def state(alert: Alert) -> str:
    """open, seen (to by somebody) or resolved."""
    if alert.resolved_at is not None:
        return "resolved"
    return "open" if alert.acknowledged_at is None else "seen"


def bars(alerts: list[Alert], names: dict[str, str], say: Words) -> list[dict]:
    """What the chart draws: one bar per alert, all of one kind and center in one line."""
    counts = Counter((alert.kind, alert.center_id) for alert in alerts)
    rows = []
    for alert in alerts:
        end = max(alert.resolved_at or alert.last_seen_at, alert.opened_at + SHORTEST)
        kind, center = say.code("alert_kind", alert.kind), alert_words.center(alert.center_id, names, say)
        line = say("alerts.line", center=center, count=counts[alert.kind, alert.center_id])
        hover = f"{alert.alert_id} · {kind} · {alert.subject_id} · {formatting.instant(alert.opened_at)}"
        rows.append(
            {
                "label": f"{plain(kind)}<br>{plain(line)}",
                "state": state(alert),
                "opened_at": alert.opened_at,
                "milliseconds": (end - alert.opened_at) / timedelta(milliseconds=1),
                "hover": plain(hover),
            }
        )
    return rows


def history(alerts: list[Alert], names: dict[str, str], say: Words) -> list[dict[str, str]]:
    """One row per alert."""
    return [
        {
            say("alerts.kind"): say.code("alert_kind", alert.kind),
            say("word.center"): formatting.as_markdown_text(alert_words.center(alert.center_id, names, say)),
            say("alerts.subject_column"): formatting.as_markdown_text(alert.subject_id),
            say("alerts.observed"): alert_words.amount(alert.kind, alert.observed, say),
            say("alerts.threshold"): alert_words.amount(alert.kind, alert.threshold, say),
            say("alerts.opened"): formatting.instant(alert.opened_at),
            say("alerts.by"): formatting.as_markdown_text(alert.acknowledged_by),
            say("alerts.resolved"): formatting.instant(alert.resolved_at),
        }
        for alert in alerts
    ]


def rules(found: list[AlertRule], names: dict[str, str], say: Words) -> list[dict[str, str]]:
    """One row per line that a person drew."""
    return [
        {
            say("alerts.kind"): say.code("alert_kind", rule.kind),
            say("word.center"): formatting.as_markdown_text(alert_words.center(rule.center_id, names, say)),
            say("alerts.threshold"): alert_words.amount(rule.kind, rule.threshold, say),
            say("alerts.set_by"): formatting.as_markdown_text(rule.set_by),
        }
        for rule in found
    ]
