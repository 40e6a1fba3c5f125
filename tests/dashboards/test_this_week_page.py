"""The page of the week says what the report says, and a way of looking at a page lives in its address."""

import pytest

from dashboards import formatting
from dashboards.reports.weekly.facts import gather
from dashboards.reports.weekly.sentences import answers
from dashboards.translations import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", ["center", "all"])
def test_the_page_answers_the_eight_questions_in_the_words_of_the_report(open_page, marts, language, scope):
    app = open_page("this_week", lang=language, center="horinger-01")
    app.segmented_control("week_scope").set_value(scope).run()
    facts = gather(marts, "horinger-01" if scope == "center" else "ALL")
    said = [markdown.value for markdown in app.markdown]
    for sentence in answers(facts, Words(language)):
        assert formatting.as_markdown_text(sentence) in said
    charts = [block for block in app.get("html") if block.proto.body.startswith("<img ")]
    assert len(charts) == 7, "each question but the list of actions has a chart"


def test_a_week_chosen_is_the_week_shown(open_page, marts, sql):
    weeks = sql("select * from fct_scope_week__ladder where scope_id = 'dongpu-01' and is_over order by week_start_on")
    app = open_page("this_week", lang="en", center="dongpu-01")
    label = f"{weeks[0]['week_start_on']:%G-W%V}"
    app.selectbox("week").set_value(label).run()
    assert app.query_params["week"] == label
    assert any(label in heading.value for heading in app.subheader)


def test_a_way_of_looking_is_kept_in_the_address_and_the_default_is_not(open_page):
    app = open_page("payback", lang="en")
    assert "view" not in app.query_params
    app.segmented_control("view").set_value("owner").run()
    assert app.query_params["view"] == "owner"
    app.segmented_control("view").set_value("project").run()
    assert "view" not in app.query_params
