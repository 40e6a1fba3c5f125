"""Every sample of telemetry, real and generated, normalizes; one without an expectation here fails."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.reading import Declaration
from ingest.recognize import reader_of
from ingest.telemetry.readers import TELEMETRY_READERS

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
DECLARED = Declaration(
    center_id="c-1", observed_at=datetime(2026, 9, 1, 4, tzinfo=UTC), time_zone="Asia/Shanghai", server_id="host-1"
)
EXPOSITION, CAPTURE = "prometheus exposition", "nvidia-smi csv"
EXPORTER, SMI = "real/nvidia_gpu_exporter/linux-x86_64__nvidia-", "real/nvidia-smi/linux-x86_64__nvidia-"

# name: format, devices, rows accepted, rows set aside with their one reason,
# and of the first sample: utilization, compute active, power, mebibytes in use
EXPECTED = {
    "generated/amd_device_metrics_exporter.prom": (EXPOSITION, 2, 15, {}, (77, None, 610, 151_200)),
    "generated/ascend_npu_exporter_910b.prom": (EXPOSITION, 4, 43, {}, (92, 97, 312.4, 58_213)),
    "generated/cambricon_mlu_exporter.prom": (EXPOSITION, 2, 21, {}, (71, None, 341, 65_536)),
    "generated/dcgm_exporter_hpc_jobs.prom": (EXPOSITION, 3, 11, {}, (91, None, 361.9, None)),
    "generated/dcgm_exporter_k8s_mig.prom": (EXPOSITION, 4, 51, {}, (100, 99.882, 431.22, 94_300)),
    "generated/enflame_gcu_exporter.prom": (EXPOSITION, 2, 14, {}, (33, None, 141.2, 29_563)),
    "generated/hygon_dcu_exporter.prom": (EXPOSITION, 2, 12, {}, (83, None, 268, 48_637)),
    "generated/iluvatar_ix_exporter.prom": (EXPOSITION, 2, 14, {}, (0, None, 54, 116)),
    "generated/kunlunxin_xpu_exporter.prom": (EXPOSITION, 2, 12, {}, (49, None, 262, 73_432)),
    "generated/metax_mx_exporter.prom": (EXPOSITION, 2, 14, {}, (64, None, 287.4, 49_152)),
    "generated/mthreads_mtgpu_exporter.prom": (EXPOSITION, 2, 10, {}, (58, None, 311, 58_174)),
    "generated/prometheus_query_range.json": ("prometheus api answer", 1, 19, {}, (91, None, None, None)),
    "generated/prometheus_query_range_selector_raw.json": ("prometheus api answer", 1, 32, {}, (90, None, None, None)),
    # its generator drew the profiling counter, a share of one, from 0 to 100
    "generated/remote_write_v1.snappy": (
        "prometheus remote write",
        1_000,
        1_020,
        {"UTILIZATION_OUT_OF_RANGE": 980},
        (63.014, None, None, None),
    ),
    "generated/remote_write_v2.snappy": (
        "prometheus remote write",
        1_000,
        1_020,
        {"UTILIZATION_OUT_OF_RANGE": 980},
        (63.014, None, None, None),
    ),
    "generated/victoriametrics_export.jsonl": ("victoriametrics export", 1, 36, {}, (90, None, None, None)),
    # seconds where milliseconds belong: 1970
    "real/ascend/prometheus_metrics.prom": (EXPOSITION, 0, 66, {"TIME_TOO_EARLY": 64}, None),
    "real/ascend/prometheus_metrics2.prom": (EXPOSITION, 0, 2, {}, None),
    "real/cambricon/collect_metrics.json": ("exporter metric dump", 4, 1_054, {}, (11, 11, 30, 20)),
    "real/iluvatar/readme_example.prom": (EXPOSITION, 3, 38, {}, (0, None, 54, 257)),
    # their publisher put zeros in place of the UUID, and the exporter names no host
    f"{EXPORTER}h100-80gb-hbm3__590.48.01__idle.metrics": (EXPOSITION, 0, 125, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{EXPORTER}h100-80gb-hbm3__590.48.01__load.metrics": (EXPOSITION, 0, 131, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{EXPORTER}h100-mig__590.48.01__idle.metrics": (EXPOSITION, 0, 116, {"NO_DEVICE_IDENTITY": 6}, None),
    f"{EXPORTER}h100-mig__590.48.01__load.metrics": (EXPOSITION, 0, 122, {"NO_DEVICE_IDENTITY": 6}, None),
    f"{EXPORTER}h200-mig__590.48.01__idle.metrics": (EXPOSITION, 0, 117, {"NO_DEVICE_IDENTITY": 6}, None),
    f"{EXPORTER}h200-mig__590.48.01__load.metrics": (EXPOSITION, 0, 123, {"NO_DEVICE_IDENTITY": 6}, None),
    f"{EXPORTER}h200__590.48.01__idle.metrics": (EXPOSITION, 0, 126, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{EXPORTER}h200__590.48.01__load.metrics": (EXPOSITION, 0, 132, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{EXPORTER}l40s__595.80__idle.metrics": (EXPOSITION, 0, 123, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{EXPORTER}l40s__595.80__load.metrics": (EXPOSITION, 0, 127, {"NO_DEVICE_IDENTITY": 7}, None),
    f"{SMI}geforce-rtx-2080-super__595.71.05.txt": (CAPTURE, 1, 2, {}, (0, None, 39.32, 214)),
    f"{SMI}geforce-rtx-2080-super__610.57.04.txt": (CAPTURE, 1, 2, {}, (0, None, 39.17, 211)),
    f"{SMI}geforce-rtx-4080-super__595.71.05.txt": (CAPTURE, 1, 2, {}, (0, None, 26.2, 596)),
    f"{SMI}h100-80gb-hbm3__590.48.01.txt": (CAPTURE, 1, 2, {}, (0, None, 69.85, 0)),
    f"{SMI}h100-mig__590.48.01.txt": (CAPTURE, 1, 2, {}, (None, None, 71.15, 59)),
    f"{SMI}h200-mig__590.48.01.txt": (CAPTURE, 1, 2, {}, (None, None, 78.28, 55)),
    f"{SMI}h200__590.48.01.txt": (CAPTURE, 1, 2, {}, (0, None, 77.71, 0)),
    f"{SMI}l40s__595.80.txt": (CAPTURE, 1, 2, {}, (100, None, 144.97, 0)),
}

NO_DEVICES = (
    "README.md",
    "LICENSE",
    "license",
    "asset_ledger",
    "cloudkitty",
    "contracts.csv",
    "focus",
    "kube_state_metrics",
    "llm_gateway",
    "netbox",
    "opendcim",
    "redfish",
    "sacct",
    "subsidies",
    "vllm",
)
"""Parts of the names of samples that hold no reading of a card: registers, job logs, bills, power of machines."""


def names():
    if not SAMPLES.is_dir():
        return sorted(EXPECTED)
    found = [str(path.relative_to(SAMPLES)) for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    return [name for name in found if not any(part in name for part in NO_DEVICES)]


def read(name, declaration=DECLARED):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the folder of samples is not beside this checkout")
    reader = reader_of(path, path.name)
    assert reader in TELEMETRY_READERS
    return reader.read(path, declaration, "0" * 64)


@pytest.mark.parametrize("name", names())
def test_every_sample_of_telemetry_normalizes_to_what_stands_in_it(name):
    assert name in EXPECTED, "a new sample: say in EXPECTED what it holds"
    format_name, device_count, accepted, reasons, first = EXPECTED[name]
    reading = read(name)
    counts = dict(reading.quarantined["reason_code"].value_counts().rows())
    assert (reading.format_name, reading.rows_accepted, counts) == (format_name, accepted, reasons)
    assert reading.rows_in == accepted + reading.quarantined.height
    assert reading.samples["device_uid"].n_unique() == device_count
    if first is None:
        assert reading.samples.is_empty()
        return
    sample = reading.samples.row(0, named=True)
    used = sample["memory_used_bytes"]
    seen = (sample["utilization_pct"], sample["compute_active_pct"], sample["power_w"])
    assert (*seen, None if used is None else used >> 20) == pytest.approx(first, abs=0.001)


def test_no_expectation_is_left_of_a_sample_that_is_gone():
    if not SAMPLES.is_dir():
        pytest.skip("the folder of samples is not beside this checkout")
    assert sorted(EXPECTED) == sorted(names())


@pytest.mark.parametrize(
    ("capture", "utilization", "power_w"),
    [
        ("h100-80gb-hbm3__590.48.01__load", 100, 631.95),
        ("h100-mig__590.48.01__load", None, 433.78),
        ("h200__590.48.01__idle", 0, 77.71),
        ("l40s__595.80__idle", 100, 144.97),
    ],
)
def test_of_a_real_scrape_with_its_uuid_put_back_the_prefix_is_put_back_too(tmp_path, capture, utilization, power_w):
    """The exporter takes the `GPU-` off; without it a card would be two."""
    masked = SAMPLES / f"{EXPORTER}{capture}.metrics"
    if not masked.exists():
        pytest.skip("the folder of samples is not beside this checkout")
    uuid = "8478a8d1-10f6-90fa-88f8-3aa876fdd434"
    path = tmp_path / "scrape"
    path.write_text(masked.read_text().replace("00000000-0000-0000-0000-000000000000", uuid))
    reading = reader_of(path, path.name).read(path, DECLARED, "0" * 64)
    sample = reading.samples.row(0, named=True)
    assert (reading.samples.height, reading.quarantined.height) == (1, 0)
    assert (sample["device_uid"], sample["utilization_pct"]) == (f"GPU-{uuid}", utilization)
    assert sample["power_w"] == pytest.approx(power_w)
