"""Who saw what: an append-only log chained by hashes, and the readers whose sessions were ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingest.state import tables
from ingest.state.register import START_OF_CHAIN, canonical_json, sha256_of
from ingest.state.store import StateStore

_A = tables.access_entries.c
_FIELDS = ("entry_no", "seen_at", "reader", "role", "scope", "action", "subject", "version")
_TRIES = 20


@dataclass(frozen=True)
class AccessEntry:
    """One thing that one reader looked at or took away; the instant is UTC."""

    entry_no: int
    seen_at: datetime
    reader: str
    role: str
    scope: str
    action: str
    subject: str
    version: str
    entry_hash: str


class AccessLog:
    """The log inside a state store."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    def record(self, reader: str, role: str, scope: str, action: str, subject: str, version: str) -> int:
        """Write one entry and return its number; entries of several processes stand one after the other."""
        said = {"reader": reader, "role": role, "scope": scope, "action": action, "subject": subject}
        for _ in range(_TRIES):
            try:
                return self._append(said | {"version": version})
            except IntegrityError:
                continue
        raise RuntimeError("The access log is written by too many at once; nothing is shown that cannot be logged.")

    def _append(self, said: dict[str, str]) -> int:
        with self._engine.begin() as connection:
            head = connection.execute(sa.select(tables.access_entries).order_by(_A.entry_no.desc()).limit(1)).first()
            previous_hash = head.entry_hash if head else START_OF_CHAIN
            values = {"entry_no": head.entry_no + 1 if head else 1, "seen_at": datetime.now(UTC), **said}
            row = values | {"previous_hash": previous_hash, "entry_hash": _entry_hash(previous_hash, values)}
            connection.execute(sa.insert(tables.access_entries).values(**row))
        return values["entry_no"]

    def entries(self) -> list[AccessEntry]:
        """Every entry, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.access_entries).order_by(_A.entry_no)).all()
        return [AccessEntry(**{name: _plain(row, name) for name in (*_FIELDS, "entry_hash")}) for row in rows]

    def faults(self) -> list[str]:
        """What is wrong with the log, one sentence each; empty when every byte is what was written.

        What a chain alone does not show: entries cut off at its end, so keep its head elsewhere.
        """
        found, previous_hash = [], START_OF_CHAIN
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.access_entries).order_by(_A.entry_no)).all()
        for place, row in enumerate(rows, start=1):
            if row.entry_no != place:
                found.append(f"Entry {place} is missing: number {row.entry_no} stands in its place.")
            if row.previous_hash != previous_hash:
                found.append(f"Entry {row.entry_no} does not follow the one before it: the chain is broken there.")
            if _entry_hash(row.previous_hash, {name: _plain(row, name) for name in _FIELDS}) != row.entry_hash:
                found.append(f"Entry {row.entry_no} is not what was written.")
            previous_hash = row.entry_hash
        return found

    def revoke(self, reader: str, reason: str) -> None:
        """End the sessions of a reader, and let no new one begin."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(tables.revoked_readers).where(tables.revoked_readers.c.reader == reader))
            values = {"reader": reader, "revoked_at": datetime.now(UTC), "reason": reason}
            connection.execute(sa.insert(tables.revoked_readers).values(**values))

    def restore(self, reader: str) -> bool:
        """Let a reader in again."""
        with self._engine.begin() as connection:
            own = sa.delete(tables.revoked_readers).where(tables.revoked_readers.c.reader == reader)
            return bool(connection.execute(own).rowcount)

    def is_revoked(self, reader: str) -> bool:
        """Whether a reader is kept out."""
        own = tables.revoked_readers.c.reader
        with self._engine.connect() as connection:
            return connection.execute(sa.select(own).where(own == reader)).first() is not None


def _entry_hash(previous_hash: str, values: Mapping[str, object]) -> str:
    return sha256_of(previous_hash + canonical_json({name: values[name] for name in _FIELDS}))


def _plain(row: sa.Row, name: str) -> object:
    value = row._mapping[name]
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
