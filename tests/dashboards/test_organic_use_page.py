"""The page on whether the use is real: its texts are the published rows, its charts whole, and it never accuses."""

import pytest

from dashboards import formatting, queries
from dashboards.charts import use
from dashboards.translations import LANGUAGES, TEXTS, Words


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def test_the_padded_center_shows_its_verdict_with_the_rules_in_both_cases(open_page, sql, say):
    app = open_page("organic_use", lang=say.language, center="jiangwan-01")
    (row,) = sql(
        "select * from fct_center_vendor__padding "
        "where center_id = 'jiangwan-01' and vendor_party_id = 'ALL' and basis = 'technical'"
    )
    assert row["verdict"] == "strong"
    assert any(say("padding_verdict.strong") in text.value for text in app.markdown)
    rules = app.table[1].value
    assert list(rules[formatting.unbroken(say("padding.rule"))])[1] == formatting.unbroken(say("padding.effect"))
    drop = formatting.points(row["drop_of_lit_rate_least"])
    assert drop in list(rules[formatting.unbroken(say("padding.certain"))])[1]


def test_flows_nobody_can_see_are_said_to_be_invisible(open_page, sql, say):
    app = open_page("organic_use", lang=say.language, center="yangzhou-01")
    assert any(info.value == say("trip.none") for info in app.info)
    (row,) = sql(
        "select count(*) as number from fct_party_pair__bought_revenue "
        "where center_id = 'yangzhou-01' and visibility = 'not_visible' and relation = 'none_known'"
    )
    assert say("bought.table_caption", count=row["number"]) in [caption.value for caption in app.caption]


def test_the_area_has_every_class_that_is_not_empty_and_hatches_the_unknown(marts):
    days = queries.use.organic_days(marts, "jiangwan-01")
    figure = use.organic_area(days, Words("en"))
    names = [trace.name for trace in figure.data]
    assert names[0] == "External, no known link"
    assert {"Related", "Test", "Not known to be lit"} <= set(names)
    assert figure.data[-1].fillpattern.shape == "/"


def test_no_word_of_the_page_says_fraud_of_anybody():
    said = [text for key, pair in TEXTS.items() for text in pair if key.startswith(("padding", "bought", "trip"))]
    assert not any("fraud" in text or "欺诈" in text for text in said)
