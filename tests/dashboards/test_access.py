"""Each role sees its scope and nothing of others: canary rows stand in no file, on no page and in no export."""

import unittest.mock
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards import access
from dashboards.queries import reading
from ingest.paths import DataDir
from ingest.state.access_log import AccessLog
from ingest.state.access_policy import EXAMPLE, ROLES, PolicyError, read_policy
from ingest.state.store import StateStore
from orchestration.access.scopes import publish_scopes, read_rules

APP = Path(__file__).resolve().parents[2] / "dashboards" / "streamlit_app.py"
PAGES = sorted(path.stem for path in (APP.parent / "app_pages").glob("*.py") if path.stem != "__init__")
CANARY = "CANARY-7f3a"
MOST_ROWS = 8000
"""Enough of every mart for every page, and few enough to be written four times."""
AS_OF = datetime(2026, 11, 2, 1, tzinfo=UTC)
OWN_CENTER, COPIED_CENTER = "yangzhou-01", "xuanling-01"
POLICY = "version: 1\nscopes:\n" + "".join(
    f"  {role}-one:\n    role: {role}\n    centers: [{OWN_CENTER}]\n    groups: [{role}s]\n" for role in ROLES
)


@pytest.fixture(scope="module")
def canary_world(published_world, tmp_path_factory) -> DataDir:
    """The sample world with a center whose every text is a canary, and every scope of the policy published from it."""
    data_dir = DataDir(tmp_path_factory.mktemp("canary"))
    data_dir.create()
    source = (published_world / "published" / "all" / "marts.duckdb").resolve()
    folder = data_dir.published / "all"
    folder.mkdir(parents=True)
    target = folder / source.name
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as whole (read_only)")
        columns = connection.execute(
            """select table_name, column_name, data_type from information_schema.columns
            where table_catalog = 'whole' order by table_name, ordinal_position"""
        )
        marts: dict[str, dict[str, str]] = {}
        for table, column, kind in columns.fetchall():
            marts.setdefault(table, {})[column] = kind
        for table, kinds in marts.items():
            key = next((name for name in ("center_id", "scope_id") if name in kinds), None)
            own = f"select * from whole.{table}"
            if key is None:
                connection.execute(f"create table {table} as {own}")
                continue
            chosen = ", ".join(
                f"'{CANARY}'" if kind == "VARCHAR" and name not in ("period_grain", "scope_kind", "metric_id") else name
                for name, kind in kinds.items()
            )
            connection.execute(f"create table {table} as {own} where {key} = '{OWN_CENTER}' limit {MOST_ROWS}")
            connection.execute(
                f"insert into {table} select {chosen} from whole.{table} "
                f"where {key} = '{COPIED_CENTER}' limit {MOST_ROWS}"
            )
        connection.execute("detach whole")
    (folder / "marts.duckdb").symlink_to(target.name)
    data_dir.access_file.write_text(POLICY, encoding="utf-8")
    publish_scopes(data_dir)
    return data_dir


class User(dict):
    """What Streamlit hands over of a reader who logged in."""

    is_logged_in = True

    def to_dict(self) -> dict:
        return dict(self)


@pytest.fixture
def log_in(canary_world, monkeypatch):
    """Open the app as a reader with given claims."""
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(canary_world.root))
    monkeypatch.setattr(access, "login_is_configured", lambda: True)

    def open_app(**claims: object) -> AppTest:
        monkeypatch.setattr(st, "user", User({"email": "reader@example.com"} | claims))
        return AppTest.from_file(str(APP), default_timeout=60).run()

    return open_app


def _texts(app: AppTest) -> str:
    return "\n".join(str(element.proto) for element in app.main) + "\n".join(str(part.proto) for part in app.sidebar)


@pytest.mark.parametrize("role", ROLES)
def test_a_canary_of_another_center_stands_in_no_published_file(canary_world, role):
    path = (canary_world.published / f"{role}-one" / "marts.duckdb").resolve()
    assert CANARY.encode() not in path.read_bytes()
    with duckdb.connect(str(path), read_only=True) as connection:
        centers = connection.execute("select center_id from dim_center").fetchall()
        assert centers == [(OWN_CENTER,)]
        names = connection.execute(
            """select table_name, column_name from information_schema.columns
            where column_name in ('center_id', 'scope_id')"""
        ).fetchall()
        for table, column in names:
            found = connection.execute(f"select distinct {column} from {table} where {column} is not null").fetchall()
            assert {name for (name,) in found} <= {OWN_CENTER}, table


@pytest.mark.parametrize("role", ROLES)
def test_a_canary_stands_on_no_page_and_in_no_export(log_in, role):
    from dashboards.reports import exports

    app = log_in(groups=[f"{role}s"])
    assert app.session_state["reader"].scope == f"{role}-one"
    for page in PAGES:
        app.switch_page(f"app_pages/{page}.py").run()
        assert [error.value for error in app.exception] == [], page
        assert CANARY not in _texts(app), page
        shown = app.session_state["shown_rows"]
        for (name, _), rows in shown.items():
            assert CANARY not in exports.export_bytes("csv", [exports.Shown(name, rows)], {}, AS_OF).decode(
                errors="ignore"
            ), (page, name)


def test_a_reader_without_a_group_of_the_policy_sees_nothing(log_in):
    app = log_in(groups=["somebody"])
    assert "choice" not in app.session_state
    assert app.error[0].value in ("您的账号没有可查看的范围。", "Your account has no scope to look at.")


def test_the_session_of_a_revoked_reader_ends_at_its_next_step(log_in, canary_world):
    log = AccessLog(StateStore(canary_world))
    app = log_in(groups=["operators"], email="leaver@example.com")
    assert not app.error
    log.revoke("leaver@example.com", "left")
    app.run()
    assert app.error
    assert "reader" not in app.session_state
    assert log.restore("leaver@example.com")
    assert not app.run().error


def test_an_expired_token_ends_the_session(log_in):
    assert log_in(groups=["operators"], exp=1).error
    assert not log_in(groups=["operators"], exp=9_999_999_999).error


def test_what_a_reader_saw_is_in_a_log_whose_every_byte_is_proven(log_in, canary_world):
    import sqlalchemy as sa

    store = StateStore(canary_world)
    log = AccessLog(store)
    before = len(log.entries())
    app = log_in(groups=["investors"], email="investor@example.com")
    app.run()
    entries = log.entries()[before:]
    assert [(entry.reader, entry.role, entry.scope, entry.action) for entry in entries] == [
        ("investor@example.com", "investor", "investor-one", "page")
    ]
    assert entries[0].subject.startswith("overview?")
    assert log.faults() == []
    with store.engine.begin() as connection:
        connection.execute(sa.text("update access_entries set reader = 'x' where entry_no = :no"), {"no": 1})
    assert log.faults() == ["Entry 1 is not what was written."]


def test_without_a_login_the_screen_says_that_it_is_for_this_machine_only(open_page):
    app = open_page("overview", lang="en")
    captions = [caption.value for caption in app.sidebar.caption]
    assert "Single-user mode on this machine only: no login is configured." in captions


def test_without_a_login_nothing_is_shown_on_another_address(published_world, monkeypatch):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))
    with unittest.mock.patch.object(access, "is_loopback", return_value=False):
        app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert app.error
    assert "choice" not in app.session_state
    assert [access.is_loopback(name) for name in ("127.0.0.1", "::1", "localhost", "0.0.0.0", None, "10.0.0.1")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_connection_reaches_no_other_file_and_cannot_be_opened_up(marts, tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    with reading.opened(marts) as connection:
        for statement in (
            f"select * from read_csv('{tmp_path}/x.csv')",
            f"attach '{tmp_path}/y.duckdb'",
            "set enable_external_access = true",
            "create table x as select 1",
            f"copy (select 1) to '{tmp_path}/z.csv'",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


def test_the_public_sees_no_small_cell_and_none_that_could_be_had_by_subtraction(canary_world, published_world):
    from ingest.state.access_policy import Scope
    from orchestration.access.scopes import write_scope

    whole = (published_world / "published" / "all" / "marts.duckdb").resolve()
    target = canary_world.root / "public.duckdb"
    write_scope(Scope("public", "public", ("p",), is_portfolio=True), whole, target)
    limit = read_rules()[2]["planned_card_count_below"]
    with duckdb.connect(str(target), read_only=True) as connection:
        connection.execute(f"attach '{whole}' as whole (read_only)")
        rows = connection.execute(
            """select months.month_start_on, count(*) - count(published.center_id) as missing,
                min(published.planned_card_count) as least,
                count(*) filter (where months.planned_card_count < $1) as small
            from whole.fct_center_month__utilization as months
            left join fct_center_month__utilization as published using (center_id, month_start_on)
            group by months.month_start_on""",
            [limit],
        ).fetchall()
        assert rows
        for _, missing, least, small in rows:
            assert least is None or least >= limit
            assert missing >= (2 if small == 1 else small)
        texts = connection.execute("select count(*) from fct_lease__backlog").fetchone()
        assert texts == (0,)


def test_a_mart_without_a_rule_stands_empty(canary_world):
    house, _, _ = read_rules()
    path = (canary_world.published / "operator-one" / "marts.duckdb").resolve()
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()]
        for name in set(names) - set(house):
            assert connection.execute(f"select count(*) from {name}").fetchone() == (0,), name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 2\nscopes: {}\n", "version must be 1"),
        ("version: 1\nscopes: {}\n", "at least one scope"),
        ("version: 1\nscopes: {a: {role: king, groups: [x], portfolio: true}}\n", "role must be one of"),
        ("version: 1\nscopes: {a: {role: public, groups: [], portfolio: true}}\n", "at least one group"),
        ("version: 1\nscopes: {a: {role: public, groups: [x]}}\n", "exactly one of portfolio"),
        ("version: 1\nscopes: {all: {role: public, groups: [x], portfolio: true}}\n", "is not 'all'"),
        ("version: 1\nscopes: {../a: {role: public, groups: [x], portfolio: true}}\n", "small letters"),
        ("version: 1\nscopes: {a: {role: public, groups: [x], provinces: ['320000']}}\n", "list of codes"),
        ("version: 1\nscopes: {a: {role: public, groups: [x], portfolio: true, extra: 1}}\n", "there is no extra"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused_with_the_entry(tmp_path, text, says):
    path = tmp_path / "access.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=says):
        read_policy(path)


def test_the_example_of_the_policy_can_be_used(tmp_path):
    path = tmp_path / "access.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    policy = read_policy(path)
    assert policy.scope_of({"groups": ["ops-yangzhou", "investors"]}).name == "portfolio-investors"
    assert policy.scope_of({"groups": "public"}).role == "public"
    assert policy.scope_of({}) is None


def test_a_server_beyond_this_machine_needs_a_login(tmp_path):
    import click

    from orchestration.cli.servers import check_address

    data_dir = DataDir(tmp_path)
    check_address("127.0.0.1", data_dir)
    for address in ("0.0.0.0", "10.1.2.3", "example.com"):
        with pytest.raises(click.ClickException, match="this machine only"):
            check_address(address, data_dir)
    data_dir.secrets_file.write_text("[auth]\n", encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"access\.yaml"):
        check_address("0.0.0.0", data_dir)
    data_dir.access_file.write_text(EXAMPLE, encoding="utf-8")
    check_address("0.0.0.0", data_dir)
