import pytest

from ingest.sample_world.adversary.cheats import CHEATS
from ingest.sample_world.adversary.look_alikes import LOOK_ALIKES


@pytest.mark.parametrize("scenario", CHEATS)
def test_a_cheat_in_full_is_asked_about_by_its_rule(holding, scenario):
    rule_id, _ = CHEATS[scenario]
    assert rule_id in {rule for name, rule, _ in holding if name == scenario}


@pytest.mark.parametrize("scenario", LOOK_ALIKES)
def test_an_honest_look_alike_is_not_accused(holding, scenario):
    assert [(rule, severity) for name, rule, severity in holding if name == scenario and severity == "serious"] == []


@pytest.mark.parametrize(
    ("scenario", "rule_id"),
    [
        ("memory_bound_inference", "F05"),
        ("busy_waiting_server", "F05"),
        ("declared_test", "F06"),
        ("driver_fault", "F02"),
        ("registered_rma", "F02"),
        ("registered_rma", "F10"),
        ("lock_step_training", "F12"),
        ("network_work", "F11"),
        ("go_live", "F17"),
        ("seasonal_tenant", "F16"),
        ("late_paperwork", "F18"),
        ("goods_from_the_vendor", "F08"),
    ],
)
def test_a_rule_is_silent_on_its_own_false_positive(holding, scenario, rule_id):
    assert rule_id not in {rule for name, rule, severity in holding if name == scenario and severity != "info"}


def test_reserved_capacity_that_is_paid_for_is_watched_and_not_accused(holding):
    assert ("reserved_capacity", "F07", "watch") in holding


def test_the_example_of_utilization_without_power_has_its_published_ratio(planted, query, worked_examples):
    expected = worked_examples["EX-F2"]["power_ratio"]
    (row,) = query(planted, "select observed, verdict from fct_finding where center_id = 'ex-f2' and rule_id = 'F05'")
    assert (round(row["observed"], 4), row["verdict"]) == (expected, "holds")


def test_the_example_of_cards_above_their_meter_has_its_published_ratio(planted, query, worked_examples):
    expected = worked_examples["EX-F1"]["ratio"]
    (row,) = query(planted, "select observed, verdict from fct_finding where center_id = 'ex-f1' and rule_id = 'F13'")
    assert (round(row["observed"], 4), row["verdict"]) == (expected, "holds")


def test_a_file_that_was_changed_after_it_was_received_is_serious(holding):
    assert ("ex-f1", "F20", "serious") in holding


def test_a_silent_server_without_a_meter_is_not_accused_but_undetermined(planted, query):
    sql = "select count(*) as found from fct_finding where rule_id = 'F01' and verdict = 'undetermined'"
    assert query(planted, sql)[0]["found"] == query(planted, sql + " and severity = 'watch'")[0]["found"]


def test_the_score_joins_families_and_not_rules(planted, query):
    rows = query(planted, "select * from fct_subject__score")
    assert rows
    for row in rows:
        product = 1.0
        for family in ("power", "identity", "money", "time"):
            product *= 1 - row[f"{family}_confidence"]
        assert row["score"] == pytest.approx(1 - product)
    (both,) = [row for row in rows if row["subject_kind"] == "all_of_center" and row["center_id"] == "ex-f1"]
    assert both["score"] == pytest.approx(1 - (1 - 0.8) * (1 - 0.9))


def test_no_input_is_told_apart_from_nothing_found(planted, query):
    sql = "select state from fct_center_rule__judged where center_id like 'go_live-%' and rule_id = "
    assert query(planted, sql + "'F01'") == [{"state": "no_input"}]
    assert query(planted, sql + "'F05'") == [{"state": "nothing_found"}]


def test_a_finding_keeps_its_name_and_says_what_it_rests_on(planted, query):
    rows = query(planted, "select * from fct_finding")
    for row in rows:
        parts = (row["rule_id"], row["center_id"], row["subject_kind"], row["subject_id"], str(row["period_start_on"]))
        assert row["finding_id"] == "/".join(parts)
        assert row["first_evidence_key"]
        assert row["evidence_count"] > 0
        assert row["period_start_on"].day == 1
