"""What people do with findings: assign, reply, close, open again. Append-only, chained by hashes, and able to prove it.

A finding is a question to a party; its reply stands beside it. Nothing here knows where findings come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from ingest.paths import DataDir
from ingest.state import tables
from ingest.state.register import START_OF_CHAIN, canonical_json, sha256_of
from ingest.state.store import StateStore

ACTIONS = ("assign", "reply", "close", "reopen")
OUTCOMES = ("explained", "corrected", "confirmed", "not_decidable")
"""How a finding can be closed: the reply explains it, the data were put right, it is so, or nobody can tell."""

_STATUS_AFTER = {"assign": "assigned", "reply": "answered", "close": "closed", "reopen": "open"}
_HASHED = ("action_no", "finding_id", "action", "actor", "detail", "message", "finding", "recorded_at")
_LONGEST_MESSAGE = 4_000


class ActionError(ValueError):
    """What was asked cannot be done with the finding as it stands."""


@dataclass(frozen=True)
class Action:
    """One entry of the log; `detail` is the assignee, the replying party or the outcome. The instant is UTC."""

    action_no: int
    finding_id: str
    action: str
    actor: str
    detail: str
    message: str
    recorded_at: datetime
    entry_hash: str


@dataclass(frozen=True)
class Standing:
    """Where a finding stands: open, assigned, answered or closed; with whom, what was replied, and how it ended."""

    status: str = "open"
    assignee: str = ""
    reply_by: str = ""
    reply: str = ""
    outcome: str = ""
    closing_message: str = ""


class FindingsLog:
    """The log inside a state store."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    @classmethod
    def of_environment(cls) -> "FindingsLog":
        """The log of the data folder that the environment names."""
        return cls(StateStore(DataDir.from_env()))

    def record(
        self, finding: Mapping[str, object], action: str, actor: str, detail: str = "", message: str = ""
    ) -> Action:
        """Write one action down; `finding` is what the finding says now.

        Raises:
            ActionError: the action is unknown, lacks something, or makes no sense as the finding stands.
        """
        finding_id = str(finding["finding_id"])
        values = {
            "finding_id": finding_id,
            "action": action,
            "actor": actor.strip(),
            "detail": detail.strip(),
            "message": message.strip(),
            "finding": canonical_json(dict(finding)),
        }
        _check(values, self.standing(finding_id))
        with self._engine.begin() as connection:
            head = connection.execute(sa.select(_A).order_by(_A.c.action_no.desc()).limit(1)).first()
            values |= {"action_no": head.action_no + 1 if head else 1, "recorded_at": datetime.now(UTC)}
            previous_hash = head.entry_hash if head else START_OF_CHAIN
            row = values | {"previous_hash": previous_hash, "entry_hash": _entry_hash(previous_hash, values)}
            connection.execute(sa.insert(_A).values(**row))
        return _action(row)

    def actions(self, finding_id: str | None = None) -> list[Action]:
        """Entries in their order, of one finding or of all."""
        query = sa.select(_A).order_by(_A.c.action_no)
        if finding_id is not None:
            query = query.where(_A.c.finding_id == finding_id)
        with self._engine.connect() as connection:
            return [_action(row._mapping) for row in connection.execute(query)]

    def standing(self, finding_id: str) -> Standing:
        """Where one finding stands."""
        return self.standings(self.actions(finding_id)).get(finding_id, Standing())

    def standings(self, actions: Iterable[Action] | None = None) -> dict[str, Standing]:
        """Where every finding stands that anybody did something with."""
        found: dict[str, dict[str, str]] = {}
        for action in self.actions() if actions is None else actions:
            facts = found.setdefault(action.finding_id, {})
            facts["status"] = _STATUS_AFTER[action.action]
            if action.action == "assign":
                facts["assignee"] = action.detail
            elif action.action == "reply":
                facts |= {"reply_by": action.detail, "reply": action.message}
            elif action.action == "close":
                facts |= {"outcome": action.detail, "closing_message": action.message}
            else:
                facts |= {"outcome": "", "closing_message": ""}
        return {finding_id: Standing(**facts) for finding_id, facts in found.items()}

    def faults(self) -> list[str]:
        """What shows that the log is not what was written: gaps in the chain and changed entries, in words."""
        faults, previous_hash = [], START_OF_CHAIN
        with self._engine.connect() as connection:
            for place, row in enumerate(connection.execute(sa.select(_A).order_by(_A.c.action_no)), start=1):
                if row.action_no != place:
                    faults.append(f"Action {place} is missing: number {row.action_no} stands in its place.")
                    return faults
                if row.previous_hash != previous_hash:
                    faults.append(f"Action {place} does not follow the one before it: the chain is broken there.")
                if _entry_hash(row.previous_hash, row._mapping) != row.entry_hash:
                    faults.append(f"Action {place} on {row.finding_id} is not what was written down.")
                previous_hash = row.entry_hash
        return faults


_A = tables.finding_actions


def _check(values: Mapping[str, str], standing: Standing) -> None:
    action = values["action"]
    if action not in ACTIONS:
        raise ActionError(f"{action!r} is none of {', '.join(ACTIONS)}.")
    if not values["actor"]:
        raise ActionError("Who does it must be named.")
    if len(values["message"]) > _LONGEST_MESSAGE:
        raise ActionError(f"A message has at most {_LONGEST_MESSAGE} characters.")
    if action in ("assign", "reply") and not values["detail"]:
        raise ActionError("To whom it is assigned, or who replies, must be named.")
    if action in ("reply", "close") and not values["message"]:
        raise ActionError("A reply, and the reason of closing, must be in words.")
    if action == "close" and values["detail"] not in OUTCOMES:
        raise ActionError(f"A finding is closed as one of {', '.join(OUTCOMES)}.")
    if (standing.status == "closed") != (action == "reopen"):
        is_or_not = "is closed: reopen it first" if standing.status == "closed" else "is not closed"
        raise ActionError(f"{values['finding_id']} {is_or_not}.")


def _entry_hash(previous_hash: str, values: Mapping[str, object]) -> str:
    said = {name: values[name] for name in _HASHED}
    return sha256_of(previous_hash + canonical_json(said | {"recorded_at": _aware(said["recorded_at"])}))


def _aware(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _action(row: Mapping[str, object]) -> Action:
    names = ("action_no", "finding_id", "action", "actor", "detail", "message", "entry_hash")
    return Action(**{name: row[name] for name in names}, recorded_at=_aware(row["recorded_at"]))
