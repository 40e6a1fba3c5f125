"""The page on leases: orders against market and bank, what ends soon, and movements in money or card-hours."""

import pytest

from dashboards import formatting, queries
from dashboards.charts import leases
from dashboards.translations import LANGUAGES, TEXTS, Words


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def test_orders_that_return_less_than_the_bank_are_named(open_page, sql, say):
    app = open_page("leases", lang=say.language, center="yangzhou-01")
    deals = sql("select * from fct_lease__deal where center_id = 'yangzhou-01'")
    below = [row for row in deals if row["is_below_bank_rate"]]
    assert 0 < len(below) < len(deals)
    flag = formatting.unbroken(say("leases.flag"))
    flags = next(list(table.value[flag]) for table in app.table if flag in table.value)
    assert flags.count(formatting.unbroken(say("leases.flag_yes"))) == len(below)
    sentence = next(text.value for text in app.markdown if f"**{len(below)}**" in text.value)
    assert all(formatting.as_markdown_text(row["lease_id"]) in sentence for row in below)


def test_every_reason_of_a_deal_has_words(sql):
    reasons = sql("select market_reason as reason from fct_lease__deal union select irr_reason from fct_lease__deal")
    assert {row["reason"] for row in reasons if row["reason"] and f"reason.{row['reason']}" not in TEXTS} == set()


def test_the_bars_of_a_month_add_up_to_the_change_in_money_and_in_card_hours(marts):
    frame = queries.leases.lease_movements(marts, "dongpu-01")
    for measure, column in leases.MOVED.items():
        figure = leases.movements(frame, measure, Words("en"))
        line = figure.data[-1]
        for number in range(1, len(line.x)):
            moved = sum(trace.y[number] for trace in figure.data[:-1])
            assert moved == pytest.approx(line.y[number] - line.y[number - 1], abs=1e-6), (measure, column, number)


def test_leases_that_end_within_eight_weeks_can_be_shown_alone(sql):
    soon = sql("select lease_id, remaining_days from fct_lease__backlog where is_ending_soon")
    assert [row["lease_id"] for row in soon] == ["yz-l3"]
    assert soon[0]["remaining_days"] <= 56
