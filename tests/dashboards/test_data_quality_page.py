"""The page on data quality says where a list is cut, and what is taken along is whole."""

import shutil

import duckdb
import pytest

from dashboards import formatting
from dashboards.translations import Words

EN = Words("en")
MORE_FILES, MORE_REASONS = 1_100, 70


@pytest.fixture(scope="module")
def with_many_rows(published_world, tmp_path_factory):
    """The published world with more files and reasons than a screen lists."""
    root = tmp_path_factory.mktemp("many")
    folder = root / "published" / "all"
    folder.mkdir(parents=True)
    current = (published_world / "published" / "all" / "marts.duckdb").resolve()
    shutil.copyfile(current, folder / current.name)
    (folder / "marts.duckdb").symlink_to(current.name)
    with duckdb.connect(str(folder / current.name)) as connection:
        connection.execute(
            f"""insert into fct_file__intake by name
            select 'sha-' || number as source_sha256, 'file-' || number || '.csv' as original_name,
                'yangzhou-01' as center_id, timestamptz '2026-10-01 00:00:00+00' as recorded_at,
                1 as rows_in, 1 as rows_accepted, 0 as rows_quarantined
            from range({MORE_FILES}) as numbers(number)"""
        )
        connection.execute(
            f"""insert into fct_reason__quarantine by name
            select 'yangzhou-01' as center_id, 'CODE_' || number as reason_code, 1 as row_count, 1 as file_count
            from range({MORE_REASONS}) as numbers(number)"""
        )
    return root


def test_a_list_that_is_cut_says_so_and_the_export_holds_all_of_it(open_page, with_many_rows, sql, monkeypatch):
    counts = sql(
        """select (select count(*) from fct_file__intake) as files,
            (select count(*) from fct_reason__quarantine) as reasons"""
    )[0]
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(with_many_rows))
    app = open_page("data_quality", lang="en")
    captions = [caption.value for caption in app.caption]
    for shown, every in ((1000, counts["files"] + MORE_FILES), (60, counts["reasons"] + MORE_REASONS)):
        assert EN("quality.cut", shown=formatting.count(shown), all=formatting.count(every)) in captions
    whole = {name: read().height for (name, _), read in app.session_state["cut_rows"].items()}
    assert whole["files"] == counts["files"] + MORE_FILES
    assert whole["quarantine_reasons"] == counts["reasons"] + MORE_REASONS


def test_a_list_that_is_whole_says_nothing_and_a_province_narrows_it_to_its_centers(open_page):
    app = open_page("data_quality", lang="en", province="320000")
    assert not [caption.value for caption in app.caption if "export holds" in caption.value]
    rows = {name: frame for (name, _), frame in app.session_state["shown_rows"].items()}
    assert {*rows["files"]["center_id"]} == {"yangzhou-01"}
    assert "Jiangsu" in " ".join(heading.value for heading in app.subheader)
