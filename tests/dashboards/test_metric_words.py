"""What a metric is stands on the figure itself: registry, tooltip and command line say the same."""

import pytest
from click.testing import CliRunner

from dashboards import formatting
from dashboards.reports.metric_words import metric_lines
from dashboards.translations import TEXTS, Words
from orchestration.cli import main

PAGES = {
    "overview": {"racked_device_avg", "racked_pflops_avg", "lit_of_racked", "lit_on_plan"},
    "racked_and_lit": {"racked_device_avg", "racked_device_point", "racked_pflops_avg", "lit_of_racked"},
    "sold_lit_paid": {"paid_of_sold", "idle_of_sold"},
    "break_even": {"break_even_accounting"},
    "payback": {"recovered_share", "payback_months_run_rate_t12m"},
    "offtake": {"offtake_cumulative_compliance", "offtake_rolling_compliance"},
    "economics": {"collected_of_billed", "quality_adjusted_of_billed"},
    "energy_and_usage": {"pue"},
    "this_week": {"racked_device_avg", "lit_of_racked"},
}
"""Page -> metrics whose figures stand on it as cards."""


@pytest.fixture
def registry(sql) -> dict[str, dict]:
    return {row["metric_id"]: row for row in sql("from dim_metric")}


def tooltips(page) -> set[str]:
    return {element.proto.help for element in page.markdown if element.proto.help}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_registered_metric_says_what_it_is(open_page, registry, name, language):
    shown = tooltips(open_page(name, center="yunting-01" if name == "offtake" else "yangzhou-01", lang=language))
    say = Words(language)
    for metric_id in PAGES[name]:
        lines = [formatting.as_markdown_text(line) for line in metric_lines(registry[metric_id], say)]
        assert "  \n".join(lines) in shown, metric_id
        assert formatting.as_markdown_text(registry[metric_id][say.column("formula")]) in lines[0]


def test_the_words_of_every_metric_are_whole_in_both_languages(registry):
    for metric in registry.values():
        assert f"audience.{metric['default_audience']}" in TEXTS
        assert f"unit.{metric['unit']}" in TEXTS
        for language in ("zh", "en"):
            assert all(line.strip() and "{" not in line for line in metric_lines(metric, Words(language)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_line_says_what_the_tooltip_says(published_world, monkeypatch, registry, language):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))
    result = CliRunner().invoke(main, ["metrics", "lit_of_racked", "--language", language])
    assert result.exit_code == 0, result.output
    assert all(line in result.output for line in metric_lines(registry["lit_of_racked"], Words(language)))
