"""The log of restatements: what a publication says otherwise than an earlier one, figure by figure, split by cause.

Nothing here knows how a difference is split; `orchestration.restating` hands the parts over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from ingest.state import tables
from ingest.state.register import canonical_json, hash_of_pairs, sha256_of
from ingest.state.store import StateStore


@dataclass(frozen=True)
class LoggedPair:
    """One pair of publications whose differences were split.

    `summary` says what came between them; see `orchestration.restating.log`.
    """

    from_publication_no: int
    to_publication_no: int
    split_at: datetime
    summary: dict


class RestatementLog:
    """The log inside a state store. A pair is split once and never again: neither end of it can change."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    def record(
        self, from_no: int, to_no: int, summary: Mapping[str, object], figures: Mapping[str, Mapping[str, object]]
    ) -> LoggedPair:
        """Keep a pair with its restated figures; one that is kept already stays as it is."""
        known = self.pair(from_no, to_no)
        if known is not None:
            return known
        texts = {name: canonical_json(figure) for name, figure in figures.items()}
        content = canonical_json(
            {"summary": summary, "figures_hash": hash_of_pairs({name: sha256_of(text) for name, text in texts.items()})}
        )
        pair = {"from_publication_no": from_no, "to_publication_no": to_no}
        split_at = datetime.now(UTC)
        entry = pair | {"split_at": split_at, "content": content, "content_hash": sha256_of(content)}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(tables.restatement_logs).values(**entry))
            if texts:
                rows = [pair | {"figure_id": name, "content": text} for name, text in sorted(texts.items())]
                connection.execute(sa.insert(tables.restated_figures), rows)
        return LoggedPair(from_no, to_no, split_at, json.loads(content)["summary"])

    def pair(self, from_no: int, to_no: int) -> LoggedPair | None:
        """One pair, or None where its differences were not split."""
        wanted = (from_no, to_no)
        pairs = self.pairs()
        return next((pair for pair in pairs if (pair.from_publication_no, pair.to_publication_no) == wanted), None)

    def pairs(self) -> list[LoggedPair]:
        """Every pair, the latest later publication first, and of these the nearest earlier one."""
        own = tables.restatement_logs.c
        query = sa.select(own.from_publication_no, own.to_publication_no, own.split_at, own.content).order_by(
            own.to_publication_no.desc(), own.from_publication_no.desc()
        )
        with self._engine.connect() as connection:
            return [_pair(*row) for row in connection.execute(query)]

    def figures(self, pair: LoggedPair) -> dict[str, dict]:
        """Restated figures of a pair by figure id."""
        own = tables.restated_figures.c
        query = (
            sa.select(own.figure_id, own.content)
            .where(own.from_publication_no == pair.from_publication_no)
            .where(own.to_publication_no == pair.to_publication_no)
            .order_by(own.figure_id)
        )
        with self._engine.connect() as connection:
            return {figure_id: json.loads(content) for figure_id, content in connection.execute(query)}


def _pair(from_no: int, to_no: int, split_at: datetime, content: str) -> LoggedPair:
    # SQLite gives instants back without a zone; they were written in UTC
    aware = split_at.replace(tzinfo=UTC) if split_at.tzinfo is None else split_at.astimezone(UTC)
    return LoggedPair(from_no, to_no, aware, json.loads(content)["summary"])
