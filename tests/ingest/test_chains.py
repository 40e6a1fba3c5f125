import sqlalchemy as sa

from ingest.paths import DataDir
from ingest.state.chains import CHAIN_FAULT_SCHEMA, chain_faults
from ingest.state.findings_log import FindingsLog
from ingest.state.store import StateStore

FINDING = {"finding_id": "F05/c-1/device/d-1/2026-07-01", "severity": "serious"}


def test_logs_as_they_were_written_have_no_faults(tmp_path):
    store = StateStore(DataDir(tmp_path))
    FindingsLog(store).record(FINDING, "assign", "auditor", "operator")
    found = chain_faults(store)
    assert (found.schema, found.height) == (CHAIN_FAULT_SCHEMA, 0)


def test_a_changed_entry_is_told_with_the_log_it_is_in(tmp_path):
    store = StateStore(DataDir(tmp_path))
    FindingsLog(store).record(FINDING, "assign", "auditor", "operator")
    with store.engine.begin() as connection:
        connection.execute(sa.text("drop trigger finding_actions_refuse_update"))
        connection.execute(sa.text("update finding_actions set detail = 'nobody'"))
    (fault,) = chain_faults(store).rows()
    assert fault[:2] == ("finding_actions", 1)
    assert "is not what was written down" in fault[2]
