"""The vendor scorecard and the changes of state: their texts are the published rows."""

import pytest

from dashboards import formatting
from dashboards.translations import LANGUAGES, Words


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def test_every_vendor_stands_with_its_kept_rate_the_best_first(open_page, sql, say):
    app = open_page("vendors", lang=say.language)
    rows = sql("select * from fct_vendor__scorecard order by kept_rate_of_closed_periods desc, vendor_party_id")
    table = app.table[0].value
    shown = list(table[formatting.unbroken(say("vendors.kept_rate"))])
    bounds = ("kept_rate_of_closed_periods", "kept_rate_of_closed_periods_upper")
    assert shown == [formatting.unbroken(formatting.interval(*(row[name] for name in bounds))) for row in rows]


def test_a_commitment_lists_each_change_of_its_state_with_its_cause(open_page, sql, say):
    app = open_page("offtake", lang=say.language, center="jiangwan-01")
    rows = sql("select * from fct_commitment__state_change where commitment_id = 'jw-offtake' order by changed_on desc")
    column = formatting.unbroken(say("offtake.change_cause"))
    (changes,) = [table.value for table in app.table if column in table.value]
    causes = list(changes[column])
    assert causes == [formatting.unbroken(say.code("state_cause", row["cause"])) for row in rows]


def test_a_commitment_that_differs_between_its_bounds_shows_both_and_its_amendments_are_listed(open_page, sql, say):
    (row,) = sql("select * from dim_commitment where commitment_id = 'xl-offtake'")
    assert row["state"] == "undetermined"
    lower, upper = (say.code("state", row[f"state_at_{bound}"]) for bound in ("lower", "upper"))
    between = say("offtake.between", lower=lower, upper=upper)
    app = open_page("offtake", lang=say.language, center="xuanling-01")
    assert any(between in caption.value for caption in app.caption)
    app = open_page("offtake", lang=say.language, center="horinger-01")
    column = formatting.unbroken(say("offtake.changes_to"))
    (amendments,) = [table.value for table in app.table if column in table.value]
    assert len(amendments) == 2
    assert formatting.unbroken(say("offtake.term_related_cap")) in amendments[column][0]
