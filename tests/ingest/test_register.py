"""The register: nothing is added twice, nothing can be changed, and a changed byte is found and named."""

import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from ingest.paths import DataDir
from ingest.state.register import NewPublication, Register
from ingest.state.store import StateStore

AS_OF = datetime(2026, 10, 1, tzinfo=UTC)
RACKED = {"metric_id": "racked", "lower": 0.1 + 0.2, "upper": 1 / 3, "denominator": Decimal(3 * 10**20)}
LIT = {"metric_id": "lit", "lower": 0.25, "upper": None, "denominator": Decimal(4)}
TABLES = ("publications", "registered_figures", "registered_inputs")


def publication(version: str, figures: dict, inputs: dict | None = None, days_later: int = 0) -> NewPublication:
    as_of_at = AS_OF + timedelta(days=days_later)
    return NewPublication("all", version, as_of_at, "0.1.0+abc", {"nodes": {}}, inputs or {"f" * 64: 7}, figures)


@pytest.fixture
def data_dir(tmp_path) -> DataDir:
    return DataDir(tmp_path)


@pytest.fixture
def register(data_dir) -> Register:
    return Register(StateStore(data_dir))


@pytest.fixture
def three(register) -> Register:
    register.record(publication("v1", {"racked": RACKED, "lit": LIT}))
    register.record(publication("v2", {"racked": RACKED, "lit": LIT | {"lower": 0.5}}, {"f" * 64: 7, "a" * 64: 2}, 1))
    register.record(publication("v3", {"lit": LIT | {"lower": 0.5}}, {"a" * 64: 2}, 2))
    return register


def tamper(data_dir: DataDir, statement: str) -> None:
    """Change the file as someone would who knows nothing holds them back: without the triggers."""
    with sqlite3.connect(data_dir.state / "racklight.sqlite") as connection:
        for table in TABLES:
            for change in ("update", "delete"):
                connection.execute(f"drop trigger {table}_refuse_{change}")
        assert connection.execute(statement).rowcount > 0


def test_a_figure_comes_back_to_the_last_digit_from_any_publication_that_said_it(three):
    first, second, third = three.entries()
    assert three.figure(first, "racked") == {
        "metric_id": "racked",
        "lower": 0.30000000000000004,
        "upper": 0.3333333333333333,
        "denominator": "300000000000000000000",
    }
    assert three.figure(second, "racked") == three.figure(first, "racked")
    assert three.figure(third, "racked") is None
    assert [three.figure(entry, "lit")["lower"] for entry in (first, second, third)] == [0.25, 0.5, 0.5]
    assert [three.inputs(entry) for entry in (first, second, third)] == [
        {"f" * 64: 7},
        {"f" * 64: 7, "a" * 64: 2},
        {"a" * 64: 2},
    ]


def test_registering_the_same_publication_again_adds_nothing(three, data_dir):
    before = three.entries()
    again = three.record(publication("v1", {"racked": RACKED, "lit": LIT}))
    assert again == before[0]
    assert three.entries() == before


def test_only_what_changed_is_written(register, data_dir):
    register.record(publication("v1", {f"figure-{number}": {"lower": number} for number in range(1000)}))
    changed = {f"figure-{number}": {"lower": number} for number in range(1000)} | {"figure-7": {"lower": -7}}
    assert register.record(publication("v2", changed)).changed_count == 1
    with StateStore(data_dir).engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from registered_figures")).scalar() == 1001


def test_the_latest_publication_by_an_instant_is_found_and_none_before_the_first(three):
    assert three.latest_by(AS_OF + timedelta(hours=30)).version == "v2"
    assert three.latest_by(AS_OF + timedelta(days=9)).version == "v3"
    assert three.latest_by(AS_OF - timedelta(seconds=1)) is None


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_store_itself_refuses_to_change_or_remove_a_row(three, data_dir, table, change):
    statement = f"delete from {table}" if change == "delete" else f"update {table} set publication_no = 9"
    with (
        StateStore(data_dir).engine.begin() as connection,
        pytest.raises(sa.exc.IntegrityError, match="append-only"),
    ):
        connection.execute(sa.text(statement))
    assert three.faults() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "update registered_figures set content = replace(content, '0.25', '0.26') where figure_id = 'lit'",
            "Publication 1: figure lit is not what was registered.",
        ),
        (
            "delete from registered_figures where figure_id = 'racked' and publication_no = 1",
            "Publication 1: its figures",
        ),
        ("update registered_inputs set rows_accepted = 8 where publication_no = 1", "Publication 1: its list of files"),
        ("update publications set as_of_at = '2026-09-09' where publication_no = 2", "Publication 2: its entry"),
        ("update publications set definitions = '{}' where publication_no = 3", "Publication 3: its definitions"),
        ("delete from publications where publication_no = 2", "Publication 2 is missing"),
        ("update publications set previous_hash = 'x' where publication_no = 3", "Publication 3 does not follow"),
    ],
    ids=["a digit", "a figure removed", "a file's rows", "an as-of", "definitions", "an entry removed", "a link"],
)
def test_a_changed_byte_is_found_and_named(three, data_dir, statement, fault):
    assert three.faults() == []
    tamper(data_dir, statement)
    assert any(sentence.startswith(fault) for sentence in three.faults()), three.faults()
