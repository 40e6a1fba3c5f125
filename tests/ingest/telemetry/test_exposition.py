from datetime import UTC, datetime

import polars as pl
import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.exposition import read_exposition, recognizes_exposition
from ingest.telemetry.readers import TELEMETRY_READERS

OBSERVED_AT = datetime(2026, 9, 1, 4, tzinfo=UTC)
SNAPSHOT = Declaration(center_id="c-1", observed_at=OBSERVED_AT)


@pytest.fixture
def read(tmp_path):
    def read_text(text, declaration=SNAPSHOT):
        path = tmp_path / "scrape"
        path.write_text(text, encoding="utf-8")
        return read_exposition(path, declaration, "sha")

    return read_text


def reasons(reading):
    return dict(reading.quarantined.select("source_line", "reason_code").rows())


def only_sample(reading):
    assert reading.samples.height == 1
    return reading.samples.row(0, named=True)


def test_the_metrics_of_a_device_become_one_sample_in_its_units(read):
    reading = read(
        "# HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).\n"
        'DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1",Hostname="n1"} 97\n'
        'DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0",UUID="GPU-1",Hostname="n1"} 0.25\n'
        'DCGM_FI_PROF_SM_ACTIVE{gpu="0",UUID="GPU-1",Hostname="n1"} 0.5\n'
        'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{gpu="0",UUID="GPU-1",Hostname="n1"} 0.125\n'
        'DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-1",Hostname="n1"} 2\n'
        'DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-1",Hostname="n1"} 350.5\n'
    )
    assert only_sample(reading) == {
        "center_id": "c-1",
        "device_uid": "GPU-1",
        "sampled_at_ms": int(OBSERVED_AT.timestamp() * 1_000),
        "utilization_pct": 97.0,
        "compute_active_pct": 25.0,
        "sm_active_pct": 50.0,
        "tensor_active_pct": 12.5,
        "memory_used_bytes": 2 << 20,
        "power_w": 350.5,
        "slice_id": None,
        "dram_active_pct": None,
        "slice_parts": None,
        "source_line": 2,
    }
    assert (reading.rows_in, reading.rows_accepted) == (6, 6)


def test_names_are_matched_whatever_their_case(read):
    assert only_sample(read('dcgm_fi_dev_gpu_util{uuid="GPU-1"} 5'))["utilization_pct"] == 5


def test_of_two_aliases_the_preferred_one_wins(read):
    old_name = 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 40\n'
    new_name = 'DCGM_FI_DEV_GPU_UTIL_RATIO{UUID="GPU-1"} 60\n'
    assert only_sample(read(new_name + old_name))["utilization_pct"] == 40


def test_a_sample_keeps_its_own_time(read):
    reading = read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5 1756684800213', Declaration("c-1"))
    assert only_sample(reading)["sampled_at_ms"] == 1_756_684_800_213


def test_open_metrics_times_are_seconds(read):
    reading = read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5 1756684800.213\n# EOF\n', Declaration("c-1"))
    assert only_sample(reading)["sampled_at_ms"] == 1_756_684_800_213


def test_without_any_time_every_sample_is_set_aside(read):
    reading = read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5\nDCGM_FI_DEV_GPU_TEMP{UUID="GPU-1"} 30\n', Declaration("c-1"))
    assert reasons(reading) == {1: "NO_TIMESTAMP", 2: "NO_TIMESTAMP"}
    assert (reading.rows_in, reading.rows_accepted, reading.samples.height) == (2, 0, 0)


def test_seconds_in_place_of_milliseconds_and_the_future_are_set_aside(read):
    text = 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5 1756684800\nDCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5 1799999999000\n'
    reading = read(text, Declaration("c-1", received_at=OBSERVED_AT))
    assert reasons(reading) == {1: "TIME_TOO_EARLY", 2: "TIME_IN_FUTURE"}


@pytest.mark.parametrize(
    "value", ["NaN", "2147483632", "2147483635", "9223372036854775794", "140737488355328.0", "+Inf"]
)
def test_a_value_that_means_no_reading_is_unknown_and_never_zero(read, value):
    sample = only_sample(read(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1"}} {value}'))
    assert sample["utilization_pct"] is None


def test_impossible_values_are_set_aside_and_the_rest_of_the_device_stays(read):
    reading = read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 808334905\nDCGM_FI_DEV_POWER_USAGE{UUID="GPU-1"} 300\n')
    assert reasons(reading) == {1: "UTILIZATION_OUT_OF_RANGE"}
    assert only_sample(reading) | {"utilization_pct": None, "power_w": 300.0} == only_sample(reading)
    assert reasons(read('DCGM_FI_DEV_POWER_USAGE{UUID="GPU-1"} -1')) == {1: "POWER_OUT_OF_RANGE"}
    assert reasons(read('DCGM_FI_DEV_POWER_USAGE{UUID="GPU-1"} 3001')) == {1: "POWER_OUT_OF_RANGE"}


@pytest.mark.parametrize(
    "line",
    [
        "...",
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"}',
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} high',
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1} 5',
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1" 5',
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5 noon',
        '7UTIL{UUID="GPU-1"} 5',
    ],
)
def test_a_malformed_line_is_set_aside_with_its_number_and_text(read, line):
    reading = read(f'# a comment\n\nDCGM_FI_DEV_GPU_UTIL{{UUID="GPU-2"}} 5\n{line}\n')
    assert reading.quarantined.select("source_line", "raw_text", "reason_code").rows() == [(4, line, "MALFORMED_LINE")]
    assert only_sample(reading)["device_uid"] == "GPU-2"


@pytest.mark.parametrize("blanks", ["{} {} {}\r", "{}\t{}\t{}", "{}  {}  {}", "{} {} {} \t", " {} {} {}", "{}{} {}"])
def test_blanks_between_and_around_the_parts_of_a_line_mean_nothing(read, blanks):
    line = blanks.format('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",pod="a } 5 6"}', 7, 1_756_684_800_213)
    sample = only_sample(read(f"{line}\n", Declaration("c-1")))
    assert (sample["device_uid"], sample["utilization_pct"], sample["sampled_at_ms"]) == ("GPU-1", 7, 1_756_684_800_213)


def test_a_control_character_is_no_blank(read):
    assert reasons(read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5\x011756684800213')) == {1: "MALFORMED_LINE"}


def test_exemplars_of_open_metrics_are_left_out(read):
    exemplar = '# {trace_id="} 5 6"} 0.67 1520879607.789'
    reading = read(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1"}} 5 1756684800.213 {exemplar}\n# EOF\n', Declaration("c-1"))
    assert only_sample(reading)["utilization_pct"] == 5


def test_labels_may_hold_braces_commas_and_escaped_quotes(read):
    reading = read(r'DCGM_FI_DEV_GPU_UTIL{pod="a{b},UUID=\"x\"", UUID="GPU-1",} 5')
    assert only_sample(reading)["device_uid"] == "GPU-1"


def test_without_a_uuid_the_host_and_slot_name_the_device_and_without_those_nothing_does(read):
    assert only_sample(read('DCGM_FI_DEV_GPU_UTIL{gpu="3",Hostname="n1",UUID=""} 5'))["device_uid"] == "n1/3"
    assert reasons(read('DCGM_FI_DEV_GPU_UTIL{gpu="3"} 5')) == {1: "NO_DEVICE_IDENTITY"}
    assert reasons(read("DCGM_FI_DEV_GPU_UTIL 5")) == {1: "NO_DEVICE_IDENTITY"}


def test_without_a_center_nothing_is_accepted(read):
    assert reasons(read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 5', Declaration(observed_at=OBSERVED_AT))) == {
        1: "NO_CENTER"
    }


def test_copies_that_contradict_each_other_leave_the_value_unknown(read):
    reading = read('DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",pod="a"} 5\nDCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",pod="b"} 6\n')
    assert only_sample(reading)["utilization_pct"] is None
    assert reading.notices["instants where copies contradict each other"] == 1


def test_a_slice_of_a_card_has_samples_of_its_own_without_plain_utilization(read):
    reading = read(
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1"} 0\n'
        'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",GPU_I_ID="1",GPU_I_PROFILE="3g.40gb"} 0\n'
        'DCGM_FI_PROF_GR_ENGINE_ACTIVE{UUID="GPU-1",GPU_I_ID="1",GPU_I_PROFILE="3g.40gb"} 0.5\n'
        'DCGM_FI_DEV_FB_USED{UUID="GPU-1",GPU_I_ID="1",GPU_I_PROFILE="3g.40gb"} 2\n'
    )
    columns = ("slice_id", "slice_parts", "utilization_pct", "compute_active_pct", "memory_used_bytes")
    assert reading.samples.select(columns).rows() == [(None, None, 0, None, None), ("1", 3, None, 50, 2 << 20)]


def test_the_boards_power_comes_with_every_slice_and_belongs_to_the_card(read):
    reading = read(
        'DCGM_FI_DEV_POWER_USAGE{UUID="GPU-1",GPU_I_ID="1",GPU_I_PROFILE="1g.10gb"} 200\n'
        'DCGM_FI_DEV_POWER_USAGE{UUID="GPU-1",GPU_I_ID="2",GPU_I_PROFILE="1g.10gb"} 200\n'
    )
    assert reading.samples.select("slice_id", "power_w").rows() == [(None, 200), ("1", None), ("2", None)]


@pytest.mark.parametrize(
    ("profile", "parts"),
    [("1g.5gb", 1), ("2g.20gb", 2), ("3G.40GB", 3), ("1g.10gb+me", 1), ("7g.80gb", 7), ("4g.24gb", None), ("", None)],
)
def test_a_profile_says_how_many_sevenths_a_slice_holds_or_its_size_is_unknown(read, profile, parts):
    labels = f'UUID="GPU-1",GPU_I_ID="1",GPU_I_PROFILE="{profile}"'
    sample = only_sample(read(f"DCGM_FI_PROF_GR_ENGINE_ACTIVE{{{labels}}} 0.5"))
    assert (sample["slice_id"], sample["slice_parts"], sample["compute_active_pct"]) == ("1", parts, 50)


def test_slices_of_an_exporter_that_does_not_say_their_size_are_dropped_and_counted(read):
    reading = read('mlu_utilization{sn="M-1",vf=""} 40\nmlu_utilization{sn="M-1",vf="1"} 90\n')
    assert only_sample(reading)["utilization_pct"] == 40
    assert reading.notices == {"rows of card slices": 1}


def test_metrics_stamped_seconds_apart_belong_to_the_nearest_utilization(read):
    labels = 'id="0",vdie_id="D-1"'
    reading = read(
        f"npu_chip_info_utilization{{{labels}}} 92 1756684800000\n"
        f"npu_chip_info_power{{{labels}}} 312.5 1756684796000\n"
        f"npu_chip_info_hbm_used_memory{{{labels}}} 1024 1756684744000\n"
    )
    sample = only_sample(reading)
    assert (sample["sampled_at_ms"], sample["utilization_pct"]) == (1_756_684_800_000, 92.0)
    assert (sample["power_w"], sample["memory_used_bytes"]) == (312.5, 1 << 30)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "scrape"
    path.write_bytes(b'DCGM_FI_DEV_GPU_UTIL{UUID="\xff\xfe"} 3\n')
    with pytest.raises(UnreadableFileError) as refused:
        read_exposition(path, SNAPSHOT, "sha")
    assert refused.value.code == "NOT_UTF8"


def test_only_accelerator_exporters_are_recognized():
    assert recognizes_exposition(b'# TYPE x gauge\nDCGM_FI_DEV_SM_CLOCK{gpu="0"} 139\n')
    assert not recognizes_exposition(b'vllm:num_requests_running{engine="0"} 13\n')
    assert not recognizes_exposition(b"device_uid,sampled_at\nDCGM_FI_DEV_GPU_UTIL,1\n")


def test_the_blank_sentinel_of_an_unsupported_metric_leaves_no_reading(shared_file):
    path = shared_file("traces/nvidia_dcgm/dcgm_exporter_readme_blank_sentinel.prom")
    reading = read_exposition(path, SNAPSHOT, "sha")
    assert (reading.rows_in, reading.rows_accepted, reading.samples.height) == (4, 3, 0)
    assert reasons(reading) == {7: "MALFORMED_LINE"}


def test_the_h100_scrape_holds_the_eight_idle_cards_of_one_node(shared_file):
    path = shared_file("traces/nvidia_dcgm/dcgm_h100_scrape_2026-03-10.prom")
    reading = read_exposition(path, SNAPSHOT, "sha")
    assert (reading.rows_in, reading.rows_accepted, reading.samples.height) == (30, 30, 8)
    assert reading.samples["utilization_pct"].to_list() == [0.0] * 8
    assert reading.samples["power_w"].max() == pytest.approx(113.611)
    assert reading.notices == {"rows of metrics that are not used": 6, "readings that serve to check others": 8}


def test_one_copy_per_job_does_not_double_a_device(shared_file):
    reading = read_exposition(shared_file("samples/generated/dcgm_exporter_hpc_jobs.prom"), SNAPSHOT, "sha")
    rows = reading.samples.sort("source_line").select("utilization_pct", pl.col("power_w").round(1))
    assert rows["utilization_pct"].to_list() == [88.0, 91.0, 0.0]
    assert rows["power_w"].to_list() == pytest.approx([350.1, 361.9, 70.2], abs=0.01)


def test_of_a_node_with_one_sliced_card_every_slice_has_a_sample(shared_file):
    reading = read_exposition(shared_file("samples/generated/dcgm_exporter_k8s_mig.prom"), SNAPSHOT, "sha")
    slices = reading.samples.filter(pl.col("slice_id").is_not_null())
    assert slices.select("slice_id", "slice_parts").rows() == [("1", 3), ("13", 1), ("5", 2)]
    assert slices["compute_active_pct"].to_list() == pytest.approx([40.21, 99.8, 0])
    cards = reading.samples.filter(pl.col("slice_id").is_null())
    assert cards["device_uid"].n_unique() == cards.height == 4
    assert cards["power_w"].null_count() == 0


@pytest.mark.parametrize(
    ("name", "device_count"),
    [
        ("ascend_npu_exporter_910b", 4),
        ("cambricon_mlu_exporter", 2),
        ("hygon_dcu_exporter", 2),
        ("iluvatar_ix_exporter", 2),
        ("metax_mx_exporter", 2),
        ("mthreads_mtgpu_exporter", 2),
        ("kunlunxin_xpu_exporter", 2),
        ("enflame_gcu_exporter", 2),
        ("amd_device_metrics_exporter", 2),
    ],
)
def test_every_other_vendors_sample_is_recognized_and_gives_one_row_per_device(shared_file, name, device_count):
    path = shared_file(f"samples/generated/{name}.prom")
    reader = next(reader for reader in TELEMETRY_READERS if reader.recognizes(path.read_bytes()))
    assert reader.format_name == "prometheus exposition"
    reading = reader.read(path, SNAPSHOT, "sha")
    assert reading.samples["device_uid"].n_unique() == reading.samples.height == device_count
    assert reading.rows_in == reading.rows_accepted
