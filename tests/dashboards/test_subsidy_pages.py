"""The subsidy audit and idle capacity: what the screen says is what the published rows say, in both languages."""

import pytest
from click.testing import CliRunner

from dashboards import formatting, subsidy_audit_texts
from dashboards.translations import LANGUAGES, Words


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def _cells(app) -> set[str]:
    return {text for table in app.table for column in table.value.columns for text in table.value[column]}


def test_the_audit_shows_the_verdict_of_each_condition_and_of_the_whole(open_page, sql, say):
    app = open_page("subsidy_audit", lang=say.language, center="shiqiao-01")
    (row,) = sql("select * from fct_programme__settlement where programme_id = 'shiqiao-01-s-build'")
    cards = {metric.label: metric.value for metric in app.metric}
    assert cards[say("audit.verdict")] == subsidy_audit_texts.verdict(row["verdict"], say)
    assert cards[say("audit.paid_net")] == formatting.money(row["net_paid_cny_fen"], say.language)
    cells = _cells(app)
    found = sql("select * from fct_milestone__earned where programme_id = 'shiqiao-01-s-build'")
    assert {row["verdict"] for row in found} >= {"undetermined", "not_met"}
    for milestone in found:
        assert formatting.unbroken(subsidy_audit_texts.verdict(milestone["verdict"], say)) in cells


def test_the_audit_judges_a_claim_rule_by_rule_and_shows_what_was_claimed_twice(open_page, sql, say):
    app = open_page("subsidy_audit", lang=say.language, center="yangzhou-01")
    app.selectbox(key="claim").set_value("yz-v-004").run()
    assert not app.exception
    cells = _cells(app)
    for rule in sql("select * from fct_claim_rule__verdict where claim_id = 'yz-v-004'"):
        assert formatting.unbroken(say(f"claim_finding.{rule['finding']}")) in cells
    assert any("yz\\-i\\-001" in cell or "yz‑i‑001" in cell for cell in cells)


def test_every_finding_verdict_and_relation_of_the_marts_has_words(sql, say):
    for group, statement in (
        ("claim_finding", "select distinct finding as code from fct_claim_rule__verdict"),
        ("audit_verdict", "select distinct verdict as code from fct_milestone__earned"),
        ("audit_verdict", "select distinct verdict as code from fct_programme__settlement"),
        ("relation", "select distinct relation as code from fct_programme_user__use"),
        ("hours_kind", "select distinct hours_kind as code from fct_programme__cost"),
    ):
        for row in sql(statement):
            assert say(f"{group}.{row['code']}")


def test_a_buyers_request_is_answered_by_every_cluster(open_page, sql, say):
    app = open_page("idle_capacity", lang=say.language)
    app.number_input(key="want_cards").set_value(64).run()
    assert not app.exception
    clusters = sql("select count(distinct (cluster_id, model_id)) as n from fct_server__offer")[0]["n"]
    assert len(app.table[-1].value) == clusters
    (most,) = sql("select max(free_card_count) as most from fct_cluster__offer")
    assert most["most"] >= 64
    assert formatting.unbroken(formatting.count(most["most"])) in _cells(app)


def test_the_command_line_gives_the_same_answers_and_exports_the_offers(published_world, monkeypatch, sql):
    from orchestration.cli import main

    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))
    matched = CliRunner().invoke(main, ["match", "--cards", "64", "--training", "--format", "csv"])
    assert matched.exit_code == 0, matched.output
    assert "offered" in matched.stdout
    assert "the cluster has only" in matched.stdout
    exported = CliRunner().invoke(main, ["export", "offers"])
    assert exported.exit_code == 0, exported.output
    rows = exported.stdout.strip().splitlines()
    assert len(rows) - 1 == sql("select count(*) as n from fct_server__offer")[0]["n"]
