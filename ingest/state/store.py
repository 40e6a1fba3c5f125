"""Reading and writing the state store: SQLite by default, PostgreSQL by `RACKLIGHT_STATE_URL`.

A file, its lake files and its quarantined lines become visible in one transaction or not at all.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import polars as pl
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ingest.paths import DataDir
from ingest.state import tables

FILES_FRAME: dict[str, pl.DataType] = {
    "file_id": pl.Int64(),
    "source_sha256": pl.String(),
    "original_name": pl.String(),
    "format_name": pl.String(),
    "center_id": pl.String(),
    "recorded_at": pl.Datetime("us", "UTC"),
    "byte_count": pl.Int64(),
    "rows_in": pl.Int64(),
    "rows_accepted": pl.Int64(),
    "rows_quarantined": pl.Int64(),
    "refusal_code": pl.String(),
    "sender_sequence": pl.Int64(),
    "sender": pl.String(),
}


MIGRATIONS = Path(__file__).parent / "migrations"
_READING = "reading-"
_WITHOUT_DRIVER = ("postgres://", "postgresql://")


class ReconciliationError(RuntimeError):
    """Rows in are not accepted plus quarantined: the file is not taken in, whatever else went well."""


@dataclass(frozen=True)
class LakeFile:
    """One Parquet file of the lake: its path is relative to the lake.

    Samples carry their center, their UTC day, and the UTC epoch milliseconds of the first and last of them.
    `schema_hash` stands for the columns that files of the kind had when it was written.
    """

    record_kind: str
    path: str
    row_count: int
    center_id: str | None = None
    utc_day: date | None = None
    first_sampled_ms: int | None = None
    last_sampled_ms: int | None = None
    schema_hash: str | None = None


@dataclass(frozen=True)
class FileEntry:
    """The manifest's row of one file; `recorded_at` is the receiver's instant, in UTC."""

    source_sha256: str
    original_name: str
    byte_count: int
    recorded_at: datetime
    format_name: str | None = None
    center_id: str | None = None
    declaration: dict[str, str] | None = None
    rows_in: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    notices: dict[str, int] | None = None
    refusal_code: str | None = None
    refusal_message: str | None = None
    sender_sequence: int | None = None
    sender: str | None = None


def engine_url(url: str) -> str:
    """The URL with the driver that is installed, where it names PostgreSQL without one."""
    for beginning in _WITHOUT_DRIVER:
        if url.startswith(beginning):
            return f"postgresql+psycopg://{url.removeprefix(beginning)}"
    return url


_ONE_AT_A_TIME = threading.Lock()


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make or migrate the tables, all of it or nothing: a process killed on the way leaves what was there before."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == _newest(config):
            return
    migrating = sa.create_engine(engine.url, poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        # The driver would end the transaction before each statement that makes a table, and commit it by itself.
        sa.event.listen(migrating, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
        sa.event.listen(migrating, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    with migrating.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _newest(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


class StateStore:
    """The store of one data folder; opening it brings its tables up to date."""

    def __init__(self, data_dir: DataDir) -> None:
        self.data_dir = data_dir
        data_dir.state.mkdir(parents=True, exist_ok=True)
        url = os.environ.get("RACKLIGHT_STATE_URL") or f"sqlite:///{data_dir.state / 'racklight.sqlite'}"
        self._engine = sa.create_engine(engine_url(url))
        # Alembic keeps what it does in variables of its module: two readers at once would mix up theirs.
        with _ONE_AT_A_TIME:
            bring_up_to_date(self._engine)

    @property
    def engine(self) -> sa.Engine:
        """The database behind the store, for the modules of this package that keep their own tables in it."""
        return self._engine

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self._engine.begin() as connection:
            yield connection

    def find_file(self, source_sha256: str) -> sa.Row | None:
        """The manifest's row of a file, or None if it was never received."""
        query = sa.select(tables.files).where(tables.files.c.source_sha256 == source_sha256)
        with self._engine.connect() as connection:
            return connection.execute(query).first()

    def commit_file(
        self,
        entry: FileEntry,
        lake_files: Iterable[LakeFile] = (),
        quarantined: Iterable[dict] = (),
        device_keys: dict[str, int] | None = None,
    ) -> None:
        """Make a file count: manifest, lake files, quarantine and new devices in one transaction.

        A file that was refused before is replaced by what it turned out to be this time.

        Raises:
            ReconciliationError: if rows in are not accepted plus quarantined.
        """
        quarantined = list(quarantined)
        values = _manifest_values(entry, len(quarantined))
        with self._transaction() as connection:
            earlier = tables.files.c.source_sha256 == entry.source_sha256
            connection.execute(sa.delete(tables.files).where(earlier, tables.files.c.refusal_code.is_not(None)))
            file_id = connection.execute(sa.insert(tables.files).values(**values)).inserted_primary_key[0]
            _insert(connection, tables.lake_files, ({"file_id": file_id, **file.__dict__} for file in lake_files))
            _insert(connection, tables.quarantine, ({"file_id": file_id, **_storable(row)} for row in quarantined))
            self._register(connection, device_keys or {})

    def next_lake_name(self, source_sha256: str) -> str:
        """What the lake files of a file's next reading are named by: the sha256, below a folder of that reading's own.

        The files of a reading that counts are never written over.
        """
        query = (
            sa.select(tables.lake_files.c.path)
            .join_from(tables.lake_files, tables.files)
            .where(tables.files.c.source_sha256 == source_sha256)
        )
        with self._engine.connect() as connection:
            folders = [Path(path).parent.name for path in connection.execute(query).scalars()]
        if not folders:
            return source_sha256
        earlier = [int(name.removeprefix(_READING)) for name in folders if name.startswith(_READING)]
        return f"{_READING}{max(earlier, default=1) + 1}/{source_sha256}"

    def replace_file(
        self,
        entry: FileEntry,
        lake_files: Iterable[LakeFile],
        quarantined: Iterable[dict],
        device_keys: dict[str, int],
    ) -> None:
        """Put a new reading of a file in place of the earlier one, in one transaction.

        Days rolled up from samples of either reading are dirty afterward.

        Raises:
            ReconciliationError: if rows in are not accepted plus quarantined.
        """
        lake_files, quarantined = list(lake_files), list(quarantined)
        values = _manifest_values(entry, len(quarantined))
        with self._transaction() as connection:
            own = tables.files.c.source_sha256 == entry.source_sha256
            file_id = connection.execute(sa.select(tables.files.c.file_id).where(own)).scalar_one()
            lake = tables.lake_files
            earlier = sa.select(lake.c.center_id, lake.c.utc_day).where(
                lake.c.file_id == file_id, lake.c.utc_day.is_not(None)
            )
            touched = {tuple(row) for row in connection.execute(earlier)}
            touched |= {(file.center_id, file.utc_day) for file in lake_files if file.utc_day is not None}
            connection.execute(sa.delete(lake).where(lake.c.file_id == file_id))
            connection.execute(sa.delete(tables.quarantine).where(tables.quarantine.c.file_id == file_id))
            connection.execute(sa.update(tables.files).where(own).values(**values))
            _insert(connection, lake, ({"file_id": file_id, **file.__dict__} for file in lake_files))
            _insert(connection, tables.quarantine, ({"file_id": file_id, **_storable(row)} for row in quarantined))
            self._register(connection, device_keys)
            hours = tables.device_hour_files
            for center_id, utc_day in touched:
                near = hours.c.local_day.between(utc_day - timedelta(days=1), utc_day + timedelta(days=1))
                connection.execute(sa.delete(hours).where(hours.c.center_id == center_id, near))

    def device_keys(self, device_uids: Iterable[str]) -> dict[str, int]:
        """The integer keys of devices, with the next free ones proposed for devices not seen before.

        A proposal holds only while the caller is the one writer; `commit_file` makes it last.
        """
        with self._engine.connect() as connection:
            known = self._known_keys(connection)
        fresh = sorted(set(device_uids) - known.keys())
        return known | {uid: key for key, uid in enumerate(fresh, start=max(known.values(), default=0) + 1)}

    @staticmethod
    def _known_keys(connection: sa.Connection) -> dict[str, int]:
        rows = connection.execute(sa.select(tables.devices.c.device_uid, tables.devices.c.device_key))
        return dict(tuple(row) for row in rows)

    def _register(self, connection: sa.Connection, device_keys: dict[str, int]) -> None:
        known = self._known_keys(connection)
        fresh = [{"device_key": key, "device_uid": uid} for uid, key in device_keys.items() if uid not in known]
        _insert(connection, tables.devices, fresh)

    def commit_device_hours(self, center_id: str, local_day: date, input_hash: str, path: str, row_count: int) -> None:
        """Make a rolled-up day count in place of an earlier rollup of the same center and day."""
        table = tables.device_hour_files
        same_day = sa.and_(table.c.center_id == center_id, table.c.local_day == local_day)
        row = {
            "center_id": center_id,
            "local_day": local_day,
            "input_hash": input_hash,
            "path": path,
            "row_count": row_count,
        }
        with self._transaction() as connection:
            connection.execute(sa.delete(table).where(same_day))
            connection.execute(sa.insert(table).values(**row))

    def pulled_until(self, source_id: str) -> dict[tuple[str, int], int]:
        """How far a source was pulled, in UTC epoch milliseconds, by metric and start of the hour."""
        table = tables.pulled_hours
        query = sa.select(table.c.metric, table.c.hour_ms, table.c.taken_until_ms).where(table.c.source_id == source_id)
        with self._engine.connect() as connection:
            return {(metric, hour_ms): until_ms for metric, hour_ms, until_ms in connection.execute(query)}

    def commit_pulled(self, source_id: str, taken: Iterable[tuple[str, int, int]]) -> None:
        """Say until when metrics of a source were taken: `(metric, hour_ms, taken_until_ms)`, in one transaction.

        An hour that was taken further keeps that.
        """
        table = tables.pulled_hours
        known = self.pulled_until(source_id)
        with self._transaction() as connection:
            for metric, hour_ms, until_ms in taken:
                row = {"source_id": source_id, "metric": metric, "hour_ms": hour_ms}
                same = sa.and_(*(table.c[name] == value for name, value in row.items()))
                connection.execute(sa.delete(table).where(same))
                until_ms = max(until_ms, known.get((metric, hour_ms), 0))
                connection.execute(sa.insert(table).values(**row, taken_until_ms=until_ms))

    def _frame(self, query: sa.Select, schema: dict[str, pl.DataType]) -> pl.DataFrame:
        with self._engine.connect() as connection:
            rows = [tuple(_aware(value) for value in row) for row in connection.execute(query)]
        return pl.DataFrame(rows, schema=schema, orient="row")

    def files(self) -> pl.DataFrame:
        """Every file received, in order of its sha256; refused ones have a `refusal_code`."""
        columns = [tables.files.c[name] for name in FILES_FRAME]
        return self._frame(sa.select(*columns).order_by(tables.files.c.source_sha256), FILES_FRAME)

    def refusals(self) -> pl.DataFrame:
        """Refused files with the sentence that says why."""
        names = ("original_name", "refusal_code", "refusal_message")
        query = sa.select(*(tables.files.c[name] for name in names)).where(tables.files.c.refusal_code.is_not(None))
        return self._frame(query.order_by(tables.files.c.original_name), dict.fromkeys(names, pl.String()))

    def quarantine(self) -> pl.DataFrame:
        """Every quarantined line with the file it came from."""
        schema = {
            "source_sha256": pl.String(),
            "source_line": pl.Int64(),
            "raw_text": pl.String(),
            "reason_code": pl.String(),
            "detail": pl.String(),
            "sheet_name": pl.String(),
            "column_names": pl.String(),
            "recorded_at": pl.Datetime("us", "UTC"),
        }
        query = (
            sa.select(
                tables.files.c.source_sha256,
                tables.quarantine.c.source_line,
                tables.quarantine.c.raw_text,
                tables.quarantine.c.reason_code,
                tables.quarantine.c.detail,
                tables.quarantine.c.sheet_name,
                tables.quarantine.c.column_names,
                tables.files.c.recorded_at,
            )
            .join_from(tables.quarantine, tables.files)
            .order_by(tables.files.c.source_sha256, tables.quarantine.c.source_line, tables.quarantine.c.reason_code)
        )
        return self._frame(query, schema)

    def devices(self) -> pl.DataFrame:
        """Every device seen in telemetry: `device_key`, `device_uid`."""
        query = sa.select(tables.devices.c.device_key, tables.devices.c.device_uid).order_by(
            tables.devices.c.device_uid
        )
        return self._frame(query, {"device_key": pl.Int64(), "device_uid": pl.String()})

    def record_files(self, kind_name: str) -> list[Path]:
        """Lake files of one record kind that count, in a stable order."""
        query = sa.select(tables.lake_files.c.path).where(tables.lake_files.c.record_kind == kind_name)
        with self._engine.connect() as connection:
            return sorted(self.data_dir.lake / path for path in connection.execute(query).scalars())

    def lake_files(self) -> dict[str, list[LakeFile]]:
        """Every lake file that counts, by the sha256 of the file that it was made from."""
        columns = [tables.lake_files.c[item.name] for item in fields(LakeFile)]
        query = (
            sa.select(tables.files.c.source_sha256, *columns)
            .join_from(tables.lake_files, tables.files)
            .order_by(tables.files.c.source_sha256)
        )
        found: dict[str, list[LakeFile]] = {}
        with self._engine.connect() as connection:
            for sha256, *values in connection.execute(query):
                found.setdefault(sha256, []).append(LakeFile(*values))
        # Databases do not agree on the order of texts.
        return {sha256: sorted(files, key=lambda file: file.path) for sha256, files in found.items()}

    def forget_lost_days(self) -> None:
        """Make days dirty whose device-hours are not in the lake any more."""
        table = tables.device_hour_files
        query = sa.select(table.c.center_id, table.c.local_day, table.c.path).where(table.c.row_count > 0)
        with self._transaction() as connection:
            for center_id, local_day, path in connection.execute(query).all():
                if not (self.data_dir.lake / path).exists():
                    same_day = sa.and_(table.c.center_id == center_id, table.c.local_day == local_day)
                    connection.execute(sa.delete(table).where(same_day))

    def lake_row_counts(self) -> pl.DataFrame:
        """Rows that the manifest promises in the lake: `source_sha256`, `record_kind`, `row_count`."""
        schema = {"source_sha256": pl.String(), "record_kind": pl.String(), "row_count": pl.Int64()}
        table = tables.lake_files
        query = (
            sa.select(
                tables.files.c.source_sha256,
                table.c.record_kind,
                sa.cast(sa.func.sum(table.c.row_count), sa.BigInteger),
            )
            .join_from(table, tables.files)
            .group_by(tables.files.c.source_sha256, table.c.record_kind)
            .order_by(tables.files.c.source_sha256, table.c.record_kind)
        )
        return self._frame(query, schema)

    def sample_files(self) -> pl.DataFrame:
        """Sample files that count, each with what its manifest row says; `path` is absolute text."""
        schema = {
            "center_id": pl.String(),
            "utc_day": pl.Date(),
            "path": pl.String(),
            "first_sampled_ms": pl.Int64(),
            "last_sampled_ms": pl.Int64(),
            "source_sha256": pl.String(),
        }
        table = tables.lake_files
        own = [table.c[name] for name in schema if name != "source_sha256"]
        query = (
            sa.select(*own, tables.files.c.source_sha256)
            .join_from(table, tables.files)
            .where(table.c.record_kind == "samples")
            .order_by(table.c.center_id, table.c.utc_day, tables.files.c.source_sha256)
        )
        lake = f"{self.data_dir.lake}/"
        return self._frame(query, schema).with_columns(pl.lit(lake).add(pl.col("path")).alias("path"))

    def rolled_up(self) -> dict[tuple[str, date], str]:
        """Input hash of every rolled-up center and local day."""
        table = tables.device_hour_files
        query = sa.select(table.c.center_id, table.c.local_day, table.c.input_hash)
        with self._engine.connect() as connection:
            return {
                (center_id, local_day): input_hash for center_id, local_day, input_hash in connection.execute(query)
            }

    def device_hour_files(self) -> list[Path]:
        """Device-hour files that count and hold rows, in a stable order."""
        table = tables.device_hour_files
        query = sa.select(table.c.path).where(table.c.row_count > 0).order_by(table.c.center_id, table.c.local_day)
        with self._engine.connect() as connection:
            return [self.data_dir.lake / path for path in connection.execute(query).scalars()]

    def latest_recorded_at(self) -> datetime | None:
        """When the last file that counts was received, in UTC: the default as-of."""
        query = sa.select(sa.func.max(tables.files.c.recorded_at)).where(tables.files.c.refusal_code.is_(None))
        with self._engine.connect() as connection:
            return _aware(connection.execute(query).scalar())

    def input_hash(self) -> str:
        """One hash over everything that counts: files and rolled-up days, in no particular order of arrival."""
        counting = self.files().filter(pl.col("refusal_code").is_null()).select("source_sha256", "recorded_at")
        files = sorted(f"{sha256} {recorded_at.isoformat()}" for sha256, recorded_at in counting.rows())
        days = sorted(f"{center} {day} {digest}" for (center, day), digest in self.rolled_up().items())
        query = sa.select(tables.lake_files.c.path).where(tables.lake_files.c.path.contains(f"/{_READING}"))
        with self._engine.connect() as connection:
            read_again = sorted(connection.execute(query).scalars())
        return hashlib.sha256("\n".join(files + days + read_again).encode()).hexdigest()

    @cached_property
    def lock_path(self) -> Path:
        """The file that one writer at a time holds."""
        return self.data_dir.state / "writer.lock"


def _manifest_values(entry: FileEntry, quarantine_row_count: int) -> dict[str, object]:
    """The manifest's columns of a file whose rows add up."""
    accounted = entry.rows_accepted + entry.rows_quarantined
    if entry.rows_in != accounted or quarantine_row_count != entry.rows_quarantined:
        raise ReconciliationError(
            f"{entry.original_name}: {entry.rows_in} rows in, {entry.rows_accepted} accepted, "
            f"{entry.rows_quarantined} quarantined, {quarantine_row_count} quarantine rows. Nothing was taken in."
        )
    return entry.__dict__ | {
        "declaration": json.dumps(entry.declaration or {}, sort_keys=True),
        "notices": json.dumps(entry.notices or {}, sort_keys=True),
    }


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict]) -> None:
    if rows := list(rows):
        connection.execute(sa.insert(table), rows)


def _storable(row: dict) -> dict:
    """A quarantined row in which a NUL, which PostgreSQL holds in no text, is shown by its picture."""
    return {name: value.replace("\0", "␀") if isinstance(value, str) else value for name, value in row.items()}


def _aware(value: object) -> object:
    """SQLite gives instants back without a zone; they were written in UTC."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value
