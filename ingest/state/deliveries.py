"""The log of what was sent to whom: a delivery is claimed before it is sent, so that no crash sends it twice."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingest.state import tables
from ingest.state.store import StateStore

SENDING, SENT, FAILED = "sending", "sent", "failed"
_D = tables.deliveries.c


@dataclass(frozen=True)
class Delivery:
    """One entry of the log; instants are UTC."""

    delivery_key: str
    report: str
    as_of_at: datetime
    recipient: str
    status: str
    attempt_count: int
    started_at: datetime
    ended_at: datetime | None
    content_hash: str
    detail: str


def delivery_key(report: str, as_of_at: datetime, recipient: str) -> str:
    """What makes two deliveries the same: report, as-of and recipient."""
    return hashlib.sha256(f"{report}\0{as_of_at.astimezone(UTC).isoformat()}\0{recipient}".encode()).hexdigest()


class DeliveryLog:
    """The log inside a state store."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    def find(self, key: str) -> Delivery | None:
        """The entry of a key."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(tables.deliveries).where(_D.delivery_key == key)).first()
        return _delivery(row) if row else None

    def claim(self, report: str, as_of_at: datetime, recipient: str, content_hash: str) -> str | None:
        """Take a delivery upon oneself and return its key; None if it was sent, is being sent, or may have been.

        Only one that is known to have failed can be claimed again. Two processes cannot both claim it.
        """
        key, now = delivery_key(report, as_of_at, recipient), datetime.now(UTC)
        values = {"status": SENDING, "started_at": now, "ended_at": None, "content_hash": content_hash, "detail": ""}
        with self._engine.begin() as connection:
            again = sa.update(tables.deliveries).where(_D.delivery_key == key, _D.status == FAILED)
            if connection.execute(again.values(**values, attempt_count=_D.attempt_count + 1)).rowcount:
                return key
        first = {"delivery_key": key, "report": report, "as_of_at": as_of_at, "recipient": recipient}
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(tables.deliveries).values(**first, **values, attempt_count=1))
        except IntegrityError:
            return None
        return key

    def end(self, key: str, status: str, detail: str = "") -> None:
        """Write down how a claimed delivery ended."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(tables.deliveries)
                .where(_D.delivery_key == key)
                .values(status=status, detail=detail, ended_at=datetime.now(UTC))
            )

    def release(self, key: str) -> bool:
        """Let a delivery that may have arrived be sent again, because a person says so."""
        with self._engine.begin() as connection:
            update = sa.update(tables.deliveries).where(_D.delivery_key == key, _D.status == SENDING)
            return bool(connection.execute(update.values(status=FAILED, detail="released by hand")).rowcount)

    def entries(self) -> list[Delivery]:
        """Every delivery, the latest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.deliveries).order_by(_D.started_at.desc(), _D.delivery_key))
            return [_delivery(row) for row in rows]


def _delivery(row: sa.Row) -> Delivery:
    values = dict(row._mapping)
    for name in ("as_of_at", "started_at", "ended_at"):
        if values[name] is not None:
            values[name] = values[name].replace(tzinfo=UTC) if values[name].tzinfo is None else values[name]
    return Delivery(**values)
