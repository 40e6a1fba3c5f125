"""A published file grown to the size of a nation: every center of the sample world copied until there are 1,000.

The copies are made by SQL straight in the shape of the published marts: nothing is ingested and no metric is computed,
so the numbers mean nothing and only their amount does. Rows of a center are copied with its ids renamed; marts by day
reach back two years (days that a center lacks are its own a year later, moved by 52 weeks); marts by card and day hold
1,000 cards a center, of the last week only, because two years of them would be 730 million rows that one build does not
publish for a nation either. Sums over all centers stay those of the sample.
"""

import argparse
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

CENTER_COUNT = 1000
CARDS_PER_CENTER = 1000
DAYS = 730
CARD_DAYS = 7
BLOCK = 12
"""Copies that are sorted together."""
CARD_MARTS = ("fct_device_day__parts", "fct_device_day__evidence")
SHARED = {
    "metric_id", "model_id", "class_id", "rule_id", "scheme_id", "query_id", "check_id", "benchmark_id", "cell_id",
    "filter_id", "market_price_id", "cause_id", "party_id",
}  # fmt: skip
"""Ids of what is the same for every center; those of parties are too, whichever part they play."""


def grow(source: Path, target: Path, center_count: int = CENTER_COUNT) -> None:
    """Write the grown file."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target), config={"memory_limit": "4GB", "threads": "2"}) as connection:
        connection.execute(
            f"set TimeZone = 'UTC'; set preserve_insertion_order = true; attach '{source}' as s (read_only)"
        )
        templates = [row[0] for row in connection.execute("select center_id from s.dim_center order by 1").fetchall()]
        counts = [center_count // len(templates) + (n < center_count % len(templates)) for n in range(len(templates))]
        found = connection.execute(
            """select table_name, list((column_name, data_type) order by ordinal_position)
            from information_schema.columns where table_catalog = 's' group by 1 order by 1"""
        )
        for name, pairs in found.fetchall():
            _grow_mart(connection, name, dict(pairs), dict(zip(templates, counts, strict=True)))
        connection.execute("detach s; checkpoint")


def _grow_mart(connection: duckdb.DuckDBPyConnection, name: str, kinds: dict[str, str], copies: dict[str, int]) -> None:
    key = next((column for column in ("center_id", "scope_id", "programme_id", "claim_id") if column in kinds), None)
    connection.execute(f"create table {name} as from s.{name} limit 0")
    if key is None:
        connection.execute(f"insert into {name} from s.{name}")
        return
    owner = {
        "programme_id": "(select center_id from s.fct_programme__subsidy as p where p.programme_id = t.programme_id)",
        "claim_id": "(select center_id from s.fct_claim__verdict as c where c.claim_id = t.claim_id)",
    }.get(key, f"t.{key}")
    connection.execute(f"create or replace temp table template as select *, {owner} as owner from s.{name} as t")
    if "local_day" in kinds:
        _reach_back(connection)
    columns = list(kinds)
    if name in CARD_MARTS:
        _last_week_of_many_cards(connection, columns)
    order = sorted(columns, key=lambda column: (column != key, columns.index(column)))
    chosen = ", ".join(_copied(column, kinds[column]) for column in columns)
    connection.execute("begin")
    connection.execute(
        f"insert into {name} select {', '.join(columns)} from template where owner is null or owner = 'ALL'"
    )
    for template, count in copies.items():
        for first in range(0, count, BLOCK):
            connection.execute(
                f"""insert into {name} select {chosen} from template as t,
                (select printf('%03d', unnest(range({first}, {min(first + BLOCK, count)}))) as n) as numbers
                where t.owner = '{template}' order by {", ".join(order)}"""
            )
    connection.execute("commit")


def _reach_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Days before a center's first one, as far as two years back: its own, 52 weeks later."""
    start = date(2026, 11, 1) - timedelta(days=DAYS)
    connection.execute(
        f"""insert into template select t.* replace (cast(t.local_day - 364 as date) as local_day)
        from template as t inner join (select owner, min(local_day) as first_day from template group by 1) as known
            on t.owner = known.owner
        where t.local_day - 364 < known.first_day and t.local_day - 364 >= date '{start}'"""
    )


def _last_week_of_many_cards(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    """As many cards a center as a nation has, by copies of its own."""
    connection.execute(
        f"""create or replace temp table template as
        with recent as (
            from template where local_day > (select max(local_day) from template) - {CARD_DAYS}
        ),
        cards as (select owner, count(distinct device_uid) as card_count from recent group by owner),
        numbered as (
            select recent.*, cards.card_count,
                unnest(range(cast(ceil({CARDS_PER_CENTER} / cards.card_count) as bigint))) as card_copy
            from recent inner join cards on recent.owner = cards.owner
        )
        select {", ".join("device_uid || '/' || card_copy as device_uid" if c == "device_uid" else c for c in columns)},
            owner
        from numbered"""
    )


def _copied(column: str, kind: str) -> str:
    """A column of a copy: ids are renamed, so that copies meet nowhere."""
    if kind != "VARCHAR":
        return f"t.{column}"
    renamed = f"replace(t.{column}, t.owner, t.owner || '-' || n)"
    if column in SHARED or column.endswith("party_id") or not column.endswith(("_id", "_uid", "_key", "_ref")):
        return f"{renamed} as {column}" if column in ("row_key", "original_name", "party_path") else f"t.{column}"
    return f"case when contains(t.{column}, t.owner) then {renamed} else t.{column} || '-' || n end as {column}"


def main() -> None:
    """Grow one file and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a published file of the sample world")
    parser.add_argument("target", type=Path)
    parser.add_argument("--centers", type=int, default=CENTER_COUNT)
    arguments = parser.parse_args()
    started = time.monotonic()
    grow(arguments.source.resolve(), arguments.target, arguments.centers)
    with duckdb.connect(str(arguments.target), read_only=True) as connection:
        rows = connection.execute("select sum(estimated_size), count(*) from duckdb_tables()").fetchone()
        days = connection.execute("select count(*) from fct_center_day__utilization").fetchone()[0]
        cards = connection.execute("select count(distinct device_uid) from fct_device_day__parts").fetchone()[0]
    print(
        f"{rows[0]:,} rows in {rows[1]} marts, {days:,} center-days, {cards:,} cards, "
        f"{arguments.target.stat().st_size / 2**20:,.0f} MiB, {time.monotonic() - started:,.0f} s"
    )


if __name__ == "__main__":
    main()
