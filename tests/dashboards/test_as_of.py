"""The as-of of the screens: a kept publication chosen by its URL, said on every page, and never another instead."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards import formatting
from dashboards.translations import LANGUAGES, Words

EARLIER = "2026-10-05T01:00:00Z"
PAGES = ("overview", "racked_and_lit", "sold_lit_paid", "payback", "data_quality", "trail")


@pytest.fixture(scope="module")
def two_publications(published_world, tmp_path_factory) -> Path:
    """The published world beside an earlier publication of it, in which one center has another name."""
    root = tmp_path_factory.mktemp("kept")
    folder = root / "published" / "all"
    folder.mkdir(parents=True)
    current = (published_world / "published" / "all" / "marts.duckdb").resolve()
    shutil.copy(current, folder / current.name)
    (folder / "marts.duckdb").symlink_to(current.name)
    earlier = folder / "marts-20261005T010000Z-0123456789ab.duckdb"
    shutil.copy(current, earlier)
    earlier.chmod(0o644)
    with duckdb.connect(str(earlier)) as connection:
        connection.execute(f"update dim_build set as_of_at = '{EARLIER}'")
    return root


@pytest.fixture
def open_kept(two_publications, open_page, monkeypatch):
    def open_it(page: str, **query: str):
        monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(two_publications))
        return open_page(page, **query)

    return open_it


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_chosen_as_of_and_says_that_it_is_not_the_current_one(open_kept, page):
    app = open_kept(page, lang="en", as_of=EARLIER)
    assert "2026-10-05 01:00 UTC" in app.caption[0].value
    assert app.query_params["as_of"] == EARLIER
    assert any("not the current publication" in warning.value for warning in app.warning)


@pytest.mark.parametrize(("wanted", "shown"), [("2026-10-20", EARLIER), ("2026-10-05T09:00:00+08:00", EARLIER)])
def test_a_day_or_an_instant_finds_the_last_publication_by_then(open_kept, wanted, shown):
    app = open_kept("overview", lang="en", as_of=wanted)
    assert app.selectbox(key="as_of").value == shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", ["2020-01-01", "yesterday"])
def test_where_none_is_kept_the_latest_is_shown_and_it_is_said(open_kept, wanted, language):
    app = open_kept("overview", lang=language, as_of=wanted)
    say = Words(language)
    assert say("control.as_of_not_kept", wanted=formatting.as_markdown_text(wanted)) in [
        warning.value for warning in app.warning
    ]
    assert "as_of" not in app.query_params


def test_going_back_to_the_latest_takes_the_as_of_out_of_the_address(open_kept):
    app = open_kept("overview", lang="en", as_of=EARLIER)
    app.selectbox(key="as_of").set_value("latest").run()
    assert "as_of" not in app.query_params
    assert not app.warning
