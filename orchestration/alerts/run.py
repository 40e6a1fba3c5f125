"""One round of alerts: hold every rule against the published file, open and resolve, and tell who is to be told."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

from dashboards.queries import alerts as queries
from dashboards.reports import alert_words
from dashboards.translations import Words
from ingest.paths import DataDir
from ingest.state.alerts import Alert, AlertBook, AlertRule, Signal
from ingest.state.deliveries import DeliveryLog
from ingest.state.findings_log import FindingsLog
from ingest.state.store import StateStore
from orchestration.delivery.channels import Message
from orchestration.delivery.deliver import Outcome, deliver
from orchestration.delivery.settings import AlertDelivery, MailServer, Recipient, read_settings
from orchestration.partitions import LOCAL_TIME_ZONE
from orchestration.publish import Publication, published_version
from orchestration.weekly import provenance


@dataclass(frozen=True)
class Round:
    """What one round did: opened, resolved, rules that could not be held against anything, and deliveries."""

    opened: int = 0
    resolved: int = 0
    unanswered: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def run_alerts(data_dir: DataDir, now: datetime | None = None, sleep: Callable[[float], None] = time.sleep) -> Round:
    """Evaluate every active rule over the current publication and tell what is to be told."""
    publication, now = published_version(data_dir), now or datetime.now(UTC)
    if publication is None:
        return Round()
    store = StateStore(data_dir)
    book = AlertBook(store)
    signals, unanswered = [], []
    for rule in book.rules():
        found = signals_of(data_dir, publication, rule)
        if found is None:
            unanswered.append(rule.rule_id)
        else:
            signals += found
    silent = set(unanswered)
    # what cannot be answered now is neither new nor over
    signals += [_as_signal(alert) for alert in book.alerts(only_open=True) if alert.rule_id in silent]
    opened, resolved = book.observe(signals, publication.version, now)
    settings = read_settings(data_dir.delivery_file)
    outcomes = []
    if settings.alerts:
        words_of = _words(publication, Words(settings.alerts.language))
        outcomes = _tell(book, DeliveryLog(store), settings.alerts, settings.mail, words_of, now, sleep)
    return Round(opened, resolved, tuple(unanswered), tuple(outcomes))


def _words(publication: Publication, say: Words) -> Callable[[int, list[Alert]], tuple[str, str]]:
    """What gives the subject and the text of a message about alerts of one level; centers go by their names."""
    centers = queries.center_names(publication.path)
    names = dict(zip(centers["center_id"], centers[say.column("center_name")], strict=True))
    return lambda level, alerts: (
        alert_words.subject(level, len(alerts), say),
        alert_words.text(alerts, names, say),
    )


def signals_of(data_dir: DataDir, publication: Publication, rule: AlertRule) -> list[Signal] | None:
    """What one rule finds; None where nothing can say."""
    if rule.kind == "figure_restated":
        rows = provenance(data_dir, publication.version).restatements
        if rows is None:
            return None
        return [
            Signal(rule.rule_id, rule.kind, row.get("center_id"), row["figure_id"], None, None, publication.version)
            for row in rows
            # what is said of a period that is not over changes with every day
            if rule.center_id in (None, row.get("center_id")) and not row.get("was_open")
        ]
    found = queries.beyond(publication.path, rule.kind, rule.threshold, rule.center_id)
    if found is None:
        return None
    closed = _closed_findings(data_dir) if rule.kind == "finding_opened" else frozenset()
    return [
        Signal(rule.rule_id, rule.kind, threshold=rule.threshold, **row)
        for row in found.to_dicts()
        if row["subject_id"] not in closed
    ]


def _closed_findings(data_dir: DataDir) -> frozenset[str]:
    """Findings that somebody closed with an outcome: the question is answered until it is opened again."""
    standings = FindingsLog(StateStore(data_dir)).standings()
    return frozenset(finding_id for finding_id, standing in standings.items() if standing.status == "closed")


def _as_signal(alert: Alert) -> Signal:
    return Signal(
        alert.rule_id, alert.kind, alert.center_id, alert.subject_id, alert.threshold, alert.observed, alert.detail
    )


def is_quiet(now: datetime, quiet_hours: tuple[str, str] | None) -> bool:
    """Whether nobody is to be told at this instant; hours may go over midnight."""
    if quiet_hours is None:
        return False
    start, end = (clock.fromisoformat(text) for text in quiet_hours)
    local = now.astimezone(ZoneInfo(LOCAL_TIME_ZONE)).time()
    return start <= local < end if start < end else local >= start or local < end


def _tell(
    book: AlertBook,
    log: DeliveryLog,
    settings: AlertDelivery,
    mail: MailServer | None,
    words_of: Callable[[int, list[Alert]], tuple[str, str]],
    now: datetime,
    sleep: Callable[[float], None],
) -> list[Outcome]:
    """Tell what is new to those on duty, and what nobody saw to for too long to those above them."""
    if is_quiet(now, settings.quiet_hours):
        return []
    still_open = book.alerts(only_open=True)
    new = [alert for alert in still_open if alert.notified_level == 0]
    too_long = timedelta(hours=settings.escalate_after_hours)
    left = [
        alert
        for alert in still_open
        if alert.notified_level == 1
        and alert.acknowledged_at is None
        and alert.notified_at is not None
        and now - alert.notified_at >= too_long
    ]
    outcomes = []
    for level, alerts, recipients in ((1, new, settings.to), (2, left, settings.escalate_to)):
        if not alerts or not recipients:
            continue
        words = words_of(level, alerts)
        sent = [_send(log, level, alerts, words, recipient, settings, mail, now, sleep) for recipient in recipients]
        outcomes += sent
        if all(outcome.result != "failed" for outcome in sent):
            book.note_told([alert.alert_id for alert in alerts], level, now)
    return outcomes


def _send(
    log: DeliveryLog,
    level: int,
    alerts: list[Alert],
    words: tuple[str, str],
    recipient: Recipient,
    settings: AlertDelivery,
    mail: MailServer | None,
    now: datetime,
    sleep: Callable[[float], None],
) -> Outcome:
    first = max(alert.opened_at for alert in alerts)
    report = (
        f"alerts/{level}/{'+'.join(str(alert.alert_id) for alert in sorted(alerts, key=lambda item: item.alert_id))}"
    )
    key = hashlib.sha256(report.encode()).hexdigest()[:32]
    message = Message(key, *words, now)
    return deliver(log, report, first, recipient, message, mail, sleep, secret=settings.secret)
