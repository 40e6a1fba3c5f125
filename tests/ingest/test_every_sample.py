"""Every file among the samples, real and generated, is read to the last row or refused with the reason stated here."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.reasons import REASONS
from ingest.recognize import reader_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
DECLARED = Declaration(
    center_id="c-1",
    observed_at=datetime(2026, 9, 1, 4, tzinfo=UTC),
    received_at=datetime(2026, 11, 1, tzinfo=UTC),
    time_zone="Asia/Shanghai",
    server_id="host-1",
)

REFUSED = {
    # texts about the samples
    "README.md": "UNKNOWN_FORMAT",
    "real/ascend/LICENSE.Apache-2.0": "UNKNOWN_FORMAT",
    "real/cambricon/LICENSE.Apache-2.0": "UNKNOWN_FORMAT",
    "real/focus/license.md": "UNKNOWN_FORMAT",
    "real/nvidia-smi/LICENSE.MIT": "UNKNOWN_FORMAT",
    "real/nvidia_gpu_exporter/LICENSE.MIT": "UNKNOWN_FORMAT",
    "real/redfish/LICENSE.BSD3.md": "UNKNOWN_FORMAT",
    "real/sacct-gcm/LICENSE.MIT": "UNKNOWN_FORMAT",
    # a rating service's frames and a model server's own counters: no format of data/README.md
    "generated/cloudkitty_dataframes_v2.json": "UNKNOWN_FORMAT",
    "generated/vllm_metrics.prom": "UNKNOWN_FORMAT",
    # registers of another layout: they go into the workbook or the CSV of a record kind
    "generated/contracts.csv": "UNKNOWN_FORMAT",
    "generated/subsidies_and_vouchers.csv": "UNKNOWN_FORMAT",
    # tables of machines that do not say how many accelerators a machine holds
    "generated/netbox_devices_table_export.csv": "MISSING_COLUMN",
    "generated/opendcim_device_export.csv": "MISSING_COLUMN",
    # lists of users and queues, no jobs
    "real/sacct-gcm/sample-sacctmgr-qos-expected.json": "UNKNOWN_FORMAT",
    "real/sacct-gcm/sample-sacctmgr-qos.txt": "UNKNOWN_FORMAT",
    "real/sacct-gcm/sample-sacctmgr-user-expected.json": "UNKNOWN_FORMAT",
    "real/sacct-gcm/sample-sacctmgr-user-info.txt": "UNKNOWN_FORMAT",
    "real/sacct-gcm/sample-sacctmgr-user.txt": "UNKNOWN_FORMAT",
}

SET_ASIDE = {
    "generated/asset_ledger_messy.xlsx": {"SERIAL_DAMAGED": 1},
    "generated/llm_gateway_usage.jsonl": {"CONFLICTING_KEY": 1},
    "generated/netbox_api_core_object_changes.json": {"MISSING_VALUE": 1},
    "generated/remote_write_v1.snappy": {"UTILIZATION_OUT_OF_RANGE": 980},
    "generated/remote_write_v2.snappy": {"UTILIZATION_OUT_OF_RANGE": 980},
    "real/ascend/prometheus_metrics.prom": {"TIME_TOO_EARLY": 64},
    "real/sacct-gcm/sample-sacct-multiple-multiline-expected.txt": {"EXACT_DUPLICATE": 2},
    "real/sacct-gcm/sample-sacct-multiple-multiline.txt": {"EXACT_DUPLICATE": 2},
    "real/sacct-gcm/sample-sacct-output-midnight-edge-case-small-expected.txt": {"MISSING_COLUMN": 3},
    "real/sacct-gcm/sample-sacct-output-midnight-edge-case-small.txt": {"MISSING_COLUMN": 3},
    "real/sacct-gcm/sample-sacct-output-midnight-edge-case.txt": {"MISSING_COLUMN": 306},
    "real/sacct-gcm/sample-sacct-output-with-invalid-lines.txt": {"WRONG_COLUMN_COUNT": 1},
}
"""Rows set aside by reason; of every other file all rows are accepted."""

MASKED = "real/nvidia_gpu_exporter/"
"""Their publisher put zeros in place of every UUID: the rows of the card name no device."""


def names() -> list[str]:
    if not SAMPLES.is_dir():
        return ["absent"]
    return [str(path.relative_to(SAMPLES)) for path in sorted(SAMPLES.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("name", names())
def test_every_sample_is_read_to_its_last_row_or_refused_with_a_stated_reason(name: str):
    if not SAMPLES.is_dir():
        pytest.skip("the folder of samples is not beside this checkout")
    path = SAMPLES / name
    if name in REFUSED:
        with pytest.raises(UnreadableFileError) as refusal:
            reader_of(path, path.name).read(path, DECLARED, "0" * 64)
        assert refusal.value.code == REFUSED[name]
        assert refusal.value.code in REASONS
        return
    reading = reader_of(path, path.name).read(path, DECLARED, "0" * 64)
    assert reading.rows_in == reading.rows_accepted + reading.quarantined.height > 0
    kept = reading.samples.height + sum(frame.height for frame in reading.records.values())
    assert kept or reading.notices or reading.quarantined.height, "nothing came of it and nothing says why"
    reasons = dict(reading.quarantined["reason_code"].value_counts().rows())
    if name.startswith(MASKED):
        assert set(reasons) == {"NO_DEVICE_IDENTITY"}
    else:
        assert reasons == SET_ASIDE.get(name, {})


def test_no_statement_is_left_of_a_sample_that_is_gone():
    if not SAMPLES.is_dir():
        pytest.skip("the folder of samples is not beside this checkout")
    assert (REFUSED.keys() | SET_ASIDE.keys()) <= set(names())
