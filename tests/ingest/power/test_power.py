"""Power of servers and outlets: what controllers and meters say, and that they never say it of a card."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.power import ipmi, redfish
from ingest.power.readings import POWER_READING_SCHEMA
from ingest.reading import Declaration, UnreadableFileError

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "real" / "redfish"
AT = datetime(2026, 9, 1, tzinfo=UTC)
OBSERVED = Declaration(center_id="c-1", observed_at=AT)
REPORT = "mockups_public-telemetry_TelemetryService_MetricReports_PlatformPowerUsage_index.json"


@pytest.fixture
def landed(tmp_path):
    def write(text):
        path = tmp_path / "received.bin"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sample():
    def find(name):
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"reference file {name} is not beside this checkout")
        return path

    return find


def reasons(found):
    return found.quarantined.select("source_line", "reason_code").rows()


def report(*values):
    entries = [
        {"MetricProperty": "/redfish/v1/Chassis/T1/Power#/0/PowerConsumedWatts"} | dict(value) for value in values
    ]
    return json.dumps({"@odata.type": "#MetricReport.v1_5_2.MetricReport", "MetricValues": entries}, indent=1)


def test_a_processors_environment_metrics_tell_its_power_and_no_server(sample):
    path = sample("mockups_DSP2046-examples_EnvironmentMetrics-v1-example.json")
    assert redfish.recognizes(path.read_bytes())
    found = redfish.read(path, OBSERVED)
    assert found.readings.schema == pl.Schema(POWER_READING_SCHEMA)
    assert found.readings.row(0, named=True) == dict.fromkeys(POWER_READING_SCHEMA) | {
        "center_id": "c-1",
        "subject": "/redfish/v1/Systems/437XR1138R2/Processors/1",
        "power_source": "bmc",
        "reported_at": AT,
        "power_w": 12.87,
        "source_line": 1,
    }


def test_a_rack_meter_tells_power_and_its_running_total(sample):
    path = sample("mockups_public-pdu_PowerEquipment_RackPDUs_1_Metrics_index.json")
    assert redfish.recognizes(path.read_bytes())
    columns = ["subject", "power_source", "power_w", "energy_wh"]
    assert redfish.read(path, OBSERVED).readings.select(columns).rows() == [
        ("/redfish/v1/PowerEquipment/RackPDUs/1", "pdu", 6438.0, 56_438_000)
    ]


def test_a_resource_without_time_needs_a_declared_time_of_observation(sample):
    path = sample("mockups_public-pdu_PowerEquipment_RackPDUs_1_Metrics_index.json")
    assert reasons(redfish.read(path, Declaration(center_id="c-1"))) == [(1, "NO_TIMESTAMP")]


@pytest.mark.parametrize(
    ("name", "watts", "lines"),
    [
        (REPORT, [103, 103, 106, 106, 107, 107], [11, 16, 21, 26, 31, 36]),
        ("mockups_DSP2046-examples_MetricReport-v1-example.json", [100, 94, 100], [11, 17, 23]),
    ],
)
def test_a_metric_reports_values_are_strings_with_times_of_their_own(sample, name, watts, lines):
    path = sample(name)
    assert redfish.recognizes(path.read_bytes())
    readings = redfish.read(path, Declaration(center_id="c-1")).readings
    assert readings["power_w"].to_list() == watts
    assert readings["source_line"].to_list() == lines
    assert readings["subject"][0] == "/redfish/v1/Chassis/Tray_1"
    assert readings["reported_at"][0] == datetime(2016, 11, 8, 17, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"MetricValue": "much", "Timestamp": "2026-09-01T00:00:00Z"}, "NOT_A_NUMBER"),
        ({"MetricValue": "-1", "Timestamp": "2026-09-01T00:00:00Z"}, "POWER_OUT_OF_RANGE"),
        ({"MetricValue": "10200000", "Timestamp": "2026-09-01T00:00:00Z"}, "POWER_OUT_OF_RANGE"),
        ({"MetricValue": "1", "Timestamp": "2026-09-01T00:00:00"}, "TIME_WITHOUT_ZONE"),
        ({"MetricValue": "1", "Timestamp": "noon"}, "NOT_AN_INSTANT"),
        ({"MetricValue": "1", "Timestamp": "1970-01-01T00:00:00Z"}, "TIME_TOO_EARLY"),
        ({"MetricValue": "1"}, "NO_TIMESTAMP"),
    ],
)
def test_a_value_that_cannot_be_believed_is_set_aside_with_its_reason(landed, value, code):
    good = {"MetricValue": "103", "Timestamp": "2026-09-01T00:00:00Z"}
    found = redfish.read(landed(report(good, value)), Declaration(center_id="c-1"))
    assert [reason for _, reason in reasons(found)] == [code]
    assert (found.rows_in, found.readings.height) == (2, 1)


def test_a_metric_that_is_not_power_is_counted_and_no_reading_is_unknown(landed):
    heat = {"MetricProperty": "/redfish/v1/Chassis/T1/Thermal#/0/ReadingCelsius", "MetricValue": "40"}
    found = redfish.read(landed(report(heat, {"MetricValue": "", "Timestamp": "2026-09-01T00:00:00Z"})), OBSERVED)
    assert found.readings["power_w"].to_list() == [None]
    assert found.notices == {"values of a metric report that are not power": 1}
    assert found.rows_in == 2


def test_a_broken_document_or_another_resource_is_refused(landed):
    for text, code in (
        ('{"@odata.type": "#Metr', "DAMAGED_FILE"),
        ('{"@odata.type": "#Chassis.v1"}', "UNKNOWN_FORMAT"),
    ):
        with pytest.raises(UnreadableFileError) as refused:
            redfish.read(landed(text), OBSERVED)
        assert refused.value.code == code


IPMI = """# HELP ipmi_chassis_power_state Current power state (1=on, 0=off).
# TYPE ipmi_chassis_power_state gauge
ipmi_chassis_power_state 1
# TYPE ipmi_dcmi_power_consumption_current_watts gauge
ipmi_dcmi_power_consumption_current_watts 2930
ipmi_up{collector="dcmi"} 1
"""


def test_a_chassis_tells_its_state_and_its_draw(landed):
    path = landed(IPMI)
    assert ipmi.recognizes(path.read_bytes())
    found = ipmi.read(path, OBSERVED)
    columns = ["server_id", "subject", "is_powered", "power_w", "reported_at", "source_line"]
    assert found.readings.select(columns).rows() == [
        (None, "chassis", True, None, AT, 3),
        (None, "chassis", None, 2930.0, AT, 5),
    ]
    assert found.notices == {"lines of other metrics": 1}


def test_the_server_is_the_label_that_the_scraping_side_added_and_a_line_may_have_its_own_time(landed):
    found = ipmi.read(landed('ipmi_chassis_power_state{job="ipmi",instance="bmc-7"} 0 1788220800000\n'), OBSERVED)
    assert found.readings.select("server_id", "is_powered", "reported_at").rows() == [
        ("bmc-7", False, datetime(2026, 9, 1, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ipmi_chassis_power_state 2", "OUT_OF_RANGE"),
        ("ipmi_chassis_power_state on", "NOT_A_NUMBER"),
        ("ipmi_chassis_power_state 1 2 3", "NOT_A_NUMBER"),
        ("ipmi_dcmi_power_consumption_current_watts -5", "POWER_OUT_OF_RANGE"),
    ],
)
def test_a_line_that_cannot_be_believed_is_set_aside_with_its_reason(landed, line, code):
    assert reasons(ipmi.read(landed("ipmi_chassis_power_state 1\n" + line + "\n"), OBSERVED)) == [(2, code)]


def test_a_power_reading_that_failed_is_unknown_and_never_zero(landed):
    found = ipmi.read(landed("ipmi_dcmi_power_consumption_current_watts NaN\n"), OBSERVED)
    assert found.readings["power_w"].to_list() == [None]


def test_no_power_reading_names_a_card():
    assert "device_uid" not in POWER_READING_SCHEMA
