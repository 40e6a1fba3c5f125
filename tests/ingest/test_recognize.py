"""A file is known by its content: every public sample goes to its own reader, whatever it is called."""

from pathlib import Path

import pytest

from ingest.reading import UnreadableFileError
from ingest.recognize import reader_of

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
EXPECTED = {
    "generated/dcgm_exporter_hpc_jobs.prom": "prometheus exposition",
    "generated/ascend_npu_exporter_910b.prom": "prometheus exposition",
    "generated/victoriametrics_export.jsonl": "victoriametrics export",
    "generated/prometheus_query_range_selector_raw.json": "prometheus api answer",
    "generated/slurm_sacct_parsable2.psv": "sacct",
    "real/sacct-gcm/sample-sacct-output.txt": "sacct",
    "generated/kube_state_metrics_gpu.prom": "kube",
    "generated/asset_ledger_messy.xlsx": "inventory xlsx",
    "generated/netbox_api_dcim_devices.json": "netbox",
    "generated/llm_gateway_usage.jsonl": "gateway request log",
    "real/redfish/mockups_DSP2046-examples_EnvironmentMetrics-v1-example.json": "redfish",
    "real/redfish/mockups_DSP2046-examples_MetricReport-v1-example.json": "redfish",
    "real/redfish/mockups_public-pdu_PowerEquipment_RackPDUs_1_Metrics_index.json": "redfish",
    "generated/focus_1_2_offtake.csv": "focus",
    "real/focus/focus_1.0_sample.csv": "focus",
    "real/nvidia-smi/linux-x86_64__nvidia-h100-80gb-hbm3__590.48.01.txt": "nvidia-smi",
}
NOT_TAKEN = ("generated/cloudkitty_dataframes_v2.json",)


@pytest.fixture
def sample(tmp_path: Path):
    """A copy of a sample under a name that tells nothing."""

    def copy(name: str) -> Path:
        if not SAMPLES.is_dir():
            pytest.skip("the folder of public samples is not beside this checkout")
        unnamed = tmp_path / "x"
        unnamed.write_bytes((SAMPLES / name).read_bytes())
        return unnamed

    return copy


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_goes_to_its_own_reader(sample, name):
    assert EXPECTED[name] in reader_of(sample(name), "x").format_name.lower()


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_no_reader_takes_yet_is_refused_and_not_taken_for_something_else(sample, name):
    with pytest.raises(UnreadableFileError, match="no known format"):
        reader_of(sample(name), "x")
