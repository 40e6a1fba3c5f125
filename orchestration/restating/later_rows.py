"""Rows of registers that only the later of two publications knew: new facts, corrections of known ones, other heads.

A row of a known key corrects it, except for its classifying fields: what these say otherwise was reclassified. So a
later row that changes both is taken apart: first with the old head and the rest, then as it stands.
"""

from collections.abc import Iterable

import duckdb

from ingest.records import RECORD_KINDS, RecordKind
from orchestration.warehouse import content_hash_sql

_KNOWN = "known_files"


def note_known_files(connection: duckdb.DuckDBPyConnection, known: Iterable[str]) -> None:
    """Say which files, by sha256, the earlier publication knew; everything else here builds on it."""
    connection.execute(f"create or replace temp table {_KNOWN} (source_sha256 varchar)")
    rows = [(sha256,) for sha256 in sorted(known)]
    if rows:
        connection.executemany(f"insert into {_KNOWN} values (?)", rows)


def later_row_counts(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    """Later rows that matter, by cause: `cause`, `record_kind`, `source_sha256`, `row_count`, `centers`.

    `centers` are those that the rows speak of, in one text; empty where rows of the kind belong to none.

    A row that says the same again, or less than a higher revision said before, changes nothing and is not counted.
    """
    found = []
    for kind in RECORD_KINDS.values():
        _note_known_rows(connection, kind)
        parts = ", ".join(f"count(*) filter ({condition}) as {cause}" for cause, condition in _conditions(kind).items())
        has_center = "center_id" in kind.lake_schema
        rows = connection.execute(
            f"""
            select later.source_sha256,
                {"string_agg(distinct later.center_id, ', ' order by later.center_id)" if has_center else "null"},
                {parts}
            from raw."{kind.name}" as later
            left join known_rows on {_same_key(kind, "later")}
            where {_is_later("later")}
            group by later.source_sha256
            order by later.source_sha256
            """
        ).fetchall()
        found += [
            {
                "cause": cause,
                "record_kind": kind.name,
                "source_sha256": sha256,
                "row_count": count,
                "centers": centers or "",
            }
            for sha256, centers, *counts in rows
            for cause, count in zip(_conditions(kind), counts, strict=True)
            if count
        ]
    return found


def leave_out_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Take every later row of a known key out of the raw schema: what stays are known rows and new facts."""
    for kind in RECORD_KINDS.values():
        _note_known_rows(connection, kind)
        connection.execute(
            f"""
            delete from raw."{kind.name}" as later using known_rows
            where {_same_key(kind, "later")} and {_is_later("later")}
            """
        )


def keep_old_heads(connection: duckdb.DuckDBPyConnection) -> None:
    """Give later rows of known keys the classifying fields that were in force before: corrected, not reclassified."""
    for kind in RECORD_KINDS.values():
        if not kind.classifying:
            continue
        _note_known_rows(connection, kind)
        heads = ", ".join(f'"{name}" = known_rows."{name}"' for name in kind.classifying)
        connection.execute(
            f"""
            update raw."{kind.name}" as later set {heads} from known_rows
            where {_same_key(kind, "later")} and {_is_later("later")}
            """
        )
        said = content_hash_sql(kind, kind.name)
        connection.execute(f'update raw."{kind.name}" set content_hash = {said} where {_is_later(kind.name)}')


def _note_known_rows(connection: duckdb.DuckDBPyConnection, kind: RecordKind) -> None:
    """The row of each key that the earlier publication believed, if any: its highest revision."""
    connection.execute(
        f"""
        create or replace temp table known_rows as
        select *, {content_hash_sql(kind, "rows", kind.classifying)} as plain_hash
        from raw."{kind.name}" as rows
        where source_sha256 in (select source_sha256 from {_KNOWN})
        qualify row_number() over (
            partition by {", ".join(f'"{column}"' for column in kind.key)}
            order by revision desc, recorded_at desc, source_sha256, source_line
        ) = 1
        """
    )


def _conditions(kind: RecordKind) -> dict[str, str]:
    known = "known_rows.source_sha256 is not null and later.revision >= known_rows.revision"
    corrected = f"{content_hash_sql(kind, 'later', kind.classifying)} <> known_rows.plain_hash"
    heads = [f'later."{name}" is distinct from known_rows."{name}"' for name in kind.classifying]
    return {
        "late_data": "where known_rows.source_sha256 is null",
        "correction": f"where {known} and {corrected}",
        "reclassification": f"where {known} and ({' or '.join(heads) or 'false'})",
    }


def _same_key(kind: RecordKind, table: str) -> str:
    return " and ".join(f'{table}."{column}" is not distinct from known_rows."{column}"' for column in kind.key)


def _is_later(table: str) -> str:
    return f"{table}.source_sha256 not in (select source_sha256 from {_KNOWN})"
