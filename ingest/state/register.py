"""The register of publications: append-only, chained by hashes, and able to say which figure was tampered with.

A publication keeps the figures and files in which it differs from the one before it in its scope, so the register
grows with what changes. Its entry covers all of them: the hash over every figure it said, and over every file it knew.
Nothing here knows where figures come from; `orchestration.publish` hands them over.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlalchemy as sa

from ingest.state import tables
from ingest.state.store import StateStore

START_OF_CHAIN = "0" * 64
"""What stands where the first entry would name the one before it."""

_ENTRY_COLUMNS = (
    "publication_no",
    "scope",
    "version",
    "as_of_at",
    "recorded_at",
    "code_version",
    "definition_hash",
    "input_count",
    "input_hash",
    "figure_count",
    "figures_hash",
)


@dataclass(frozen=True)
class NewPublication:
    """What is about to be published: all its figures, all its files, and the definitions behind it.

    `figures` maps a figure id to the figure without its as-of; `inputs` maps the sha256 of a file to the rows accepted
    from it. `definitions` is any JSON object; see `orchestration.definitions_of_figures`.
    """

    scope: str
    version: str
    as_of_at: datetime
    code_version: str
    definitions: Mapping[str, object]
    inputs: Mapping[str, int]
    figures: Mapping[str, Mapping[str, object]] = field(repr=False)


@dataclass(frozen=True)
class Entry:
    """One publication of the register; instants are UTC, `changed_count` is None unless it was just registered."""

    publication_no: int
    scope: str
    version: str
    as_of_at: datetime
    recorded_at: datetime
    code_version: str
    definition_hash: str
    input_count: int
    input_hash: str
    figure_count: int
    figures_hash: str
    entry_hash: str
    changed_count: int | None = None


class Register:
    """The register inside a state store; opened as often as needed."""

    def __init__(self, store: StateStore) -> None:
        self._engine = store.engine

    def record(self, new: NewPublication) -> Entry:
        """Register a publication; one that is registered already adds nothing and comes back as it stands.

        The caller is the one writer.
        """
        figures = {figure_id: canonical_json(figure) for figure_id, figure in new.figures.items()}
        with self._engine.begin() as connection:
            known = self._find(connection, sa.and_(_P.scope == new.scope, _P.version == new.version))
            if known is not None:
                return known
            head = self._head(connection)
            before = self._find(connection, _P.scope == new.scope)
            number = head.publication_no + 1 if head else 1
            said = self._figures(connection, before) if before else {}
            knew = self._inputs(connection, before) if before else {}
            definitions = canonical_json(new.definitions)
            values = {
                "publication_no": number,
                "scope": new.scope,
                "version": new.version,
                "as_of_at": new.as_of_at.astimezone(UTC),
                "recorded_at": datetime.now(UTC),
                "code_version": new.code_version,
                "definition_hash": sha256_of(definitions),
                "input_count": len(new.inputs),
                "input_hash": hash_of_pairs(new.inputs),
                "figure_count": len(figures),
                "figures_hash": hash_of_pairs({name: sha256_of(text) for name, text in figures.items()}),
            }
            previous_hash = head.entry_hash if head else START_OF_CHAIN
            row = values | {
                "definitions": definitions,
                "previous_hash": previous_hash,
                "entry_hash": _entry_hash(previous_hash, values),
            }
            connection.execute(sa.insert(tables.publications).values(**row))
            changed = {name: figures.get(name) for name in figures.keys() | said if figures.get(name) != said.get(name)}
            _insert(
                connection,
                tables.registered_figures,
                [
                    {"publication_no": number, "figure_id": name, "content": text, "content_hash": sha256_of(text)}
                    for name, text in sorted(changed.items())
                ],
            )
            files = {name: new.inputs.get(name) for name in new.inputs.keys() | knew}
            _insert(
                connection,
                tables.registered_inputs,
                [
                    {"publication_no": number, "source_sha256": sha256, "rows_accepted": count}
                    for sha256, count in sorted(files.items())
                    if count != knew.get(sha256)
                ],
            )
        return Entry(**values, entry_hash=row["entry_hash"], changed_count=len(changed))

    def entries(self) -> list[Entry]:
        """Every publication, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.publications).order_by(_P.publication_no))
            return [_entry(row) for row in rows]

    def head(self) -> Entry | None:
        """The last publication registered; its `entry_hash` is the head of the chain."""
        with self._engine.connect() as connection:
            return self._head(connection)

    def find(self, *, publication_no: int | None = None, version: str | None = None) -> Entry | None:
        """A publication by its number or its version."""
        wanted = _P.publication_no == publication_no if version is None else _P.version == version
        with self._engine.connect() as connection:
            return self._find(connection, wanted)

    def latest_by(self, as_of_at: datetime, scope: str = "all") -> Entry | None:
        """The publication with the latest as-of not after an instant; of several the one registered last."""
        query = (
            sa.select(tables.publications)
            .where(_P.scope == scope, _P.as_of_at <= as_of_at.astimezone(UTC))
            .order_by(_P.as_of_at.desc(), _P.publication_no.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
            return _entry(row) if row else None

    def figure(self, entry: Entry, figure_id: str) -> dict | None:
        """What one publication said of one figure, or None if it did not hold it."""
        with self._engine.connect() as connection:
            contents = self._figures(connection, entry, figure_id)
        return json.loads(contents[figure_id]) if figure_id in contents else None

    def figures(self, entry: Entry) -> dict[str, dict]:
        """Everything one publication said."""
        with self._engine.connect() as connection:
            return {name: json.loads(text) for name, text in self._figures(connection, entry).items()}

    def inputs(self, entry: Entry) -> dict[str, int]:
        """Files that one publication was made from, with the rows accepted from each."""
        with self._engine.connect() as connection:
            return self._inputs(connection, entry)

    def definitions(self, entry: Entry) -> dict:
        """The definitions behind one publication."""
        query = sa.select(_P.definitions).where(_P.publication_no == entry.publication_no)
        with self._engine.connect() as connection:
            return json.loads(connection.execute(query).scalar_one())

    def faults(self) -> list[str]:
        """What is wrong with the register, one sentence each; empty when every byte is what was registered."""
        found: list[str] = []
        previous_hash = START_OF_CHAIN
        figures: dict[str, dict[str, str]] = {}
        inputs: dict[str, dict[str, int]] = {}
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.publications).order_by(_P.publication_no)).all()
            for place, row in enumerate(rows, start=1):
                said, knew = figures.setdefault(row.scope, {}), inputs.setdefault(row.scope, {})
                found += _chain_faults(row, place, previous_hash)
                found += self._figure_faults(connection, row, said)
                found += self._input_faults(connection, row, knew)
                previous_hash = row.entry_hash
        return found

    def faults_of_chain(self) -> list[str]:
        """What is wrong with the entries alone, without reading the figures and files that they stand for."""
        found: list[str] = []
        previous_hash = START_OF_CHAIN
        with self._engine.connect() as connection:
            for place, row in enumerate(
                connection.execute(sa.select(tables.publications).order_by(_P.publication_no)), start=1
            ):
                found += _chain_faults(row, place, previous_hash)
                previous_hash = row.entry_hash
        return found

    def _figure_faults(self, connection: sa.Connection, row: sa.Row, said: dict[str, str]) -> list[str]:
        own = tables.registered_figures.c
        found = []
        query = sa.select(own.figure_id, own.content, own.content_hash).where(own.publication_no == row.publication_no)
        for figure_id, content, content_hash in connection.execute(query.order_by(own.figure_id)):
            if sha256_of(content) != content_hash:
                found.append(f"Publication {row.publication_no}: figure {figure_id} is not what was registered.")
            if content is None:
                said.pop(figure_id, None)
            else:
                said[figure_id] = content_hash
        if not found and (len(said) != row.figure_count or hash_of_pairs(said) != row.figures_hash):
            found.append(
                f"Publication {row.publication_no}: its figures are not those that were registered; a row was added, "
                "removed or replaced."
            )
        return found

    def _input_faults(self, connection: sa.Connection, row: sa.Row, knew: dict[str, int]) -> list[str]:
        own = tables.registered_inputs.c
        query = sa.select(own.source_sha256, own.rows_accepted).where(own.publication_no == row.publication_no)
        for sha256, count in connection.execute(query):
            if count is None:
                knew.pop(sha256, None)
            else:
                knew[sha256] = count
        if len(knew) != row.input_count or hash_of_pairs(knew) != row.input_hash:
            return [f"Publication {row.publication_no}: its list of files is not what was registered."]
        return []

    @staticmethod
    def _head(connection: sa.Connection) -> Entry | None:
        row = connection.execute(sa.select(tables.publications).order_by(_P.publication_no.desc()).limit(1)).first()
        return _entry(row) if row else None

    @staticmethod
    def _find(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> Entry | None:
        query = sa.select(tables.publications).where(wanted).order_by(_P.publication_no.desc()).limit(1)
        row = connection.execute(query).first()
        return _entry(row) if row else None

    @staticmethod
    def _figures(connection: sa.Connection, entry: Entry, figure_id: str | None = None) -> dict[str, str]:
        own = tables.registered_figures.c
        query = (
            sa.select(own.figure_id, own.content)
            .join_from(tables.registered_figures, tables.publications)
            .where(_P.scope == entry.scope, own.publication_no <= entry.publication_no)
            .order_by(own.publication_no)
        )
        if figure_id is not None:
            query = query.where(own.figure_id == figure_id)
        latest = dict(tuple(row) for row in connection.execute(query))
        return {name: text for name, text in latest.items() if text is not None}

    @staticmethod
    def _inputs(connection: sa.Connection, entry: Entry) -> dict[str, int]:
        own = tables.registered_inputs.c
        query = (
            sa.select(own.source_sha256, own.rows_accepted)
            .join_from(tables.registered_inputs, tables.publications)
            .where(_P.scope == entry.scope, own.publication_no <= entry.publication_no)
            .order_by(own.publication_no)
        )
        latest = dict(tuple(row) for row in connection.execute(query))
        return {sha256: count for sha256, count in latest.items() if count is not None}


_P = tables.publications.c


def canonical_json(value: object) -> str:
    """One spelling per value: sorted keys, no spaces; decimals and dates as text, floats as their shortest digits."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def sha256_of(text: str | None) -> str:
    """The sha256 of a text in UTF-8; of nothing, that of the empty text."""
    return hashlib.sha256((text or "").encode()).hexdigest()


def hash_of_pairs(pairs: Mapping[str, object]) -> str:
    """One hash over names and values, in the order of the names."""
    return sha256_of("".join(f"{name}\t{value}\n" for name, value in sorted(pairs.items())))


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(f"{value!r} has no canonical spelling")


def _instant(value: datetime) -> str:
    # SQLite gives instants back without a zone; they were written in UTC
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entry_hash(previous_hash: str, values: Mapping[str, object]) -> str:
    return sha256_of(previous_hash + canonical_json({name: values[name] for name in _ENTRY_COLUMNS}))


def _chain_faults(row: sa.Row, place: int, previous_hash: str) -> Iterable[str]:
    if row.publication_no != place:
        yield f"Publication {place} is missing: number {row.publication_no} stands in its place."
    if row.previous_hash != previous_hash:
        yield f"Publication {row.publication_no} does not follow the one before it: the chain is broken there."
    if sha256_of(row.definitions) != row.definition_hash:
        yield f"Publication {row.publication_no}: its definitions are not what was registered."
    if _entry_hash(row.previous_hash, row._mapping) != row.entry_hash:
        yield f"Publication {row.publication_no}: its entry is not what was registered."


def _entry(row: sa.Row) -> Entry:
    values = {name: row._mapping[name] for name in (*_ENTRY_COLUMNS, "entry_hash")}
    for name in ("as_of_at", "recorded_at"):
        aware = values[name]
        values[name] = aware.replace(tzinfo=UTC) if aware.tzinfo is None else aware.astimezone(UTC)
    return Entry(**values)


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)
