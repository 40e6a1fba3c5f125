from datetime import UTC, datetime

import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.nvidia_smi import NVIDIA_SMI
from ingest.telemetry.schema import SAMPLE_SCHEMA

CAPTURES = "samples/real/nvidia-smi/linux-x86_64__nvidia-"
HEADER = "timestamp, uuid, utilization.gpu [%], memory.used [MiB], power.draw [W]"
SHANGHAI = Declaration(center_id="c-1", time_zone="Asia/Shanghai")
UTC_HOST = Declaration(center_id="c-1", time_zone="UTC")
MASKED = "GPU-00000000-0000-0000-0000-000000000000"


@pytest.fixture
def read(tmp_path):
    def read_lines(*lines, declaration=SHANGHAI):
        path = tmp_path / "smi"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert NVIDIA_SMI.recognizes(path.read_bytes()[: 64 * 1024])
        reading = NVIDIA_SMI.read(path, declaration, "sha")
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return read_lines


@pytest.fixture
def unmasked(shared_file, read):
    """Reads a real capture as if its publisher had left the UUID in."""

    def read_capture(name):
        text = shared_file(CAPTURES + name).read_text(encoding="utf-8")
        return read(*text.replace(MASKED, "GPU-1").splitlines(), declaration=UTC_HOST)

    return read_capture


def reasons(reading):
    return dict(reading.quarantined.select("source_line", "reason_code").rows())


def at(*time):
    return round(datetime(*time, tzinfo=UTC).timestamp() * 1_000)


def values(reading):
    return reading.samples.select("utilization_pct", "memory_used_bytes", "power_w").rows()


def test_a_row_becomes_a_sample_in_the_units_of_samples(read):
    reading = read(HEADER, "2026/07/14 08:12:38.696, GPU-1, 97 %, 81559 MiB, 632.50 W")
    assert dict(reading.samples.schema) == SAMPLE_SCHEMA
    assert reading.samples.row(0, named=True) == dict.fromkeys(SAMPLE_SCHEMA) | {
        "center_id": "c-1",
        "device_uid": "GPU-1",
        "sampled_at_ms": at(2026, 7, 14, 0, 12, 38, 696_000),
        "utilization_pct": 97.0,
        "memory_used_bytes": 81_559 << 20,
        "power_w": 632.5,
        "source_line": 2,
    }


def test_values_may_leave_their_units_to_the_header(read):
    reading = read(HEADER, "2026/07/14 08:12:38.696, GPU-1, 97, 2, 632.50")
    assert values(reading) == [(97.0, 2 << 20, 632.5)]


@pytest.mark.parametrize(
    "text", ["[N/A]", "[Not Supported]", "[Unknown Error]", "[Requested functionality has been deprecated]", "N/A"]
)
def test_a_text_in_place_of_a_reading_is_unknown_and_never_zero(read, text):
    reading = read(HEADER, f"2026/07/14 08:12:38.696, GPU-1, {text}, {text}, 433.80 W")
    assert values(reading) == [(None, None, pytest.approx(433.8))]
    assert reading.notices == {"values that mean no reading": 2}


def test_the_next_power_property_speaks_where_the_first_has_no_reading(read):
    header = "timestamp, uuid, power.draw [W], power.draw.instant [W]"
    reading = read(header, "2026/07/14 08:12:38.696, GPU-1, [N/A], 71.00 W")
    assert reading.samples["power_w"].to_list() == [71.0]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026/07/14 08:12:38.696, GPU-1, 101 %, 1 MiB, 1 W", "UTILIZATION_OUT_OF_RANGE"),
        ("2026/07/14 08:12:38.696, GPU-1, 1 %, 1 MiB, 9999 W", "POWER_OUT_OF_RANGE"),
        ("2026/07/14 08:12:38.696, GPU-1, 1 %, -1 MiB, 1 W", "OUT_OF_RANGE"),
        ("2026/07/14 08:12:38.696, GPU-1, busy, 1 MiB, 1 W", "NOT_A_NUMBER"),
        ("2026/07/14 08:12:38.696, GPU-1, 1 %, 1 GiB, 1 W", "NOT_A_NUMBER"),
        ("2026/07/14 08:12:38.696, GPU-1, 1 %, 1 MiB, 1 mW", "NOT_A_NUMBER"),
        ("2026/07/14 08:12:38.696, GPU-1, 1 %, 1 MiB", "WRONG_COLUMN_COUNT"),
        ("Unable to determine the device handle for GPU0000:C3:00.0: Unknown Error", "WRONG_COLUMN_COUNT"),
        ("14 July, GPU-1, 1 %, 1 MiB, 1 W", "NOT_AN_INSTANT"),
        ("1970/01/01 08:00:00.000, GPU-1, 1 %, 1 MiB, 1 W", "TIME_TOO_EARLY"),
        ("2026/07/14 08:12:38.696, [N/A], 1 %, 1 MiB, 1 W", "NO_DEVICE_IDENTITY"),
        (f"2026/07/14 08:12:38.696, {MASKED}, 1 %, 1 MiB, 1 W", "NO_DEVICE_IDENTITY"),
    ],
)
def test_a_row_that_cannot_be_believed_is_set_aside_with_its_reason(read, row, code):
    reading = read(HEADER, "2026/07/14 08:12:37.696, GPU-1, 1 %, 1 MiB, 1 W", "", row)
    assert reasons(reading) == {4: code}
    assert reading.quarantined["raw_text"].to_list() == [row]


def test_a_local_time_needs_a_declared_zone(read):
    row = "2026/07/14 08:12:38.696, GPU-1, 1 %, 1 MiB, 1 W"
    assert reasons(read(HEADER, row, declaration=Declaration(center_id="c-1"))) == {2: "TIME_WITHOUT_ZONE"}
    with pytest.raises(UnreadableFileError) as refused:
        read(HEADER, row, declaration=Declaration(center_id="c-1", time_zone="Asia/Nowhere"))
    assert refused.value.code == "UNKNOWN_TIME_ZONE"


def test_a_sample_from_after_the_files_receipt_is_set_aside(read):
    declaration = Declaration("c-1", "Asia/Shanghai", received_at=datetime(2026, 7, 14, tzinfo=UTC))
    rows = [f"2026/07/14 08:{minute}:00.000, GPU-1, 1 %, 1 MiB, 1 W" for minute in ("05", "06")]
    assert reasons(read(HEADER, *rows, declaration=declaration)) == {3: "TIME_IN_FUTURE"}


def test_without_uuid_a_card_is_its_index_on_its_host_and_never_an_index_alone(read):
    row = "2026/07/14 08:12:38.696, 3, 1 %"
    alone = read("timestamp, index, utilization.gpu [%]", row)
    assert reasons(alone) == {2: "NO_DEVICE_IDENTITY"}
    unnamed = read("timestamp, index, utilization.gpu [%], hostname", row + ", [N/A]")
    assert reasons(unnamed) == {2: "NO_DEVICE_IDENTITY"}
    hosted = read("timestamp, index, utilization.gpu [%], hostname", row + ", node-7")
    assert hosted.samples["device_uid"].to_list() == ["node-7/3"]


def test_a_table_without_times_takes_the_declared_one_or_is_set_aside(read):
    table = ("name, uuid, power.draw [W]", "NVIDIA L40S, GPU-1, 145 W")
    assert reasons(read(*table)) == {2: "NO_TIMESTAMP"}
    observed = Declaration("c-1", observed_at=datetime(2026, 7, 14, tzinfo=UTC))
    assert read(*table, declaration=observed).samples["sampled_at_ms"].to_list() == [at(2026, 7, 14)]


def test_a_file_that_was_appended_to_may_repeat_and_change_its_header(read):
    reading = read(
        HEADER,
        "2026/07/14 08:00:00.000, GPU-1, 1 %, 1 MiB, 10 W",
        HEADER,
        "2026/07/14 08:01:00.000, GPU-1, 2 %, 1 MiB, 20 W",
        "timestamp, power.draw [W], uuid",
        "2026/07/14 08:02:00.000, 30 W, GPU-1",
    )
    assert reading.samples.select("source_line", "power_w").rows() == [(2, 10.0), (4, 20.0), (6, 30.0)]
    assert reading.rows_in == 3


def test_a_used_column_that_appears_twice_refuses_the_file(read):
    with pytest.raises(UnreadableFileError) as refused:
        read("timestamp, uuid, power.draw [W], power.draw [W]", "2026/07/14 08:12:38.696, GPU-1, 1 W, 2 W")
    assert refused.value.code == "DUPLICATE_COLUMN"


def test_a_capture_without_a_query_table_is_refused(read):
    with pytest.raises(UnreadableFileError) as refused:
        read("####", "# $ nvidia-smi -L", "####", "GPU 0: NVIDIA L40S")
    assert refused.value.code == "MISSING_COLUMN"


def test_other_tables_are_left_to_others():
    assert not NVIDIA_SMI.recognizes(b"device_uid,sampled_at,utilization_pct\n")
    assert not NVIDIA_SMI.recognizes(b"timestamp, gpu_uuid, pid, used_gpu_memory [MiB]\n")
    assert not NVIDIA_SMI.recognizes(b"nvidia_smi_utilization_gpu_ratio 0.97\n")


def test_a_real_h100_is_idle_and_then_fully_busy(unmasked):
    reading = unmasked("h100-80gb-hbm3__590.48.01.txt")
    assert [row[0] for row in values(reading)] == [0.0, 100.0]
    assert reading.samples["power_w"].to_list() == pytest.approx([69.9, 632], abs=0.5)
    assert reading.samples["memory_used_bytes"].to_list() == [0, 19_818 << 20]
    assert reading.samples["sampled_at_ms"].to_list() == [
        at(2026, 7, 14, 8, 12, 38, 696_000),
        at(2026, 7, 14, 8, 12, 53, 353_000),
    ]
    assert reading.samples["source_line"].to_list() == [1741, 2105]


def test_a_real_h100_in_mig_mode_has_unknown_utilization_under_full_load(unmasked):
    reading = unmasked("h100-mig__590.48.01.txt")
    assert reading.samples["utilization_pct"].to_list() == [None, None]
    assert reading.samples["power_w"].to_list() == pytest.approx([71, 433.8], abs=0.5)


def test_a_real_capture_with_masked_identity_is_recognized_and_names_no_device(shared_file):
    folder = shared_file("samples/real/nvidia-smi")
    captures = sorted(folder.glob("*.txt"))
    assert len(captures) == 8
    for path in captures:
        assert NVIDIA_SMI.recognizes(path.read_bytes()[: 64 * 1024])
        reading = NVIDIA_SMI.read(path, UTC_HOST, "sha")
        assert (reading.rows_in, reading.rows_accepted) == (2, 0), path.name
        assert set(reasons(reading).values()) == {"NO_DEVICE_IDENTITY"}
