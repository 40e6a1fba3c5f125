import polars as pl
import pytest

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
    assert set(metrics["column"]) <= set(SAMPLE_SCHEMA)


def test_ten_vendors_are_mapped_and_each_can_name_a_device():
    vendors = vendor_mapping().vendors
    assert len(vendors) == 10
    assert all(vendor.identity and vendor.host and vendor.index for vendor in vendors.values())
