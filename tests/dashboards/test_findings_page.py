"""Findings: reviewed, assigned, answered, closed and opened again, on the page and by command, in one chained log."""

import csv

import pytest
from click.testing import CliRunner

from dashboards import formatting
from dashboards.translations import LANGUAGES, Words
from ingest.paths import DataDir
from ingest.raw_store import place_of
from ingest.state.findings_log import FindingsLog
from orchestration.cli import main

CENTER = "yangzhou-01"
FINDING = "F10/yangzhou-01/device/910B3-26A-00049/2026-10-01"


@pytest.fixture
def log(published_world, tmp_path, monkeypatch) -> FindingsLog:
    """An empty log of its own, beside the published world."""
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(published_world))
    monkeypatch.setenv("RACKLIGHT_STATE_URL", f"sqlite:///{tmp_path / 'state.sqlite'}")
    return FindingsLog.of_environment()


@pytest.fixture(params=LANGUAGES)
def say(request) -> Words:
    return Words(request.param)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["findings", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def everything_said(app) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def act(app, say: Words, action: str, **typed: str):
    """Fill the form as a person would and send it; hands back the page drawn anew."""
    app.selectbox(key="finding").set_value(FINDING)
    app.selectbox(key="action").set_value(action)
    for key, text in typed.items():
        field = app.selectbox if key == "outcome" else app.text_area if key == "message" else app.text_input
        field(key=key).set_value(text)
    (button,) = [button for button in app.button if button.label == say("findings.submit")]
    return button.click().run()


def test_the_list_shows_every_finding_of_the_center_the_gravest_first(open_page, log, sql, say):
    app = open_page("findings", lang=say.language, center=CENTER)
    rows = sql(
        """select * from fct_finding where center_id = $1
        order by case severity when 'serious' then 0 when 'watch' then 1 else 2 end,
            verdict, confidence desc, finding_id""",
        CENTER,
    )
    confidences = list(app.table[0].value[formatting.unbroken(say("findings.confidence"))])
    families = [say("family." + row["evidence_family"]) for row in rows]
    shown = [f"{row['confidence']:.2f} · {family}" for row, family in zip(rows, families, strict=True)]
    assert confidences == [formatting.unbroken(text) for text in shown]
    assert list(app.selectbox(key="finding").options) != []


def test_a_finding_says_pattern_look_alikes_check_and_confidence_by_family(open_page, log, sql, say):
    app = open_page("findings", lang=say.language, center=CENTER)
    app.selectbox(key="finding").set_value(FINDING).run()
    (rule,) = sql("select * from dim_finding_rule where rule_id = 'F10'")
    said = everything_said(app)
    for column in ("name", "pattern", "false_positives", "counter_check"):
        assert rule[say.column(column)].rstrip(".") in said
    assert say("findings.no_reply") in said
    assert say("family.identity").lower() in said
    assert {"zh": "相符的形态", "en": "Pattern consistent with"}[say.language] in said


def test_each_action_on_the_page_is_an_entry_of_the_chained_log_and_stands_beside_the_finding(open_page, log):
    say = Words("en")
    app = open_page("findings", lang="en", center=CENTER)
    app = act(app, say, "assign", actor="auditor", whom="operator of Canal")
    assert say("findings.with", status="assigned", assignee="operator of Canal") in everything_said(app)
    app = act(app, say, "reply", actor="operator", whom="operator of Canal", message="A handover of one week.")
    assert f"operator of Canal: {formatting.as_markdown_text('A handover of one week.')}" in everything_said(app)
    app = act(app, say, "close", actor="auditor", outcome="explained", message="The note was shown.")
    reason = formatting.as_markdown_text("The note was shown.")
    assert say("findings.outcome", outcome="explained", message=reason) in everything_said(app)
    app = act(app, say, "reopen", actor="auditor")
    assert log.standing(FINDING).status == "open"
    assert [(entry.action_no, entry.action) for entry in log.actions(FINDING)] == [
        (1, "assign"),
        (2, "reply"),
        (3, "close"),
        (4, "reopen"),
    ]
    assert log.faults() == []
    assert app.success[0].value == say("findings.written", number=4)


def test_what_makes_no_sense_is_refused_in_words_and_not_written(open_page, log):
    app = act(open_page("findings", lang="zh", center=CENTER), Words("zh"), "close", actor="auditor")
    assert len(app.error) == 1
    assert log.actions() == []


def test_only_findings_of_the_chosen_standing_are_listed(open_page, log):
    say = Words("en")
    run("assign", FINDING, "--to", "operator", "--by", "auditor")
    app = open_page("findings", lang="en", center=CENTER)
    app.button_group(key="statuses").set_value(["assigned"]).run()
    assert len(app.table[0].value) == 1
    app.button_group(key="statuses").set_value(["closed"]).run()
    assert say("findings.none_so") in [info.value for info in app.info]


def test_every_action_by_command_is_an_entry_and_the_log_proves_itself(log):
    assert "entry 1" in run("assign", FINDING, "--to", "operator", "--by", "auditor")
    assert "entry 2" in run("reply", FINDING, "--by", "operator", "--text", "A handover.")
    assert "entry 3" in run("close", FINDING, "--outcome", "explained", "--by", "auditor", "--text", "Shown.")
    assert "entry 4" in run("reopen", FINDING, "--by", "auditor")
    shown = run("show", FINDING)
    assert "operator: A handover." in shown
    assert "auditor: close explained Shown." in shown
    assert run("log", "--verify").startswith("Nothing was changed: 4 entries, head ")
    listed = list(csv.DictReader(run("log", "--format", "csv").splitlines()))
    assert [row["action"] for row in listed] == ["assign", "reply", "close", "reopen"]
    listed = list(csv.DictReader(run("list", "--center", CENTER, "--status", "open", "--format", "csv").splitlines()))
    assert FINDING in [row["finding_id"] for row in listed]


def test_an_action_that_makes_no_sense_ends_with_a_sentence(log):
    result = CliRunner().invoke(main, ["findings", "reopen", FINDING, "--by", "auditor"])
    assert (result.exit_code, log.actions()) == (1, [])
    assert "is not closed" in result.output
    result = CliRunner().invoke(main, ["findings", "show", "F99/nowhere"])
    assert result.exit_code == 1
    assert "There is no finding F99/nowhere" in result.output


def test_page_and_command_lead_from_a_finding_to_lines_of_files_and_their_hashes(open_page, log, sql):
    evidence = sql("select * from fct_finding__evidence where finding_id = $1", FINDING)
    assert {row["record_kind"] for row in evidence} >= {"device_events", "leases", "lease_devices"}
    app = open_page("findings", lang="zh", center=CENTER)
    app.selectbox(key="finding").set_value(FINDING).run()
    assert len(app.table[1].value) == len(evidence)
    on_page = {text.strip("`") for text in app.table[2].value["sha256"]}
    assert on_page == {row["source_sha256"] for row in evidence}
    shown = run("show", FINDING, "--rows", "100")
    for row in evidence:
        assert f"{row['original_name']}, line {row['first_line']} of {row['record_id']}" in shown
        assert f"sha256 {row['source_sha256']}" in shown


def test_the_line_a_finding_leads_to_speaks_of_its_record(published_world, sql):
    rows = sql(
        """select record_id, source_sha256, first_line from fct_finding__evidence
        where first_line = last_line and original_name like '%.csv'
            and record_kind in ('leases', 'subsidy_claims', 'capacity_plans', 'party_payments', 'device_events')"""
    )
    assert len(rows) > 10
    for row in rows:
        path = place_of(row["source_sha256"], DataDir(published_world).raw_store)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert row["record_id"] in lines[row["first_line"] - 1]


def test_every_finding_leads_to_a_file_that_was_received(sql):
    lost = sql(
        """select finding_id from fct_finding where finding_id not in (
            select evidence.finding_id from fct_finding__evidence as evidence
            inner join fct_file__intake as files on evidence.source_sha256 = files.source_sha256)"""
    )
    assert lost == []


def test_every_rule_has_its_pattern_its_look_alikes_and_a_check_in_both_languages(sql):
    rules = sql("select * from dim_finding_rule order by rule_id")
    assert [rule["rule_id"] for rule in rules] == [f"F{number:02}" for number in range(1, 21)]
    for rule in rules:
        words = [rule[f"{name}_{language}"] for name in ("name", "pattern", "false_positives", "counter_check")
                 for language in LANGUAGES]  # fmt: skip
        assert all(words), rule["rule_id"]
        assert not any("fraud" in text.lower() or "造假" in text for text in words), rule["rule_id"]
        assert rule["evidence_family"] in {"power", "identity", "money", "time"}
