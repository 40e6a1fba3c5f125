import json

import pytest

from ingest.reading import Declaration
from ingest.telemetry.victoriametrics import read_export, recognizes_export

CENTER = Declaration(center_id="c-1")
START_MS = 1_756_684_800_000


def series(values, metric="DCGM_FI_DEV_GPU_UTIL", **labels):
    times = [START_MS + 30_000 * number for number in range(len(values))]
    return json.dumps({"metric": {"__name__": metric, **labels}, "values": values, "timestamps": times})


@pytest.fixture
def read(tmp_path):
    def read_lines(*lines):
        path = tmp_path / "export"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_export(path, CENTER, "sha")

    return read_lines


def test_series_of_one_device_meet_in_one_sample_per_instant(read):
    reading = read(
        series([90, 91], UUID="GPU-1", pod="a"),
        series([300.5, 301.5], metric="DCGM_FI_DEV_POWER_USAGE", UUID="GPU-1"),
    )
    assert reading.samples.select(
        "device_uid", "sampled_at_ms", "utilization_pct", "power_w", "source_line"
    ).rows() == [
        ("GPU-1", START_MS, 90.0, 300.5, 1),
        ("GPU-1", START_MS + 30_000, 91.0, 301.5, 1),
    ]
    assert (reading.rows_in, reading.rows_accepted) == (4, 4)


def test_a_line_that_is_no_series_counts_as_one_row_and_the_others_are_read(read):
    reading = read(series([90], UUID="GPU-1"), '{"metric":{"__na', "", '{"foo":1}', series([7], uuid="GPU-2"))
    assert (reading.rows_in, reading.rows_accepted) == (4, 2)
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [
        (2, '{"metric":{"__na', "MALFORMED_LINE"),
        (4, '{"foo":1}', "MALFORMED_LINE"),
    ]
    assert reading.samples.select("device_uid", "utilization_pct", "source_line").rows() == [
        ("GPU-1", 90.0, 1),
        ("GPU-2", 7.0, 5),
    ]


def test_half_a_character_in_a_label_sets_its_line_aside_and_no_other(read):
    reading = read(series([90], UUID="GPU-\ud800"), series([7], UUID="GPU-2"))
    assert reading.quarantined.select("source_line", "reason_code").rows() == [(1, "MALFORMED_LINE")]
    assert reading.samples["device_uid"].to_list() == ["GPU-2"]


def test_lists_of_uneven_length_are_no_series(read):
    line = '{"metric":{"__name__":"DCGM_FI_DEV_GPU_UTIL","UUID":"GPU-1"},"values":[1,2],"timestamps":[1756684800000]}'
    assert read(line).quarantined["reason_code"].to_list() == ["MALFORMED_LINE"]


@pytest.mark.parametrize("value", [None, "NaN", "Infinity", 9_223_372_036_854_775_794, 2_147_483_634])
def test_a_value_that_means_no_reading_is_unknown_and_never_zero(read, value):
    reading = read(series([value, 5], UUID="GPU-1"))
    assert reading.samples["utilization_pct"].to_list() == [None, 5.0]
    assert (reading.rows_in, reading.rows_accepted) == (2, 2)


def test_an_impossible_value_is_set_aside_alone(read):
    reading = read(series([50, 808_334_905, 60], UUID="GPU-1"))
    assert reading.samples["utilization_pct"].to_list() == [50.0, 60.0]
    assert reading.quarantined.select("source_line", "reason_code").rows() == [(1, "UTILIZATION_OUT_OF_RANGE")]


def test_the_sample_export_gives_one_series_that_spans_two_lines(shared_file):
    path = shared_file("samples/generated/victoriametrics_export.jsonl")
    assert recognizes_export(path.read_bytes())
    reading = read_export(path, CENTER, "sha")
    assert (reading.rows_in, reading.rows_accepted, reading.samples.height) == (36, 36, 32)
    assert reading.samples["device_uid"].unique().to_list() == ["GPU-8478a8d1-10f6-90fa-88f8-3aa876fdd434"]
    assert reading.notices == {"energy counters that began again": 1}


def test_other_json_lines_are_left_to_others():
    assert not recognizes_export(b'{"request_id": "a", "metric": {"x": 1}}\n')


def test_slices_of_a_card_have_samples_of_their_own(read):
    active = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
    reading = read(
        series([0.9], metric=active, UUID="GPU-1", GPU_I_ID="7", GPU_I_PROFILE="1g.10gb"),
        series([0.5], metric=active, UUID="GPU-1", GPU_I_ID="1", GPU_I_PROFILE="3g.40gb"),
    )
    assert reading.samples.select("device_uid", "slice_id", "slice_parts", "compute_active_pct").rows() == [
        ("GPU-1", "1", 3, 50.0),
        ("GPU-1", "7", 1, 90.0),
    ]
