import polars as pl
import pytest
import yaml

from ingest.telemetry.mapping import vendor_mapping
from ingest.telemetry.schema import SAMPLE_SCHEMA


def mapped(metric):
    rows = vendor_mapping().metrics.filter(pl.col("metric") == metric.lower()).rows(named=True)
    return rows[0] if rows else None


@pytest.mark.parametrize(
    ("metric", "column", "scale"),
    [
        ("DCGM_FI_DEV_GPU_UTIL", "utilization_pct", 1),
        ("DCGM_FI_DEV_GPU_UTIL_RATIO", "utilization_pct", 1),
        ("dcgm_gpu_utilization", "utilization_pct", 1),
        ("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "compute_active_pct", 100),
        ("DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO", "compute_active_pct", 100),
        ("DCGM_FI_PROF_SM_ACTIVE", "sm_active_pct", 100),
        ("DCGM_FI_PROF_SM_UTIL_RATIO", "sm_active_pct", 100),
        ("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "tensor_active_pct", 100),
        ("DCGM_FI_PROF_TENSOR_UTIL_RATIO", "tensor_active_pct", 100),
        ("DCGM_FI_DEV_FB_USED", "memory_used_bytes", 1 << 20),
        ("DCGM_FI_DEV_POWER_USAGE", "power_w", 1),
        ("DCGM_FI_DEV_BOARD_POWER_WATTS", "power_w", 1),
    ],
)
def test_every_nvidia_metric_lands_in_its_column_and_unit(metric, column, scale):
    row = mapped(metric)
    assert (row["vendor"], row["column"], row["scale"]) == ("nvidia", column, scale)


def test_a_share_of_capability_is_never_taken_for_watts():
    assert mapped("enflame_gcu_power_usage") is None
    assert mapped("enflame_gcu_power_consumption")["column"] == "power_w"


def test_a_metric_has_one_meaning_and_every_column_exists():
    metrics = vendor_mapping().metrics
    assert metrics["metric"].is_unique().all()
    checks = {"memory_free_bytes", "memory_total_bytes", "temperature_c", "is_healthy", "energy_j"}
    assert set(metrics["column"]) - set(SAMPLE_SCHEMA) == checks


def test_ten_vendors_are_mapped_and_each_can_name_a_device():
    vendors = vendor_mapping().vendors
    assert len(vendors.keys() - {"nvidia_smi"}) == 10
    assert all(vendor.identity and vendor.host and vendor.index for vendor in vendors.values())


LIKE_OURS = {
    "util_ratio": "utilization_pct",
    "compute_active_ratio": "compute_active_pct",
    "sm_active_ratio": "sm_active_pct",
    "tensor_active_ratio": "tensor_active_pct",
    "mem_used_bytes": "memory_used_bytes",
    "mem_free_bytes": "memory_free_bytes",
    "mem_total_bytes": "memory_total_bytes",
    "power_w": "power_w",
    "energy_j_total": "energy_j",
    "temp_c": "temperature_c",
    "health": "is_healthy",
}
LEFT_OUT = {
    "mem_bw_ratio": "no figure needs it",
    "last_error_code": "a code of the last error says neither sick nor well",
}
FALLS_BACK = {
    ("huawei", "compute_active_ratio", "npu_chip_info_utilization"),
    ("cambricon", "compute_active_ratio", "mlu_utilization"),
    ("amd", "compute_active_ratio", "gpu_gfx_activity"),
    ("amd", "compute_active_ratio", "amd_gpu_gfx_activity"),
}
"""A plain utilization is class B evidence and stays it: it never stands in for a profiling counter."""


def test_every_name_unit_sentinel_and_code_of_the_reference_mapping_is_in_ours(shared_file):
    ours = vendor_mapping()
    for theirs in yaml.safe_load(shared_file("reference/vendor_mapping.yaml").read_text())["vendors"]:
        vendor = ours.vendors[theirs["vendor"]]
        assert set(map(float, theirs.get("null_if", ()))) == set(vendor.no_reading)
        assert {label.lower() for label in theirs["host"]} <= set(vendor.host)
        assert vendor.model in {label.lower() for label in theirs["model"]}
        assert vendor.partition_label in {label.lower() for label in theirs.get("partition", [])} | {None}
        for column, entry in theirs["metrics"].items():
            if column in LEFT_OUT:
                continue
            for name in entry["names"]:
                if (theirs["vendor"], column, name) in FALLS_BACK:
                    continue
                row = mapped(name)
                factor = 100 if column.endswith("_ratio") else 1
                assert (row["vendor"], row["column"]) == (theirs["vendor"], LIKE_OURS[column]), name
                assert row["scale"] == pytest.approx(entry.get("scale", 1) * factor), name
            if "map" in entry:
                assert vendor.codes["is_healthy"] == entry["map"]
        for column, values in theirs.get("null_if_by_col", {}).items():
            assert set(vendor.no_reading_of[LIKE_OURS[column]]) == set(values)


def test_every_metric_of_the_reference_patterns_is_recognized_as_an_exporters(shared_file):
    pattern = vendor_mapping().pattern
    for theirs in yaml.safe_load(shared_file("reference/vendor_mapping.yaml").read_text())["vendors"]:
        for entry in theirs["metrics"].values():
            assert all(pattern.match(name) for name in entry["names"])
