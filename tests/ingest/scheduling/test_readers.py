"""Recognition by content: a scheduler's file is claimed by one reader, and files of other families by none of these."""

import pytest

from ingest.recognize import READERS
from ingest.records import RECORD_KINDS
from ingest.scheduling.readers import SCHEDULING_READERS

HEAD_BYTES = 64 * 1024


def names_of_readers_that_recognize(head: bytes, readers=SCHEDULING_READERS) -> list[str]:
    return [reader.format_name for reader in readers if reader.recognizes(head)]


@pytest.mark.parametrize(
    ("name", "format_names"),
    [
        ("generated/slurm_sacct_parsable2.psv", ["sacct"]),
        ("real/sacct-gcm/sample-sacct-running-output-large.txt", ["sacct"]),
        ("real/sacct-gcm/sample-sacct-output-invalid-utf8.txt", ["sacct"]),
        ("generated/kube_state_metrics_gpu.prom", ["kube-state-metrics"]),
        ("generated/dcgm_exporter_k8s_mig.prom", []),
        ("generated/dcgm_exporter_hpc_jobs.prom", []),
        ("generated/ascend_npu_exporter_910b.prom", []),
        ("generated/victoriametrics_export.jsonl", []),
        ("generated/contracts.csv", []),
        ("generated/netbox_devices_table_export.csv", []),
        ("generated/focus_1_2_offtake.csv", []),
        ("generated/llm_gateway_usage.jsonl", []),
        ("generated/asset_ledger_messy.xlsx", []),
    ],
)
def test_a_sample_is_recognized_by_its_own_reader_only(sample, name, format_names):
    assert names_of_readers_that_recognize(sample(name).read_bytes()[:HEAD_BYTES]) == format_names


@pytest.mark.parametrize("name", ["generated/slurm_sacct_parsable2.psv", "generated/kube_state_metrics_gpu.prom"])
def test_no_reader_of_another_family_claims_a_scheduler_file(sample, name):
    others = [reader for reader in READERS if reader not in SCHEDULING_READERS]
    assert names_of_readers_that_recognize(sample(name).read_bytes()[:HEAD_BYTES], others) == []


def test_no_canonical_record_header_is_mistaken_for_a_scheduler_file():
    for kind in RECORD_KINDS.values():
        assert names_of_readers_that_recognize((",".join(kind.headers) + "\n").encode()) == []
