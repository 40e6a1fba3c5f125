"""Series of any transport: what was set aside says what it said, and that it said no time where it did not."""

from ingest.reading import Declaration
from ingest.telemetry.series import read_series

AT_MS = 1_769_907_600_000


def test_a_value_without_a_time_says_so_in_its_raw_text():
    labels = {"__name__": "DCGM_FI_DEV_GPU_UTIL", "UUID": "GPU-1"}
    series = (3, labels, [None, AT_MS, AT_MS + 60_000], [50.0, 101.0, 60.0])
    reading = read_series("dump", [series], Declaration("c-1"))
    assert reading.quarantined.select("source_line", "reason_code", "raw_text").rows() == [
        (3, "NO_TIMESTAMP", "dcgm_fi_dev_gpu_util 50.0 without a time"),
        (3, "UTILIZATION_OUT_OF_RANGE", f"dcgm_fi_dev_gpu_util 101.0 @{AT_MS}"),
    ]
    assert reading.samples["utilization_pct"].to_list() == [60.0]
