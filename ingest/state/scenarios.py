"""Scenarios that readers named and kept: what they moved, for which center. What comes of it is computed elsewhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from ingest.paths import DataDir
from ingest.state import tables
from ingest.state.store import StateStore

LONGEST_NAME = 80


@dataclass(frozen=True)
class SavedScenario:
    """A scenario by its name; `parameters` are those of its link, `saved_at` is UTC."""

    center_id: str
    name: str
    parameters: dict[str, str]
    saved_at: datetime


class SavedScenarios:
    """The saved scenarios of one state store."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    @classmethod
    def from_env(cls) -> "SavedScenarios":
        """Those of the data folder that `RACKLIGHT_DATA_DIR` names."""
        return cls(StateStore(DataDir.from_env()))

    def save(self, center_id: str, name: str, parameters: Mapping[str, str]) -> None:
        """Keep a scenario under its name; the same name at the same center is replaced.

        Raises:
            ValueError: the name is empty or longer than `LONGEST_NAME`.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValueError(f"A scenario's name has 1 to {LONGEST_NAME} characters, not {len(name)}.")
        table = tables.saved_scenarios
        row = {
            "center_id": center_id,
            "name": name,
            "parameters": json.dumps(dict(parameters), sort_keys=True),
            "saved_at": datetime.now(UTC),
        }
        with self._engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.center_id == center_id, table.c.name == name))
            connection.execute(sa.insert(table).values(**row))

    def of_center(self, center_id: str) -> list[SavedScenario]:
        """Saved scenarios of one center, the latest first."""
        table = tables.saved_scenarios
        query = sa.select(table.c.name, table.c.parameters, table.c.saved_at).where(table.c.center_id == center_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(table.c.saved_at.desc(), table.c.name)).all()
        return [
            # SQLite gives instants back without a zone; they were written in UTC.
            SavedScenario(center_id, name, json.loads(parameters), saved_at.replace(tzinfo=UTC))
            for name, parameters, saved_at in rows
        ]

    def forget(self, center_id: str, name: str) -> None:
        """Remove a saved scenario; nothing happens where there is none."""
        table = tables.saved_scenarios
        with self._engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.center_id == center_id, table.c.name == name))
