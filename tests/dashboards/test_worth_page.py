"""The page on what dark time costs and what cards are worth: its texts are the published rows, its charts whole."""

import pytest

from dashboards import cached, formatting, queries
from dashboards.charts import worth
from dashboards.translations import LANGUAGES, TEXTS, Words


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def test_each_center_says_what_its_plan_is_worth_and_which_models_are_worth_more_sold(
    open_page, sql, last_full_month, say
):
    for center in ("dongpu-01", "horinger-01"):
        app = open_page("worth", lang=say.language, center=center)
        cards = {metric.label: metric.value for metric in app.metric}
        (loss,) = sql(
            """select * from fct_scope_month__dark_loss
            where scope_id = $1 and month_start_on = $2 and price_basis = 'billed_here'""",
            center,
            last_full_month,
        )
        assert cards[say("worth.plan_value")] == formatting.money(loss["plan_value_cny_fen"], say.language)
        models = sql("select * from fct_center_model__iron_value where center_id = $1", center)
        verdicts = list(app.table[0].value[formatting.unbroken(say("worth.better"))])
        assert sorted(verdicts) == sorted(
            formatting.unbroken(say(f"worth.better_{row['better_use']}")) for row in models
        )
        assert {row["better_use"] for row in models} == {"lease", "sell"}


def test_every_reason_why_cards_have_no_value_has_words():
    assert {"reason.no_server_capex", "reason.cost_by_model_unknown", "reason.no_power_terms"} <= TEXTS.keys()


def test_bars_of_causes_add_up_to_the_value_of_the_plan(marts, last_full_month):
    source = cached.Published(str(marts), 0)
    frame = queries.worth.dark_causes(source.path, "ALL", last_full_month, "market")
    days = frame["value_cny_fen"].sum() / frame["value_per_day_cny_fen"].sum()
    figure = worth.causes(frame, Words("en"))
    assert sum(trace.x[0] for trace in figure.data) * days == pytest.approx(
        frame["value_cny_fen"].sum() / 100, rel=1e-4
    )
    hatched = [trace.y[0] for trace in figure.data if trace.marker.pattern.shape == "/"]
    assert len(hatched) == frame.filter(frame["cause_id"].str.starts_with("unknown")).height > 0
