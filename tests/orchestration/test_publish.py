"""Publishing: immutable files named by content, one link, and nothing shown that contradicts itself."""

import os
from pathlib import Path

import duckdb
import pytest

from ingest.locks import WriterBusyError, writer_lock
from orchestration.build import warehouse_lock
from orchestration.errors import PublishError
from orchestration.publish import KEPT_VERSION_COUNT, publish, publish_marts, published_version

LIT = ("lit_of_racked/yangzhou-01/month/2026-09-01", 0.25, None, 0.3)
RACKED = ("racked_device_avg/yangzhou-01/month/2026-09-01", 0.7, 0.7, 0.7)


def read_lower_bounds(path: Path) -> list[float]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return [lower for (lower,) in connection.execute("select lower from fct_figure order by lower").fetchall()]


def test_publishing_the_same_marts_again_publishes_nothing_new_and_says_so(data_dir, warehouse_with):
    warehouse = warehouse_with(LIT, RACKED)
    first = publish_marts(data_dir, warehouse)
    second = publish_marts(data_dir, warehouse)
    assert first.is_new
    assert not second.is_new
    assert (first.path, first.version, first.published_at) == (second.path, second.version, second.published_at)


def test_the_version_depends_on_the_rows_and_not_on_their_order(data_dir, warehouse_with):
    forward = publish_marts(data_dir, warehouse_with(LIT, RACKED, name="forward"))
    backward = publish_marts(data_dir, warehouse_with(RACKED, LIT, name="backward"))
    other = publish_marts(data_dir, warehouse_with(RACKED, name="other"))
    assert forward.version == backward.version != other.version


def test_the_version_names_the_as_of(data_dir, warehouse_with):
    publish(data_dir, warehouse_with(LIT))
    published = published_version(data_dir)
    assert published.version.startswith("20261001T000000Z-")
    assert published.as_of_at.isoformat() == "2026-10-01T00:00:00+00:00"


def test_only_marts_are_published_and_in_the_main_schema(data_dir, warehouse_with):
    path = publish(data_dir, warehouse_with(LIT))
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables order by table_name"
        ).fetchall()
    assert tables == [("main", "dim_build"), ("main", "fct_figure")]


def test_a_reader_keeps_its_file_while_the_link_moves_on(data_dir, warehouse_with):
    publish(data_dir, warehouse_with(LIT, name="old"))
    link = data_dir.published / "all" / "marts.duckdb"
    reader = duckdb.connect(str(link.resolve()), read_only=True)
    publish(data_dir, warehouse_with(RACKED, name="new"))
    assert reader.execute("select lower from fct_figure").fetchall() == [(0.25,)]
    assert read_lower_bounds(link.resolve()) == [0.7]
    reader.close()


def test_a_published_file_is_read_only(data_dir, warehouse_with):
    path = publish(data_dir, warehouse_with(LIT))
    assert path.stat().st_mode & 0o222 == 0


def test_the_last_versions_are_kept_and_older_ones_removed(data_dir, warehouse_with):
    published = []
    for number in range(KEPT_VERSION_COUNT + 2):
        figure = (LIT[0], number / 10, None, 1.0)
        published.append(publish(data_dir, warehouse_with(figure, name=f"build{number}")))
        os.utime(published[-1], (number, number))
    assert [path.exists() for path in published] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "figure",
    [("lower above upper", 0.4, None, 0.3), ("observed outside", 0.1, 0.5, 0.3)],
    ids=["lower above upper", "observed outside the bounds"],
)
def test_figures_whose_bounds_contradict_each_other_are_not_published(data_dir, warehouse_with, figure):
    publish(data_dir, warehouse_with(LIT, name="good"))
    before = published_version(data_dir)
    with pytest.raises(PublishError, match=figure[0]):
        publish(data_dir, warehouse_with(figure, name="bad"))
    assert published_version(data_dir) == before
    assert [path.name for path in sorted((data_dir.published / "all").iterdir())] == sorted(
        ["marts.duckdb", before.path.name]
    )


def test_a_warehouse_without_marts_is_not_published(data_dir, tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(PublishError, match="has no mart dim_build, fct_figure"):
        publish(data_dir, path)
    assert published_version(data_dir) is None


def test_publishing_while_another_process_writes_is_refused_with_a_sentence(data_dir, warehouse_with):
    with writer_lock(warehouse_lock(data_dir)), pytest.raises(WriterBusyError, match=r"Wait until it is done"):
        publish(data_dir, warehouse_with(LIT))
