"""The traps of the reference on formats, section 3.2, each by name: what exporters print, and what becomes of it."""

import json
import struct
from datetime import UTC, datetime

import pytest

from ingest.paths import REPOSITORY_ROOT
from ingest.reading import Declaration
from ingest.telemetry.exposition import read_exposition
from ingest.telemetry.model_checks import HIGHEST_POWER_PERCENT_OF_TDP
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA
from ingest.telemetry.victoriametrics import read_export

NOW = datetime(2026, 9, 1, 4, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1_000)
DECLARED = Declaration(center_id="c-1", observed_at=NOW)
UUID = "8478a8d1-10f6-90fa-88f8-3aa876fdd434"


@pytest.fixture
def scrape(tmp_path):
    def read(*lines, declaration=DECLARED):
        path = tmp_path / "scrape"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_exposition(path, declaration, "sha")

    return read


@pytest.fixture
def export(tmp_path):
    def read(*series):
        """Series as `(metric, labels, values, seconds after now)`."""
        path = tmp_path / "export"
        rows = [
            {
                "metric": {"__name__": name, **labels},
                "values": values,
                "timestamps": [NOW_MS + 1_000 * s for s in times],
            }
            for name, labels, values, times in series
        ]
        path.write_text("\n".join(map(json.dumps, rows)) + "\n")
        return read_export(path, DECLARED, "sha")

    return read


def one(reading):
    assert reading.samples.height == 1
    return reading.samples.row(0, named=True)


def reasons(reading):
    return reading.quarantined["reason_code"].to_list()


@pytest.mark.parametrize("label", ["Hostname", "hostname", "HOSTNAME"])
def test_the_host_is_found_whatever_the_version_writes_it_with(scrape, label):
    assert one(scrape(f'DCGM_FI_DEV_GPU_UTIL{{gpu="3",{label}="n1"}} 5'))["device_uid"] == "n1/3"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ('DCGM_FI_DEV_GPU_UTIL_RATIO{UUID="GPU-1"} 97', "utilization_pct", 97),
        ('DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO{UUID="GPU-1"} 0.5', "compute_active_pct", 50),
        ('dcgm_fi_prof_gr_engine_active{uuid="GPU-1"} 0.5', "compute_active_pct", 50),
        ('gpu_usage{uuid="GPU-1"} 64', "utilization_pct", 64),
        ('npu_chip_info_ai_core_utilization{vdie_id="D"} 37', "utilization_pct", 37),
        ('npu_chip_info_used_memory{vdie_id="D"} 1', "memory_used_bytes", 1 << 20),
        ('amd_gpu_gfx_activity{serial_number="S"} 7', "utilization_pct", 7),
    ],
)
def test_a_renamed_metric_means_what_it_meant(scrape, line, column, expected):
    assert one(scrape(line))[column] == expected


def test_a_metric_named_ratio_may_be_in_percent_and_is_read_as_what_it_is(scrape):
    assert one(scrape('DCGM_FI_DEV_GPU_UTIL_RATIO{UUID="GPU-1"} 1'))["utilization_pct"] == 1


def test_an_open_metrics_counter_may_carry_total_at_its_end(export):
    reading = export(
        ("DCGM_FI_DEV_GPU_UTIL", {"UUID": "G"}, [50, 50], [0, 30]),
        ("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION_total", {"UUID": "G"}, [1_000_000, 10_000_000], [0, 30]),
    )
    assert reading.samples["power_w"].to_list() == [300, None]


def test_one_copy_per_job_is_one_reading(scrape):
    reading = scrape(*(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1",hpc_job="{job}"}} 88' for job in (1277, 1280)))
    assert one(reading)["utilization_pct"] == 88
    assert "instants where copies contradict each other" not in reading.notices


def test_one_copy_per_pod_beside_the_row_of_the_card_is_one_reading(scrape):
    pods = [f'DCGM_FI_DEV_FB_USED{{UUID="GPU-1",pod="{pod}",vgpu="{pod}"}} 10' for pod in ("", "a", "b")]
    assert one(scrape(*pods))["memory_used_bytes"] == 10 << 20


def test_virtual_functions_are_left_to_the_row_of_the_whole_card(scrape):
    rows = [f'mlu_utilization{{sn="M",vf="{vf}"}} {value}' for vf, value in (("", 40), ("1", 55), ("2", 25))]
    power = [f'mlu_power_usage{{sn="M",vf="{vf}"}} 210' for vf in ("", "1", "2")]
    reading = scrape(*rows, *power)
    assert (one(reading)["utilization_pct"], one(reading)["power_w"]) == (40, 210)
    assert reading.notices["rows of card slices"] == 4


def test_labels_renamed_on_the_way_do_not_make_a_second_card(scrape):
    """`pod` is the exporter's own where labels are not honored; the card's is `exported_pod`."""
    before = 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",gpu="0",Hostname="n1",pod="qwen-0"} 9'
    after = 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1",gpu="0",Hostname="n1",exported_pod="qwen-0",pod="dcgm-x7k2p"} 9'
    assert one(scrape(before, after))["device_uid"] == "GPU-1"


def test_a_host_that_is_an_exporters_pod_does_not_name_a_card_that_has_a_uuid(scrape):
    reading = scrape(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-{UUID}",gpu="0",hostname="dcgm-exporter-sn5rp"}} 9')
    assert one(reading)["device_uid"] == f"GPU-{UUID}"


def test_a_card_cut_into_slices_has_no_row_of_its_own_and_its_slices_share_its_uuid(scrape):
    rows = [
        f'DCGM_FI_PROF_GR_ENGINE_ACTIVE{{UUID="GPU-1",GPU_I_ID="{id_}",GPU_I_PROFILE="{profile}"}} 0.5'
        for id_, profile in ((1, "3g.40gb"), (5, "2g.20gb"))
    ]
    samples = scrape(*rows).samples
    assert samples.select("device_uid", "slice_id", "slice_parts").rows() == [("GPU-1", "1", 3), ("GPU-1", "5", 2)]


@pytest.mark.parametrize(
    "value",
    [2147483632, 2147483635, 9223372036854775792, 9223372036854775795, 140737488355328, 140737488355331],
)
def test_a_blank_of_dcgm_is_no_reading(scrape, value):
    assert one(scrape(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1"}} {value}'))["utilization_pct"] is None


@pytest.mark.parametrize(
    "line",
    [
        'npu_chip_info_utilization{vdie_id="D"} -1',
        'enflame_gcu_usage{uuid="T"} -1',
        'mlu_temperature{sn="M"} -100',
        'ix_temperature{uuid="U"} 0',
    ],
)
def test_a_vendors_own_number_for_a_failed_read_is_no_reading(scrape, line):
    reading = scrape(line)
    assert reasons(reading) == []
    assert reading.notices["values that mean no reading"] == 1


def test_zero_is_a_reading_where_it_does_not_mean_a_failed_one(scrape):
    assert one(scrape('ix_gpu_utilization{uuid="U"} 0'))["utilization_pct"] == 0


def test_a_stale_marker_is_no_reading_and_ends_what_the_card_said(export):
    """The marker is a NaN of its own; in text it shows as NaN, and no sum may turn into one."""
    (marker,) = struct.unpack("<d", (0x7FF0000000000002).to_bytes(8, "little"))
    reading = export(("DCGM_FI_DEV_GPU_UTIL", {"UUID": "G"}, [50, marker, 60], [0, 30, 60]))
    assert reading.samples["utilization_pct"].to_list() == [50, None, 60]
    assert not reading.samples["utilization_pct"].is_nan().any()


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ('mx_memory_used{uuid="U",type="vram"} 50331648', "memory_used_bytes", 48 << 30),
        ('mx_board_power{uuid="U"} 287400', "power_w", pytest.approx(287.4)),
        ('mtgpu_power_usage_milliwatts{uuid="U"} 311000', "power_w", 311),
        ('gpu_used_vram{serial_number="S"} 283', "memory_used_bytes", 283 << 20),
        ('ix_mem_used{uuid="U"} 116', "memory_used_bytes", 116 << 20),
        ('enflame_gcu_memory_used_bytes{uuid="U"} 5', "memory_used_bytes", 5),
    ],
)
def test_kilobytes_megabytes_and_milliwatts_become_bytes_and_watts(scrape, line, column, expected):
    assert one(scrape(line))[column] == expected


def test_memory_of_another_kind_is_not_the_cards(scrape):
    reading = scrape('mx_memory_used{uuid="U",type="xtt"} 1024', 'mx_memory_used{uuid="U",type="vram"} 2048')
    assert one(reading)["memory_used_bytes"] == 2 << 20


def test_a_share_of_capability_named_power_usage_is_not_watts(scrape):
    assert scrape('enflame_gcu_power_usage{uuid="U"} 47.1').samples.is_empty()


H20 = 'UUID="GPU-1",modelName="NVIDIA H20"'


@pytest.mark.parametrize("total", [97_871, 96 * 1_024, 98_304 * 1.09])
def test_a_total_within_a_tenth_of_the_models_memory_is_believed(scrape, total):
    assert reasons(scrape(f"DCGM_FI_DEV_FB_TOTAL{{{H20}}} {total}")) == []


@pytest.mark.parametrize("factor", [1_024, 1 / 1_024, 1.2, 0.8, 1_000], ids=str)
def test_memory_in_the_wrong_unit_is_found_by_its_total_and_set_aside_whole(scrape, factor):
    reading = scrape(
        f"DCGM_FI_DEV_GPU_UTIL{{{H20}}} 50",
        f"DCGM_FI_DEV_FB_USED{{{H20}}} {40_000 * factor}",
        f"DCGM_FI_DEV_FB_FREE{{{H20}}} {58_304 * factor}",
    )
    assert reasons(reading) == ["MEMORY_DISAGREES_WITH_MODEL"] * 2
    assert (one(reading)["utilization_pct"], one(reading)["memory_used_bytes"]) == (50, None)


def test_a_card_of_two_dies_shows_as_two_devices_of_half_its_memory_each(scrape):
    labels = 'uuid="U",name="Iluvatar BI-V150"'
    assert reasons(scrape(f"ix_mem_total{{{labels}}} 32768", f"ix_mem_used{{{labels}}} 100")) == []


@pytest.mark.parametrize(
    ("watts", "code"),
    [(600, None), (600.1, "POWER_DISAGREES_WITH_MODEL"), (3.9, "POWER_DISAGREES_WITH_MODEL"), (4, None), (0, None)],
)
def test_power_in_the_wrong_unit_is_found_by_the_models_design_power(scrape, watts, code):
    """400 W by the catalog: up to 1.5 times that, and from a hundredth on."""
    reading = scrape(f"DCGM_FI_DEV_POWER_USAGE{{{H20}}} {watts}")
    assert reasons(reading) == ([code] if code else [])
    if code:
        assert "of a nvidia-h20-96g" in reading.quarantined["detail"].item()


@pytest.mark.parametrize("name", ["Some new card", "MLU590-M9"], ids=["not in the catalog", "unpublished figures"])
def test_a_model_of_which_nothing_certain_is_known_is_not_judged(scrape, name):
    assert reasons(scrape(f'mlu_memory_total{{sn="M",model="{name}"}} 1', 'mlu_power_usage{sn="M"} 2000')) == []


def test_the_limit_of_power_is_that_of_the_policy():
    policy = (REPOSITORY_ROOT / "dbt_project/seeds/reference/policy.csv").read_text()
    assert f",power_limit_pct_of_tdp,{HIGHEST_POWER_PERCENT_OF_TDP}," in policy


@pytest.mark.parametrize(("celsius", "code"), [(4, "OUT_OF_RANGE"), (5, None), (110, None), (127, "OUT_OF_RANGE")])
def test_a_temperature_that_no_running_card_has_is_set_aside(scrape, celsius, code):
    assert reasons(scrape(f'DCGM_FI_DEV_GPU_TEMP{{UUID="GPU-1"}} {celsius}')) == ([code] if code else [])


@pytest.mark.parametrize(
    ("line", "is_sick"),
    [
        ('enflame_gcu_health{uuid="U"} 2', False),
        ('enflame_gcu_health{uuid="U"} 1', True),
        ('enflame_gcu_health{uuid="U"} 0', False),
        ('npu_chip_info_health_status{vdie_id="D"} 1', False),
        ('npu_chip_info_health_status{vdie_id="D"} 0', True),
        ('npu_chip_info_health_status{vdie_id="D"} -1', False),
        ('mlu_health{sn="M"} 0', True),
        ('gpu_health{serial_number="S"} 1', False),
        ('node_xpu_state{uuid="U"} 0', False),
    ],
)
def test_a_health_code_means_what_its_vendor_says_and_an_unknown_code_means_nothing(scrape, line, is_sick):
    reading = scrape(line)
    assert reading.notices.get("devices that report a fault", 0) == is_sick
    assert reading.samples.is_empty(), "health says nothing about use"


def test_a_card_that_disappears_from_a_scrape_has_no_sample_and_is_not_idle(scrape):
    both = [f'enflame_gcu_usage{{uuid="T{n}"}} 33 {NOW_MS}' for n in (1, 2)]
    alone = f'enflame_gcu_usage{{uuid="T1"}} 35 {NOW_MS + 30_000}'
    rows = scrape(*both, alone).samples.select("device_uid", "utilization_pct").rows()
    assert sorted(rows) == [("T1", 33), ("T1", 35), ("T2", 33)]


def test_an_empty_scrape_between_two_is_no_idle_card(scrape):
    reading = scrape('dcu_pod_count{node="n"} 0')
    assert (reading.rows_in, reading.rows_accepted, reading.samples.height) == (1, 1, 0)


def test_a_silent_card_is_unknown_after_two_intervals(lake_samples):
    samples = lake_samples("2026-09-01T00:00:00+08:00", [(0, 50.0), (30, 50.0)])
    hours = roll_up_day(samples.select(*LAKE_SAMPLE_SCHEMA), "c-1", NOW.date(), "Asia/Shanghai", 30)
    assert hours["known_seconds"].sum() == 90


def test_metrics_of_one_scrape_with_times_of_their_own_up_to_a_minute_apart_are_one_sample(scrape):
    reading = scrape(
        f'npu_chip_info_utilization{{vdie_id="D"}} 92 {NOW_MS}',
        f'npu_chip_info_power{{vdie_id="D"}} 312 {NOW_MS - 5_000}',
        f'npu_chip_info_hbm_used_memory{{vdie_id="D"}} 8 {NOW_MS - 60_000}',
    )
    sample = one(reading)
    assert (sample["sampled_at_ms"], sample["power_w"], sample["memory_used_bytes"]) == (NOW_MS, 312, 8 << 20)


def test_seconds_where_milliseconds_belong_are_1970_and_set_aside(scrape):
    assert reasons(scrape(f'npu_chip_info_utilization{{vdie_id="D"}} 92 {NOW_MS // 1_000}')) == ["TIME_TOO_EARLY"]


def test_eight_cards_with_an_empty_die_id_do_not_become_one(scrape):
    lines = [f'npu_chip_info_utilization{{id="{n}",vdie_id="",node="n1"}} {n}' for n in range(8)]
    assert scrape(*lines).samples["device_uid"].to_list() == [f"n1/{n}" for n in range(8)]


def test_without_any_host_the_declared_server_tells_cards_of_one_index_apart(scrape):
    line = 'npu_chip_info_utilization{id="0",vdie_id=""} 5'
    assert reasons(scrape(line)) == ["NO_DEVICE_IDENTITY"]
    declared = Declaration(center_id="c-1", observed_at=NOW, server_id="s-07")
    assert one(scrape(line, declaration=declared))["device_uid"] == "s-07/0"


@pytest.mark.parametrize("text", ["NA", "n/a", "null", "00000000-0000-0000-0000-000000000000", "  "])
def test_a_text_in_place_of_an_identity_is_none(scrape, text):
    assert one(scrape(f'mlu_utilization{{sn="{text}",mlu="2",node="n1"}} 5'))["device_uid"] == "n1/2"


@pytest.mark.parametrize("text", [f"GPU-{UUID}", UUID, f"gpu-{UUID}", f"GPU-{UUID.upper()}", UUID.upper()])
def test_a_uuid_without_its_prefix_or_in_another_case_is_the_same_card(scrape, text):
    assert one(scrape(f'DCGM_FI_DEV_GPU_UTIL{{UUID="{text}"}} 5'))["device_uid"] == f"GPU-{UUID}"


@pytest.mark.parametrize("character", ["\u200b", "\u202e", "\ufeff", "\x07", "\u2066"])
def test_an_identity_with_a_character_nobody_sees_is_set_aside(scrape, character):
    reading = scrape(f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-{character}1"}} 5')
    assert reasons(reading) == ["UNPRINTABLE_CHARACTER"]


def test_an_energy_counter_gives_the_power_of_a_card_that_reports_none(export):
    reading = export(
        ("gpu_gfx_activity", {"serial_number": "S"}, [50, 50, 50], [0, 30, 60]),
        ("gpu_energy_consumed", {"serial_number": "S"}, [0, 9e9, 21e9], [0, 30, 60]),
    )
    assert reading.samples["power_w"].to_list() == [300, 400, None]


def test_a_counter_that_began_again_leaves_its_interval_unknown(export):
    reading = export(
        ("gpu_gfx_activity", {"serial_number": "S"}, [50, 50, 50, 50], [0, 30, 60, 90]),
        ("gpu_energy_consumed", {"serial_number": "S"}, [80e9, 89e9, 1e9, 10e9], [0, 30, 60, 90]),
    )
    assert reading.samples["power_w"].to_list() == [300, None, 300, None]
    assert reading.notices["energy counters that began again"] == 1


def test_an_increase_that_no_card_can_draw_is_not_believed(export):
    reading = export(
        ("gpu_gfx_activity", {"serial_number": "S"}, [50, 50], [0, 30]),
        ("gpu_energy_consumed", {"serial_number": "S"}, [0, 9e12], [0, 30]),
    )
    assert reading.samples["power_w"].to_list() == [None, None]


def test_measured_power_goes_before_the_counters(export):
    reading = export(
        ("gpu_gfx_activity", {"serial_number": "S"}, [50, 50], [0, 30]),
        ("gpu_package_power", {"serial_number": "S"}, [610, 611], [0, 30]),
        ("gpu_energy_consumed", {"serial_number": "S"}, [0, 9e9], [0, 30]),
    )
    assert reading.samples["power_w"].to_list() == [610, 611]


def test_the_counter_of_the_sample_export_begins_again_and_gives_400_watts_after(shared_file):
    reading = read_export(shared_file("samples/generated/victoriametrics_export.jsonl"), DECLARED, "sha")
    powered = reading.samples.filter(reading.samples["power_w"].is_not_null())
    assert powered.select("sampled_at_ms", "power_w").rows() == [(1_756_684_860_213, 400)]


def test_open_metrics_text_ends_with_eof_and_may_carry_exemplars_and_seconds(scrape):
    reading = scrape(
        "# TYPE DCGM_FI_DEV_GPU_UTIL gauge",
        "# UNIT DCGM_FI_DEV_GPU_UTIL percent",
        f'DCGM_FI_DEV_GPU_UTIL{{UUID="GPU-1"}} 5 {NOW_MS / 1_000:.3f} # {{trace_id="ab}}c"}} 0.67 {NOW_MS / 1_000}',
        f'DCGM_FI_DEV_POWER_USAGE{{UUID="GPU-1"}} 300 {NOW_MS / 1_000:.3f}',
        "# EOF",
    )
    sample = one(reading)
    assert (sample["sampled_at_ms"], sample["utilization_pct"], sample["power_w"]) == (NOW_MS, 5, 300)
    assert reasons(reading) == []
