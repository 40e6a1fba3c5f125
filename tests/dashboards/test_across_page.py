"""One rate across subjects: the intervals are those published, and the address holds what was chosen."""

import pytest

from dashboards import formatting
from dashboards.translations import LANGUAGES, Words


@pytest.mark.parametrize("kind", ["province", "center", "vendor", "model", "tenant"])
def test_the_highest_and_the_lowest_are_those_of_the_published_rates(open_page, sql, last_full_month, kind):
    app = open_page("across", lang="en")
    app.segmented_control("kind").set_value(kind).run()
    assert [error.value for error in app.exception] == []
    rates = sql(
        """select lower, upper from fct_scope_period__rate
        where scope_kind = $1 and metric_id = $2 and period_grain = 'month' and period_start_on = $3
            and lower is not null
        order by lower desc, upper desc""",
        kind,
        "lit_of_sold" if kind == "tenant" else "lit_of_racked",
        last_full_month,
    )
    sentence = app.markdown[1].value
    for row in (rates[0], rates[-1]):
        assert formatting.interval(row["lower"], row["upper"]) in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_can_be_shared_by_its_address(open_page, language):
    app = open_page("across", lang=language)
    app.segmented_control("kind").set_value("vendor").run()
    app.selectbox("rate").set_value("lit_on_plan").run()
    app.selectbox("subject").set_value("Hygon").run()
    assert {name: app.query_params[name] for name in ("kind", "rate", "subject")} == {
        "kind": "vendor",
        "rate": "lit_on_plan",
        "subject": "Hygon",
    }
    assert Words(language)("across.kind") == app.segmented_control("kind").label
