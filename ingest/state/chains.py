"""The chained logs of the state store, proved entry by entry: what is missing, out of its place or changed."""

import polars as pl

from ingest.state.access_log import AccessLog
from ingest.state.findings_log import FindingsLog
from ingest.state.register import Register
from ingest.state.store import StateStore

CHAIN_FAULT_SCHEMA: dict[str, pl.DataType] = {"chain": pl.String(), "fault_no": pl.Int64(), "fault": pl.String()}
"""One row per fault: which log, its number there, and what is wrong in a sentence."""


def chain_faults(store: StateStore) -> pl.DataFrame:
    """Faults of all chained logs, as `CHAIN_FAULT_SCHEMA`; `register verify` hashes every figure again too."""
    found = {
        "publications": Register(store).faults_of_chain(),
        "finding_actions": FindingsLog(store).faults(),
        "access_entries": AccessLog(store).faults(),
    }
    rows = [(chain, number, fault) for chain, faults in found.items() for number, fault in enumerate(faults, start=1)]
    return pl.DataFrame(rows, schema=CHAIN_FAULT_SCHEMA, orient="row")
