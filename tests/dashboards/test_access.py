"""Each role sees its scope and nothing of others: canary rows stand in no file, on no page and in no export."""

import io
import itertools
import unittest.mock
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from dashboards import access
from dashboards.queries import reading, restatements
from ingest.paths import DataDir
from ingest.state.access_log import AccessLog
from ingest.state.access_policy import EXAMPLE, ROLES, PolicyError, read_policy
from ingest.state.store import StateStore
from orchestration.access.scopes import RULES_FILE, publish_scopes, read_rules
from orchestration.restating import published_log

APP = Path(__file__).resolve().parents[2] / "dashboards" / "streamlit_app.py"
PAGES = sorted(path.stem for path in (APP.parent / "app_pages").glob("*.py") if path.stem != "__init__")
AS_OF = datetime(2026, 11, 2, 1, tzinfo=UTC)
CLIENT = "racklight"
EVIDENCE = {"source_sha256", "file_name", "finding_id", "first_evidence_key"}
"""Columns that lead to lines of files; whoever sees them is in the access log."""
POLICY_OF_ONE = "version: 1\nscopes:\n  narrow: {{role: operator, centers: [{centers}], groups: [operators]}}\n"


class User(dict):
    """What Streamlit hands over of a reader who logged in."""

    is_logged_in = True

    def to_dict(self) -> dict:
        return dict(self)


@pytest.fixture
def log_in(canary_world, monkeypatch):
    """Open the app as a reader with given claims."""
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(canary_world.data_dir.root))
    monkeypatch.setattr(access, "login_is_configured", lambda: True)
    monkeypatch.setattr(access, "_client_id", lambda: CLIENT)

    def open_app(**claims: object) -> AppTest:
        monkeypatch.setattr(st, "user", User({"email": "reader@example.com", "aud": [CLIENT]} | claims))
        return AppTest.from_file(str(APP), default_timeout=60).run()

    return open_app


def _texts(app: AppTest) -> str:
    return "\n".join(str(element.proto) for element in app.main) + "\n".join(str(part.proto) for part in app.sidebar)


@pytest.mark.parametrize("role", ROLES)
def test_a_canary_of_another_center_stands_in_no_published_file(canary_world, sql, role):
    path = (canary_world.data_dir.published / f"{role}-one" / "marts.duckdb").resolve()
    assert canary_world.canary.encode() not in path.read_bytes()
    others = {row["center_id"] for row in sql("select center_id from dim_center")} - {canary_world.own_center}
    with duckdb.connect(str(path), read_only=True) as connection:
        centers = connection.execute("select center_id from dim_center").fetchall()
        assert centers == [(canary_world.own_center,)]
        texts = connection.execute(
            "select table_name, column_name from information_schema.columns where data_type = 'VARCHAR'"
        )
        for table, column in texts.fetchall():
            of_another = f"""select count(*) from {table} where regexp_matches({column}, $1)"""
            assert connection.execute(of_another, ["|".join(others)]).fetchone() == (0,), (table, column)


@pytest.mark.parametrize("role", ROLES)
def test_a_scope_learns_of_restatements_of_its_own_center_and_of_no_other(log_in, canary_world, role):
    path = canary_world.data_dir.published / f"{role}-one" / restatements.FILE_NAME
    if role == "public":
        assert not path.exists()
        return
    assert canary_world.canary.encode() not in path.read_bytes()
    app = log_in(groups=[f"{role}s"])
    app.query_params["month"] = "2026-09"
    app.switch_page("app_pages/restatements.py").run()
    say = app.session_state["choice"].say
    counts = {"restated_count": 1, "restated_open_count": 0}
    assert say("restatements.counts_of_scope", **counts) in [text.value for text in app.markdown]
    rows = {name: frame for (name, _), frame in app.session_state["shown_rows"].items()}
    assert rows["pairs"]["restated_milestone_count"].to_list() == [1]
    assert rows["brought_by"]["name"].to_list() == ["own.csv"]
    assert {*rows["milestones"]["center_id"]} == {canary_world.own_center}
    wanted = ((path.parent / "marts.duckdb").resolve(), 0, 1, 2)
    assert restatements.figures(*wanted, canary_world.canary, "lower").is_empty()
    assert restatements.figures(*wanted, canary_world.own_center, "lower").height == 1


def test_every_table_and_column_of_the_log_of_restatements_has_a_rule():
    rules = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))["restatements"]
    ruled = {name: {*rule["columns"], *rule.get("withheld", ())} for name, rule in rules.items()}
    assert ruled == {
        "dim_publication": set(published_log.PUBLICATIONS),
        "fct_publication_pair": set(published_log.PAIRS),
        "fct_publication_pair__cause": set(published_log.CAUSE_ROWS),
        "fct_milestone__restatement": set(published_log.MILESTONES),
        "fct_figure__restatement": set(published_log.FIGURE_MEASURES),
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_canary_stands_on_no_page_and_in_no_export(log_in, canary_world, role):
    from dashboards.reports import exports

    canary = canary_world.canary
    log = AccessLog(StateStore(canary_world.data_dir))
    app = log_in(groups=[f"{role}s"])
    assert app.session_state["reader"].scope == f"{role}-one"
    for page, form in zip(PAGES, itertools.cycle(("csv", "xlsx", "parquet")), strict=False):
        before = len(log.entries())
        app.switch_page(f"app_pages/{page}.py").run()
        written = {entry.action for entry in log.entries()[before:]}
        assert [error.value for error in app.exception] == [], page
        assert canary not in _texts(app), page
        rows = app.session_state["shown_rows"]
        shown = [exports.Shown(f"{no}_{name}"[:31], frame) for no, ((name, _), frame) in enumerate(rows.items())]
        assert [name for (name, _), frame in rows.items() if canary in frame.write_json()] == [], page
        assert canary.encode() not in _unpacked(exports.export_bytes(form, shown, {}, AS_OF)), (page, form)
        has_lines = any(frame.height and EVIDENCE & set(frame.columns) for frame in rows.values())
        assert written >= ({"page", "evidence"} if has_lines else {"page"}), f"{page} shows what no log entry tells of"


def _unpacked(archive: bytes) -> bytes:
    """Everything that stands in a workbook or an archive, Parquet as CSV."""
    found = []
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            found.append(pl.read_parquet(content).write_csv().encode() if name.endswith(".parquet") else content)
    return b"".join(found)


@pytest.mark.parametrize("role", ROLES)
def test_a_restricted_reader_finds_all_that_is_known_of_the_own_center(canary_world, role):
    """A rule that names a mart but lets none of its rows through would leave a page empty and nobody would see it."""
    house, public, _ = read_rules()
    rules = public if role == "public" else {name: rule for name, rule in house.items() if role in rule.roles}
    folder = canary_world.data_dir.published
    with duckdb.connect(str((folder / f"{role}-one" / "marts.duckdb").resolve()), read_only=True) as connection:
        connection.execute(f"attach '{(folder / 'all' / 'marts.duckdb').resolve()}' as whole (read_only)")
        counts = " union all ".join(
            f"""select '{name}', (select count(*) from {name}),
            (select count(*) from whole.{name} where center_id = '{canary_world.own_center}')"""
            for name, rule in rules.items()
            if rule.rows == "center"
        )
        found = connection.execute(counts).fetchall()
    assert [row for row in found if row[1] != row[2]] == []
    assert sum(row[1] for row in found) > 0


def test_an_earlier_version_tells_a_reader_nothing_of_another_scope(canary_world, tmp_path, monkeypatch):
    """The as-of chooses among versions written for the scope as the policy has it now, and among no others."""
    data_dir = DataDir(tmp_path)
    data_dir.create()
    folder = data_dir.published / "all"
    folder.mkdir()
    whole = (canary_world.data_dir.published / "all" / "marts.duckdb").resolve()
    earlier = folder / "marts-20261001T010000Z-0123456789ab.duckdb"
    for path in (earlier, folder / whole.name):
        path.hardlink_to(whole)
    (folder / "marts.duckdb").symlink_to(whole.name)
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(access, "login_is_configured", lambda: True)
    monkeypatch.setattr(access, "_client_id", lambda: CLIENT)
    monkeypatch.setattr(st, "user", User(email="reader@example.com", aud=CLIENT, groups=["operators"]))

    def centers_of(app: AppTest) -> set[str]:
        source = app.session_state["choice"].source
        return set() if source is None else set(reading.read_rows(source.path, "from dim_center")["center_id"])

    wide = f"{canary_world.own_center}, {canary_world.canary}"
    data_dir.access_file.write_text(POLICY_OF_ONE.format(centers=wide), encoding="utf-8")
    publish_scopes(data_dir)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["as_of"] = "2026-10-01T01:00:00Z"
    assert centers_of(app.run()) == {canary_world.own_center, canary_world.canary}
    assert "20261001T010000Z" in app.session_state["choice"].source.path

    data_dir.access_file.write_text(POLICY_OF_ONE.format(centers=canary_world.own_center), encoding="utf-8")
    assert centers_of(app.run()) == set(), "the policy is narrower, and nothing was written for it yet"
    assert "racklight access publish" in app.main[1].value
    publish_scopes(data_dir)
    fresh = AppTest.from_file(str(APP), default_timeout=60)
    for as_of in ("2026-10-01T01:00:00Z", ""):
        fresh.query_params["as_of"] = as_of
        assert centers_of(fresh.run()) == {canary_world.own_center}, as_of
    names = [path.stem for path in (data_dir.published / "narrow").glob("marts-*.duckdb")]
    assert (len(names), len({name.split("-")[-1] for name in names})) == (2, 1)


def test_a_reader_without_a_group_of_the_policy_sees_nothing(log_in):
    app = log_in(groups=["somebody"])
    assert "choice" not in app.session_state
    assert app.error[0].value in ("您的账号没有可查看的范围。", "Your account has no scope to look at.")


def test_the_session_of_a_revoked_reader_ends_at_its_next_step(log_in, canary_world):
    log = AccessLog(StateStore(canary_world.data_dir))
    app = log_in(groups=["operators"], email="leaver@example.com")
    assert not app.error
    log.revoke("leaver@example.com", "left")
    app.run()
    assert app.error
    assert "reader" not in app.session_state
    assert log.restore("leaver@example.com")
    assert not app.run().error


def test_a_token_that_is_expired_or_meant_for_another_application_ends_the_session(log_in):
    assert log_in(groups=["operators"], exp=1).error
    assert log_in(groups=["operators"], aud=["another"], azp=CLIENT).error
    assert log_in(groups=["operators"], aud=None).error
    assert not log_in(groups=["operators"], aud=CLIENT).error
    assert not log_in(groups=["operators"], exp=9_999_999_999).error


def test_what_a_reader_saw_is_in_a_log_whose_every_byte_is_proven(log_in, canary_world):
    import sqlalchemy as sa

    store = StateStore(canary_world.data_dir)
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
    change = sa.text("update access_entries set reader = :reader where entry_no = 1")
    written = log.entries()[0].reader
    for reader, faults in (("x", ["Entry 1 is not what was written."]), (written, [])):
        with store.engine.begin() as connection:
            connection.execute(change, {"reader": reader})
        assert log.faults() == faults


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
    target = canary_world.data_dir.root / "public.duckdb"
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
    path = (canary_world.data_dir.published / "operator-one" / "marts.duckdb").resolve()
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
