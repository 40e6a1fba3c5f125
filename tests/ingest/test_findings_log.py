from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from ingest.paths import DataDir
from ingest.state.findings_log import ActionError, FindingsLog
from ingest.state.store import StateStore

FINDING = {"finding_id": "F05/c-1/device/d-1/2026-07-01", "severity": "serious", "observed": 0.069}


@pytest.fixture
def store(tmp_path):
    return StateStore(DataDir(tmp_path).create())


@pytest.fixture
def log(store):
    return FindingsLog(store)


def test_a_finding_is_open_until_somebody_acts_and_its_reply_stands_beside_it(log):
    assert log.standing(FINDING["finding_id"]).status == "open"
    log.record(FINDING, "assign", "auditor", detail="operator of c-1")
    log.record(FINDING, "reply", "operator of c-1", detail="operator of c-1", message="A polling inference server.")
    standing = log.standing(FINDING["finding_id"])
    assert (standing.status, standing.assignee, standing.reply) == (
        "answered",
        "operator of c-1",
        "A polling inference server.",
    )
    log.record(FINDING, "close", "auditor", detail="explained", message="Tokens were served.")
    assert log.standings()[FINDING["finding_id"]].outcome == "explained"
    assert [action.action_no for action in log.actions()] == [1, 2, 3]
    assert log.faults() == []


@pytest.mark.parametrize(
    ("action", "detail", "message"),
    [("assign", "", ""), ("reply", "x", ""), ("close", "guilty", "so it is"), ("accuse", "x", "y"), ("reopen", "", "")],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_trace(log, action, detail, message):
    with pytest.raises(ActionError):
        log.record(FINDING, action, "auditor", detail, message)
    assert log.actions() == []


def test_a_closed_finding_is_reopened_before_anything_else(log):
    log.record(FINDING, "close", "auditor", "not_decidable", "No meter.")
    with pytest.raises(ActionError, match="reopen it first"):
        log.record(FINDING, "reply", "operator", "operator", "But look.")
    log.record(FINDING, "reopen", "auditor")
    assert log.standing(FINDING["finding_id"]).status == "open"


def test_the_log_refuses_to_be_changed_and_says_so_where_it_was_changed_anyway(store, log):
    for message in ("first", "second"):
        log.record(FINDING, "reply", "operator", "operator", message)
    change = sa.text("update finding_actions set message = 'never said' where action_no = 1")
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(change)
    with store.engine.begin() as connection:
        connection.execute(sa.text("drop trigger finding_actions_refuse_update"))
        connection.execute(change)
    assert log.faults() == [f"Action 1 on {FINDING['finding_id']} is not what was written down."]


def test_a_removed_action_is_missed(store, log):
    for message in ("first", "second"):
        log.record(FINDING, "reply", "operator", "operator", message)
    with store.engine.begin() as connection:
        connection.execute(sa.text("drop trigger finding_actions_refuse_delete"))
        connection.execute(sa.text("delete from finding_actions where action_no = 1"))
    assert log.faults() == ["Action 1 is missing: number 2 stands in its place."]


def test_twenty_at_once_open_the_store_and_none_of_them_fails(tmp_path):
    data_dir = DataDir(tmp_path).create()
    with ThreadPoolExecutor(20) as readers:
        logs = list(readers.map(lambda _: FindingsLog(StateStore(data_dir)).actions(), range(20)))
    assert logs == [[]] * 20
