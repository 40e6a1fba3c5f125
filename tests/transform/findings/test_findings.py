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
        ("registered_move", "F02"),
        ("registered_move", "F03"),
        ("claim_of_next_quarter", "F10"),
        ("patchy_network", "F11"),
        ("short_lease", "F15"),
        ("dear_month", "F15"),
        ("like_the_market", "F15"),
        ("leases_end_as_signed", "F16"),
        ("steady_training", "F05"),
        ("steady_training", "F06"),
        ("steady_training", "F19"),
        ("restored_backup", "F20"),
    ],
)
def test_a_rule_is_silent_on_its_own_false_positive(holding, scenario, rule_id):
    # F16 tells of one large tenant in most centers; that is information and no question about a wave.
    mild = {("F16", "info")}
    said = {(rule, severity) for name, rule, severity in holding if name == scenario}
    assert rule_id not in {rule for rule, _ in said - mild}


@pytest.mark.parametrize(
    ("scenario", "rule_id"),
    [
        ("vanished_card", "F02"),
        ("silent_when_idle", "F11"),
        ("price_outlier", "F15"),
        ("price_without_peers", "F15"),
        ("disguised_feed", "F12"),
        ("cancel_wave", "F16"),
        ("monoculture", "F19"),
    ],
)
def test_a_rule_is_silent_below_its_limit(holding, scenario, rule_id):
    said = {(rule, severity) for name, rule, severity in holding if name == f"faint {scenario}"}
    assert rule_id not in {rule for rule, _ in said - {("F16", "info")}}


def test_one_edited_file_of_four_is_enough(holding):
    assert ("faint edited_file", "F20", "serious") in holding


def test_a_low_power_load_that_rests_at_night_is_asked_about_by_its_power_alone(holding):
    rules = {rule for name, rule, _ in holding if name == "faint monoculture"}
    assert "F05" in rules
    assert "F19" not in rules


def test_a_claimed_invoice_and_listed_slices_are_counted_twice_each_as_what_it_is(planted, query):
    rows = query(
        planted,
        """select split_part(center_id, '-', 1) as scenario, subject_kind, unit, count(*) as n from fct_finding
        where rule_id = 'F10' and (center_id like 'double_claim%' or center_id like 'listed_slices%')
        group by all order by all""",
    )
    assert [tuple(row.values()) for row in rows] == [
        ("double_claim", "claimed_item", "claims", 1),
        ("listed_slices", "slice", "days", 4),
    ]


def test_every_rule_leads_to_lines_of_files(planted, query):
    rows = query(
        planted,
        """select findings.rule_id, count(distinct findings.finding_id) as findings,
            count(distinct evidence.finding_id) as traced
        from fct_finding as findings left join fct_finding__evidence as evidence using (finding_id)
        where findings.subject_kind <> 'chain' group by all order by all""",
    )
    assert [row["rule_id"] for row in rows] == [f"F{number:02}" for number in range(1, 21)]
    assert [row["rule_id"] for row in rows if row["traced"] < row["findings"]] == []


def test_evidence_of_a_card_that_vanished_names_the_card_and_the_day_before(planted, query):
    rows = query(
        planted,
        """select evidence.record_kind, evidence.record_id, evidence.last_day_on, findings.evidence_start_on
        from fct_finding__evidence as evidence inner join fct_finding as findings using (finding_id)
        where rule_id = 'F02' and findings.center_id like 'vanished_card-1-%'""",
    )
    (last,) = [row for row in rows if row["record_kind"] == "device_days"]
    assert (last["record_id"][-4:], (last["evidence_start_on"] - last["last_day_on"]).days) == ("-c10", 1)
    assert {row["record_kind"] for row in rows} == {"device_days", "device_events"}


def test_boards_listed_as_two_cards_each_are_watched_as_a_center_ahead_of_its_plan_is(holding):
    assert ("listed_logical_devices", "F10", "watch") in holding
    assert ("racked_before_its_plan", "F10", "watch") in holding


def test_a_lease_without_peers_leads_to_the_quotation_it_was_held_against(planted, query):
    found = query(
        planted,
        "select record_kind, count(*) as row_count from int_findings__evidence_records "
        "where finding_id like 'F15/price_without_peers-1-%' group by all order by all",
    )
    assert [row["record_kind"] for row in found] == ["lease_devices", "leases", "market_prices"]


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


def test_a_gap_in_a_chained_log_is_serious_and_of_no_one_center(planted, query):
    (row,) = query(planted, "select * from fct_finding where subject_kind = 'chain'")
    assert (row["center_id"], row["subject_id"], row["severity"], row["unit"]) == (
        "unknown",
        "publications",
        "serious",
        "faults",
    )


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
