"""Thresholds that people set, and the alerts that came of them: one is open from when it is seen until it is not."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from ingest.state import tables
from ingest.state.store import StateStore

KINDS = {
    "lit_below": "share of racked that is lit at least, in the last week",
    "coverage_below": "coverage of racked in the last week",
    "commitment_at_risk": None,
    "lease_cliff": "days until a lease ends",
    "finding_opened": None,
    "feed_silent": "days without any telemetry of a center",
    "figure_restated": None,
    "cannot_compute": None,
}
"""Kind of alert -> what its threshold counts; None needs no threshold."""

_R, _A = tables.alert_rules.c, tables.alerts.c


@dataclass(frozen=True)
class AlertRule:
    """One threshold; no center means each of them."""

    rule_id: str
    kind: str
    center_id: str | None
    threshold: float | None
    is_active: bool
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Signal:
    """What a rule found in one published file: a center or none, a subject, and what was observed."""

    rule_id: str
    kind: str
    center_id: str | None
    subject_id: str
    threshold: float | None
    observed: float | None
    detail: str


@dataclass(frozen=True)
class Alert:
    """One alert; instants are UTC. `notified_level` counts how often it was told: once, and once more to others."""

    alert_id: int
    rule_id: str
    kind: str
    center_id: str | None
    subject_id: str
    threshold: float | None
    observed: float | None
    detail: str
    opened_at: datetime
    last_seen_at: datetime
    version: str
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    notified_level: int
    notified_at: datetime | None


class AlertBook:
    """Rules and alerts inside a state store."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    def set_rule(
        self, kind: str, threshold: float | None, center_id: str | None, set_by: str, is_active: bool = True
    ) -> str:
        """Set a threshold in place of the one of the same kind and center; hands back its id.

        Raises:
            ValueError: there is no such kind, or its threshold is missing, superfluous, or no number.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no alert {kind}; known are {', '.join(KINDS)}.")
        if (KINDS[kind] is None) != (threshold is None):
            needed = f"needs a threshold: {KINDS[kind]}" if threshold is None else "takes no threshold"
            raise ValueError(f"{kind} {needed}.")
        if threshold is not None and (not math.isfinite(threshold) or threshold < 0):
            raise ValueError(f"A threshold is a number from 0 on, not {threshold}.")
        rule_id = f"{kind}/{center_id or 'ALL'}"
        values = {
            "rule_id": rule_id,
            "kind": kind,
            "center_id": center_id,
            "threshold": threshold,
            "is_active": is_active,
            "set_by": set_by,
            "set_at": datetime.now(UTC),
        }
        with self._engine.begin() as connection:
            connection.execute(sa.delete(tables.alert_rules).where(_R.rule_id == rule_id))
            connection.execute(sa.insert(tables.alert_rules).values(**values))
        return rule_id

    def rules(self, only_active: bool = True) -> list[AlertRule]:
        """Every rule, by its id."""
        query = sa.select(tables.alert_rules).order_by(_R.rule_id)
        with self._engine.connect() as connection:
            found = [AlertRule(**_aware(row)) for row in connection.execute(query)]
        return [rule for rule in found if rule.is_active or not only_active]

    def alerts(self, only_open: bool = False) -> list[Alert]:
        """Alerts, the latest opened first."""
        query = sa.select(tables.alerts).order_by(_A.opened_at.desc(), _A.alert_id.desc())
        if only_open:
            query = query.where(_A.resolved_at.is_(None))
        with self._engine.connect() as connection:
            return [Alert(**_aware(row)) for row in connection.execute(query)]

    def observe(self, signals: Iterable[Signal], version: str, seen_at: datetime) -> tuple[int, int]:
        """Open what is new, keep what still is, resolve what is not any more; how many are new, and how many over.

        One transaction; observing the same again changes nothing but when it was last seen.
        """
        found = {(signal.rule_id, signal.center_id, signal.subject_id): signal for signal in signals}
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(tables.alerts).where(_A.resolved_at.is_(None))).all()
            known = {(row.rule_id, row.center_id, row.subject_id): row for row in rows}
            for key, row in known.items():
                own = sa.update(tables.alerts).where(_A.alert_id == row.alert_id)
                if key in found:
                    still = {"observed": found[key].observed, "detail": found[key].detail, "last_seen_at": seen_at}
                    connection.execute(own.values(**still, version=version))
                else:
                    connection.execute(own.values(resolved_at=seen_at))
            new = [signal for key, signal in found.items() if key not in known]
            for signal in new:
                times = {"opened_at": seen_at, "last_seen_at": seen_at, "version": version, "notified_level": 0}
                connection.execute(sa.insert(tables.alerts).values(**signal.__dict__, **times))
        return len(new), len(known.keys() - found.keys())

    def acknowledge(self, alert_id: int, by: str) -> bool:
        """Say that somebody sees to an open alert: it is not told to others any more."""
        open_one = sa.update(tables.alerts).where(_A.alert_id == alert_id, _A.resolved_at.is_(None))
        with self._engine.begin() as connection:
            changed = connection.execute(open_one.values(acknowledged_at=datetime.now(UTC), acknowledged_by=by))
        return bool(changed.rowcount)

    def note_told(self, alert_ids: Iterable[int], level: int, told_at: datetime) -> None:
        """Remember that alerts were told, and to whom: level 1 the first, level 2 those above them."""
        told = sa.update(tables.alerts).where(_A.alert_id.in_(list(alert_ids)))
        with self._engine.begin() as connection:
            connection.execute(told.values(notified_level=level, notified_at=told_at))


def _aware(row: sa.Row) -> dict:
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
        for name, value in row._mapping.items()
    }
