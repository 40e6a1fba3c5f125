"""A real Chromium walks every page in both languages: no error on any, and no request to any other host."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (REPOSITORY / "dashboards" / "app_pages").glob("*.py") if path.stem != "__init__")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(published_world, serving):
    with serving(published_world) as address:
        yield address


def _hosts(requests: list[str]) -> set[str]:
    return {urlsplit(url).hostname for url in requests if urlsplit(url).scheme in {"http", "https", "ws", "wss"}}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_and_asks_no_other_host(visitor, server, name, language):
    page = visitor.open(f"{server}/{'' if name == 'overview' else name}?lang={language}")
    visitor.keep(page, f"{name}-{language}")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[role=dialog]").count() == 0
    assert page.locator("[data-testid=stAppDeployButton]").count() == 0
    assert _hosts(visitor.requests) == {"127.0.0.1"}
    page.context.close()


def test_the_reader_keeps_language_center_and_month_from_page_to_page(visitor, server):
    page = visitor.open(f"{server}/?lang=en")
    page.get_by_role("link", name="Payback").click()
    page.wait_for_selector("text=How much of the money is back")
    page.wait_for_url("**lang=en**")
    assert "center=" in page.url
    assert "month=" in page.url
    assert _hosts(visitor.requests) == {"127.0.0.1"}
    page.context.close()
