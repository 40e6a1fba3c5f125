"""A real Chromium walks every page in both languages, on three widths: no error, no other host, nothing illegible."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from dashboards.translations import LANGUAGES, Words

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (REPOSITORY / "dashboards" / "app_pages").glob("*.py") if path.stem != "__init__")
WIDTHS = {"wide": 1920, "desk": 1280, "phone": 390}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(published_world, serving):
    with serving(published_world) as address:
        yield address


def _hosts(requests: list[str]) -> set[str]:
    return {urlsplit(url).hostname for url in requests if urlsplit(url).scheme in {"http", "https", "ws", "wss"}}


@pytest.fixture(scope="module")
def walk(walker, server):
    """One session in which all pages are walked, and who walks it."""
    page = walker.open(f"{server}/?lang=zh", WIDTHS["wide"])
    yield walker, page
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_an_error_asks_no_other_host_and_can_be_read_on_three_widths(walk, illegible, name):
    visitor, page = walk
    titles = {language: Words(language)(f"{name}.title") for language in LANGUAGES}
    # The page before was left in one of the two languages, at the widest; the other one comes back the same way.
    first = next(language for language in LANGUAGES if f"lang={language}" in page.url)
    second = next(language for language in LANGUAGES if language != first)
    visitor.turn_to(page, "" if name == "overview" else name, titles[first])
    faults = _look(visitor, page, illegible, name, first, WIDTHS)
    visitor.speak(page, LANGUAGES[second], titles[second])
    page.wait_for_url(f"**lang={second}**")
    faults += _look(visitor, page, illegible, name, second, reversed(WIDTHS))
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[role=dialog]").count() == 0
    assert page.locator("[data-testid=stAppDeployButton]").count() == 0
    assert _hosts(visitor.requests) == {"127.0.0.1"}
    assert faults == []


def _look(visitor, page, illegible: str, name: str, language: str, forms: Iterable[str]) -> list[str]:
    """Keep the page as it stands at each width, and hand back what cannot be read on it."""
    faults = []
    for form in forms:
        visitor.resize(page, WIDTHS[form])
        visitor.keep(page, f"{name}-{language}" if form == "desk" else f"{name}-{language}-{form}")
        faults += [f"{language}, {WIDTHS[form]} px: {fault}" for fault in page.evaluate(illegible)]
    return faults


def test_a_link_with_filters_opens_the_same_view(visitor, server):
    """Opened by the address alone, in a session of its own."""
    wanted = {"province": "320000", "center": "yangzhou-01", "tenant": "91310000RACK00329N", "month": "2026-09"}
    page = visitor.open(f"{server}/leases?{urlencode(wanted | {'lang': 'en'})}")
    assert page.get_by_text("Filtered by Tenant Songtao Driving (Sample)").count() == 1
    visitor.turn_to(page, "sold_lit_paid", "Sold, lit, paid")
    page.wait_for_url("**tenant=**")
    assert wanted.items() <= dict(parse_qsl(urlsplit(page.url).query)).items()
    first = page.get_by_test_id("stMain").inner_text()
    again = visitor.open(page.url)
    assert again.get_by_test_id("stMain").inner_text() == first
    assert "Songtao Driving (Sample): sold, lit, paid" in first
    page.context.close()
    again.context.close()


def test_the_reader_keeps_language_center_and_month_from_page_to_page(visitor, server):
    page = visitor.open(f"{server}/?lang=en")
    page.get_by_role("link", name="Payback").click()
    page.wait_for_selector("text=How much of the money is back")
    page.wait_for_url("**lang=en**")
    assert "center=" in page.url
    assert "month=" in page.url
    assert _hosts(visitor.requests) == {"127.0.0.1"}
    page.context.close()


def test_on_paper_there_are_no_controls_and_every_chart_is_whole(visitor, server):
    page = visitor.open(f"{server}/racked_and_lit?lang=en")
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    visitor.keep(page, "racked_and_lit-en-print")
    pdf = page.pdf(format="A4", print_background=True)
    assert pdf.startswith(b"%PDF")
    assert page.locator("[data-testid=stPlotlyChart] .main-svg").first.is_visible()
    page.context.close()


def test_pages_ways_of_looking_and_the_export_are_reached_with_the_keyboard_alone(visitor, server):
    page = visitor.open(f"{server}/payback?lang=en")
    focused = "() => document.activeElement.innerText.trim().split('\\n').pop()"
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(focused))
        if reached[-1] == "Project":
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
    assert {"Leases", "Project", "Download"} <= set(reached)
    page.wait_for_url("**view=owner**")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_reads_in_light_and_in_dark(visitor, server, scheme):
    page = visitor.open(f"{server}/racked_and_lit?lang=en", color_scheme=scheme)
    ground, ink = page.evaluate(
        """() => { const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name]
            .match(/\\d+/g).slice(0, 3).map(Number);
        return [of('[data-testid=stApp]', 'backgroundColor'), of('[data-testid=stMain] p', 'color')] }"""
    )
    visitor.keep(page, f"racked_and_lit-en-{scheme}")
    assert _contrast(ground, ink) >= 7
    chart = page.evaluate(
        """() => getComputedStyle(document.querySelector('[data-testid=stPlotlyChart] .xtick text')).fill
            .match(/\\d+/g).slice(0, 3).map(Number)"""
    )
    assert _contrast(ground, chart) >= 4.5, "labels of a chart"
    page.context.close()


def _contrast(first: list[int], second: list[int]) -> float:
    """Contrast ratio of two sRGB colors as WCAG 2 defines it, 1 to 21."""

    def luminance(color: list[int]) -> float:
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in
                  (value / 255 for value in color)]  # fmt: skip
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
