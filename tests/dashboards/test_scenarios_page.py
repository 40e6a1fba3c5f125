"""The page of scenarios: by the published SQL, equal to the marts where nothing moved, kept by link and by name."""

import pytest

from dashboards import formatting, queries, scenario_link, scenario_texts
from dashboards.translations import LANGUAGES, TEXTS, Words
from ingest.paths import DataDir
from ingest.state.scenarios import LONGEST_NAME, SavedScenarios
from ingest.state.store import StateStore

NEUTRAL = scenario_link.neutral({"default_vacant_months": 6, "default_price_cut_pct": 30})
CENTER = "yangzhou-01"


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


@pytest.fixture
def ask(marts):
    """The outcome of one center under changes named as in a link."""

    def outcome(center: str, **changes: int | str) -> dict:
        values = scenario_link.parameters(NEUTRAL | changes)
        return queries.scenarios.outcome(marts, center, values).row(0, named=True)

    return outcome


def test_nothing_moved_is_what_the_marts_say_of_every_center(ask, sql):
    paybacks = sql(
        """select * from fct_center__payback
        where view = 'project' and subsidy = 'without' and flow_basis = 'run_rate_t12m'
            and trailing_monthly_net_cash_cny_fen is not null"""
    )
    assert len(paybacks) > 3
    for row in paybacks:
        found = ask(row["center_id"])
        assert (found["payback_months"], found["payback_reason"]) == (row["payback_months"], row["payback_reason"])
        (even,) = sql(
            "select * from fct_center__break_even where center_id = $1 and threshold = 'accounting'", row["center_id"]
        )
        assert found["break_even_accounting_share"] == even["break_even_share"]


def test_nothing_moved_in_the_owners_view_is_the_owners_payback(ask, sql):
    paybacks = sql(
        """select owners.* from fct_center__payback as owners
        inner join fct_center__payback as projects using (center_id, subsidy, flow_basis)
        where owners.view = 'owner' and projects.view = 'project' and flow_basis = 'run_rate_t12m'
            and subsidy in ('with', 'without') and owners.payback_months is not null
            and owners.capex_cny_fen < projects.capex_cny_fen"""
    )
    assert len(paybacks) > 0
    for row in paybacks:
        found = ask(row["center_id"], view="owner", subsidy=row["subsidy"])
        assert found["payback_months"] == row["payback_months"], row["center_id"]
        assert ask(row["center_id"], subsidy=row["subsidy"])["payback_months"] != row["payback_months"]


def test_each_scenario_of_the_marts_comes_out_the_same_from_the_published_sql(ask, sql):
    asked = {
        "top_1_leaves": {"exit": "top1"},
        "top_3_leave": {"exit": "top3"},
        "vendor_leaves": {"vendor": 1},
        "tariff_up": {"tariff": 20},
        "subsidy_clawed_back": {"subsidy": "clawed_back"},
    }
    for center in (CENTER, "horinger-01"):
        rows = {
            row["scenario"]: row
            for row in sql("select * from fct_center_scenario__stress where center_id = $1", center)
        }
        for scenario, changes in asked.items():
            outcome = ask(center, **changes)
            for name in ("payback_months", "net_value_cny_fen", "cash_24_months_cny_fen"):
                assert outcome[name] == rows[scenario][name], (center, scenario, name)


def test_more_than_there_is_is_refused_with_its_reason_and_has_no_months(marts, ask):
    found = ask(CENTER, racked=60)
    assert (found["payback_months"], found["payback_reason"]) == (None, "more_racked_than_planned")
    assert ask(CENTER, pue=-30)["payback_reason"] == "pue_below_one"
    values = scenario_link.parameters(NEUTRAL | {"racked": 60})
    assert queries.scenarios.months(marts, CENTER, values).is_empty()
    assert {f"reason.{reason}" for reason in scenario_texts.LIMITS} <= TEXTS.keys()


def test_a_link_opens_what_was_moved_and_the_page_shows_its_payback(open_page, ask, say):
    app = open_page("scenarios", lang=say.language, center=CENTER, price="-10", exit="top1", vacant="3")
    found = ask(CENTER, price=-10, exit="top1", vacant=3)
    cards = {metric.label: metric.value for metric in app.metric}
    assert cards[say("scenarios.payback")] == formatting.months(found["payback_months"], say.language)
    assert cards[say("scenarios.net_value")] == formatting.money(found["net_value_cny_fen"], say.language)
    assert {slider.label: slider.value for slider in app.slider}[say("scenarios.price")] == -10


def test_moving_a_slider_moves_the_address_and_a_name_keeps_it(open_page, monkeypatch, tmp_path, published_world):
    say = Words("en")
    monkeypatch.setenv("RACKLIGHT_STATE_URL", f"sqlite:///{tmp_path / 'state.sqlite'}")
    app = open_page("scenarios", lang="en", center=CENTER)
    next(slider for slider in app.slider if slider.label == say("scenarios.tariff")).set_value(50)
    app.run()
    assert "50" in app.query_params["tariff"]
    assert "price" not in app.query_params
    app.text_input[0].set_value("Dear [power]")
    next(button for button in app.button if button.label == say("scenarios.save")).click().run()
    (kept,) = SavedScenarios(StateStore(DataDir(published_world))).of_center(CENTER)
    assert (kept.name, kept.parameters) == ("Dear [power]", {"tariff": "50"})
    (row,) = scenario_texts.saved([kept], CENTER, say)
    assert "tariff=50" in row[say("scenarios.name")]
    assert row[say("scenarios.changes")].startswith("Tariff")
    assert next(box.value for box in app.selectbox if box.label == say("scenarios.forget_which")) == "Dear [power]"
    next(button for button in app.button if button.label == say("scenarios.forget")).click().run()
    assert SavedScenarios(StateStore(DataDir(published_world))).of_center(CENTER) == []


def test_an_address_out_of_bounds_or_out_of_its_mind_moves_nothing():
    hostile = {
        "price": "999",
        "sold": "1e3",
        "exit": "all",
        "subsidy": "' or 1=1",
        "vendor": "2",
        "cut": "-1",
        "view": "x",
    }
    assert scenario_link.read_link(hostile, NEUTRAL) == NEUTRAL
    assert scenario_link.moved(scenario_link.read_link({"price": "-15"}, NEUTRAL), NEUTRAL) == {"price": "-15"}


def test_a_scenario_saved_again_replaces_and_can_be_forgotten(tmp_path, monkeypatch):
    monkeypatch.delenv("RACKLIGHT_STATE_URL", raising=False)
    saved = SavedScenarios(StateStore(DataDir(tmp_path)))
    saved.save("c1", " Two  words ", {"price": "5"})
    saved.save("c1", "Two words", {"price": "10"})
    assert [(row.name, row.parameters) for row in saved.of_center("c1")] == [("Two words", {"price": "10"})]
    assert saved.of_center("c2") == []
    with pytest.raises(ValueError, match="characters"):
        saved.save("c1", "x" * (LONGEST_NAME + 1), {})
    saved.forget("c1", "Two words")
    assert saved.of_center("c1") == []
