"""Power of servers and meters: what controllers and meters say, and that they never say it of a card."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from ingest.power import ipmi, pdu_log, redfish
from ingest.reading import Declaration, UnreadableFileError
from ingest.recognize import reader_of
from ingest.records.energy import POWER_READINGS

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "real" / "redfish"
AT = datetime(2026, 9, 1, tzinfo=UTC)
OBSERVED = Declaration(center_id="c-1", observed_at=AT, server_id="srv-1", cabinet_id="cab-1")
REPORT = "mockups_public-telemetry_TelemetryService_MetricReports_PlatformPowerUsage_index.json"
PDU = "mockups_public-pdu_PowerEquipment_RackPDUs_1_Metrics_index.json"


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


def taken(path, declaration=OBSERVED):
    """The reading by whichever reader recognizes the file, its row balance checked."""
    reading = reader_of(path, path.name).read(path, declaration, "a" * 64)
    assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
    assert reading.records["power_readings"].schema == pl.Schema(POWER_READINGS.lake_schema)
    return reading


def records(reading, *columns):
    return reading.records["power_readings"].select(*columns).rows()


def reasons(reading):
    return reading.quarantined.select("source_line", "reason_code").rows()


def report(*values):
    entries = [
        {"MetricProperty": "/redfish/v1/Chassis/T1/Power#/0/PowerConsumedWatts"} | dict(value) for value in values
    ]
    return json.dumps({"@odata.type": "#MetricReport.v1_5_2.MetricReport", "MetricValues": entries}, indent=1)


def test_a_processors_environment_metrics_are_a_part_of_the_declared_server(sample):
    found = taken(sample("mockups_DSP2046-examples_EnvironmentMetrics-v1-example.json"))
    assert found.records["power_readings"].row(0, named=True) == dict.fromkeys(POWER_READINGS.lake_schema) | {
        "center_id": "c-1",
        "meter_id": "srv-1/redfish/v1/Systems/437XR1138R2/Processors/1",
        "meter_scope": "component",
        "server_id": "srv-1",
        "cabinet_id": "cab-1",
        "read_at": AT,
        "power_w_milli": 12_870,
        "source_method": "redfish",
        "revision": 1,
        "source_sha256": "a" * 64,
        "source_line": 1,
    }


def test_a_rack_meter_tells_power_and_its_running_total_for_the_declared_cabinet(sample):
    columns = ["meter_id", "meter_scope", "server_id", "cabinet_id", "power_w_milli", "total_wh"]
    assert records(taken(sample(PDU)), *columns) == [
        ("cab-1/redfish/v1/PowerEquipment/RackPDUs/1", "pdu", None, "cab-1", 6_438_000, 56_438_000)
    ]


def test_a_resource_without_time_needs_a_declared_time_of_observation(sample):
    assert reasons(taken(sample(PDU), Declaration(center_id="c-1", cabinet_id="cab-1"))) == [(1, "NO_TIMESTAMP")]


def test_a_path_of_one_controller_is_no_meter_until_a_server_or_cabinet_is_declared(sample):
    undeclared = Declaration(center_id="c-1", observed_at=AT)
    assert reasons(taken(sample(PDU), undeclared)) == [(1, "NO_METER_IDENTITY")]
    assert {reason for _, reason in reasons(taken(sample(REPORT), undeclared))} == {"NO_METER_IDENTITY"}


@pytest.mark.parametrize(
    ("name", "milliwatts", "lines"),
    [
        (REPORT, [103_000, 103_000, 106_000, 106_000, 107_000, 107_000], [11, 16, 21, 26, 31, 36]),
        ("mockups_DSP2046-examples_MetricReport-v1-example.json", [100_000, 94_000, 100_000], [11, 17, 23]),
    ],
)
def test_a_metric_reports_values_are_strings_with_times_of_their_own(sample, name, milliwatts, lines):
    readings = taken(sample(name), Declaration(center_id="c-1", server_id="srv-1")).records["power_readings"]
    assert readings["power_w_milli"].to_list() == milliwatts
    assert readings["source_line"].to_list() == lines
    assert readings["meter_id"][0] == "srv-1/redfish/v1/Chassis/Tray_1"
    assert set(readings["meter_scope"]) == {"server"}
    assert readings["read_at"][0] == datetime(2016, 11, 8, 17, 25, tzinfo=UTC)


def test_a_chassis_of_accelerators_inside_a_server_is_a_part_of_it(landed):
    value = {"MetricValue": "700", "Timestamp": "2026-09-01T00:00:00Z"}
    inside = value | {"MetricProperty": "/redfish/v1/Chassis/HGX_GPU_SXM_1/Power#/0/PowerConsumedWatts"}
    found = taken(landed(report(value, inside)))
    assert records(found, "meter_scope", "server_id") == [("server", "srv-1"), ("component", "srv-1")]


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
        ({"MetricValue": "103", "Timestamp": "2026-09-01T00:00:00Z"}, "EXACT_DUPLICATE"),
        ({"MetricValue": "104", "Timestamp": "2026-09-01T00:00:00Z"}, "CONFLICTING_KEY"),
    ],
)
def test_a_value_that_cannot_be_believed_is_set_aside_with_its_reason(landed, value, code):
    good = {"MetricValue": "103", "Timestamp": "2026-09-01T00:00:00Z"}
    found = taken(landed(report(good, value)), Declaration(center_id="c-1", server_id="srv-1"))
    assert [reason for _, reason in reasons(found)] == [code]
    assert (found.rows_in, found.records["power_readings"].height) == (2, 1)


def test_a_metric_that_is_not_power_is_counted_and_no_value_makes_no_record(landed):
    heat = {"MetricProperty": "/redfish/v1/Chassis/T1/Thermal#/0/ReadingCelsius", "MetricValue": "40"}
    found = taken(landed(report(heat, {"MetricValue": "", "Timestamp": "2026-09-01T00:00:00Z"})))
    assert found.records["power_readings"].is_empty()
    assert found.notices == {"values of a metric report that are not power": 1, "readings without a value": 1}
    assert found.rows_in == 2


def test_a_broken_document_or_another_resource_is_refused(landed):
    for text, code in (
        ('{"@odata.type": "#Metr', "DAMAGED_FILE"),
        ('{"@odata.type": "#Chassis.v1"}', "UNKNOWN_FORMAT"),
    ):
        with pytest.raises(UnreadableFileError) as refused:
            redfish.read(landed(text), OBSERVED, "a" * 64)
        assert refused.value.code == code


IPMI = """# HELP ipmi_chassis_power_state Current power state (1=on, 0=off).
# TYPE ipmi_chassis_power_state gauge
ipmi_chassis_power_state 1
# TYPE ipmi_dcmi_power_consumption_current_watts gauge
ipmi_dcmi_power_consumption_current_watts 2930
ipmi_up{collector="dcmi"} 1
"""


def test_a_chassis_state_and_draw_are_one_reading_of_the_declared_server(landed):
    found = taken(landed(IPMI))
    assert found.format_name == ipmi.FORMAT_NAME
    columns = ["meter_id", "server_id", "meter_scope", "is_powered", "power_w_milli", "read_at", "source_line"]
    assert records(found, *columns) == [("srv-1", "srv-1", "server", True, 2_930_000, AT, 3)]
    assert (found.rows_in, found.rows_accepted) == (3, 3)
    assert found.notices == {"lines of other metrics": 1}


def test_the_server_is_the_label_that_the_scraping_side_added_and_a_line_may_have_its_own_time(landed):
    found = taken(landed('ipmi_chassis_power_state{job="ipmi",instance="bmc-7:9290"} 0 1788220800000\n'))
    assert records(found, "server_id", "is_powered", "read_at") == [("bmc-7", False, datetime(2026, 9, 1, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ipmi_chassis_power_state 2", "OUT_OF_RANGE"),
        ("ipmi_chassis_power_state on", "NOT_A_NUMBER"),
        ("ipmi_chassis_power_state 1 2 3", "NOT_A_NUMBER"),
        ("ipmi_chassis_power_state 1", "EXACT_DUPLICATE"),
        ("ipmi_chassis_power_state 0", "CONFLICTING_KEY"),
        ("ipmi_dcmi_power_consumption_current_watts -5", "POWER_OUT_OF_RANGE"),
    ],
)
def test_a_line_that_cannot_be_believed_is_set_aside_with_its_reason(landed, line, code):
    assert reasons(taken(landed("ipmi_chassis_power_state 1\n" + line + "\n"))) == [(2, code)]


def test_a_power_reading_that_failed_is_unknown_and_never_zero(landed):
    found = taken(landed("ipmi_chassis_power_state 1\nipmi_dcmi_power_consumption_current_watts NaN\n"))
    assert records(found, "is_powered", "power_w_milli") == [(True, None)]
    assert found.notices == {"readings without a value": 1}


IPMITOOL = """
    Instantaneous power reading:                  {power} Watts
    Minimum during sampling period:                 18 Watts
    IPMI timestamp:                           Tue Sep  1 08:00:{second} 2026
    Power reading state is:                   activated
"""


def test_answers_of_ipmitool_are_readings_of_the_declared_server_at_their_local_times(landed):
    path = landed(IPMITOOL.format(power=2930, second="00") + IPMITOOL.format(power=2940, second="30"))
    found = taken(path, Declaration("c-1", "Asia/Shanghai", server_id="srv-1"))
    assert found.format_name == "ipmitool dcmi"
    assert records(found, "meter_id", "server_id", "read_at", "power_w_milli", "source_line") == [
        ("srv-1", "srv-1", AT, 2_930_000, 2),
        ("srv-1", "srv-1", AT + timedelta(seconds=30), 2_940_000, 7),
    ]
    assert found.rows_in == 8


@pytest.mark.parametrize(
    ("declared", "power", "code"),
    [
        (Declaration("c-1", "Asia/Shanghai"), "2930", "NO_METER_IDENTITY"),
        (Declaration("c-1", server_id="srv-1"), "2930", "TIME_WITHOUT_ZONE"),
        (Declaration("c-1", "Asia/Shanghai", server_id="srv-1"), "many", "NOT_A_NUMBER"),
    ],
)
def test_an_answer_of_ipmitool_that_cannot_be_placed_is_set_aside(landed, declared, power, code):
    assert reasons(taken(landed(IPMITOOL.format(power=power, second="00")), declared)) == [(2, code)]


def test_a_meter_log_is_found_by_its_words_and_its_units_are_those_of_the_header(landed):
    english = "Timestamp,PDU,Outlet,Host,Active Power (kW),Energy [kWh],Voltage\n"
    found = taken(
        landed(
            english
            + "2026-09-01T00:00:00Z,pdu-1,,,6.438,56438.5,230\n"
            + "2026-09-01T00:00:00Z,pdu-1,A3,sz-gpu-0007,2.93,,230\n"
            + "2026-09-01T00:00:00Z,pdu-1,A4,,0.4,,230\n"
        )
    )
    assert found.format_name == pdu_log.FORMAT_NAME
    columns = ["meter_id", "meter_scope", "server_id", "cabinet_id", "power_w_milli", "total_wh"]
    assert records(found, *columns) == [
        ("pdu-1", "pdu", None, "cab-1", 6_438_000, 56_438_500),
        ("pdu-1/A3", "server", "sz-gpu-0007", "cab-1", 2_930_000, None),
        ("pdu-1/A4", "component", None, "cab-1", 400_000, None),
    ]
    assert found.notices == {"column not used: Voltage": 3}


@pytest.mark.parametrize("time", ["2026-09-01 08:00:00", "2026/9/1 8:00", "2026/09/01 08:00:00", "2026.9.1 8:00:00"])
def test_a_meter_log_in_chinese_has_local_times_of_the_declared_zone(landed, time):
    text = f"采集时间,电表编号,机柜,总有功功率（W）,累计电量(MWh)\n{time},M-7,A-12,6438,56.4385\n"
    found = taken(landed(text), Declaration(center_id="c-1", time_zone="Asia/Shanghai"))
    assert records(found, "meter_id", "cabinet_id", "read_at", "power_w_milli", "total_wh") == [
        ("M-7", "A-12", AT, 6_438_000, 56_438_500)
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-09-01T00:00:00Z,pdu-1,much", "NOT_A_NUMBER"),
        ("2026-09-01T00:00:00Z,pdu-1,-3", "POWER_OUT_OF_RANGE"),
        ("2026-09-01T00:00:00Z,pdu-1,5000", "POWER_OUT_OF_RANGE"),
        ("2026-09-01 00:00:00,pdu-1,3", "TIME_WITHOUT_ZONE"),
        ("2026-09-01T00:00:00Z,,3", "MISSING_VALUE"),
        ("2026-09-01T00:00:00Z,pdu-1", "WRONG_COLUMN_COUNT"),
    ],
)
def test_a_row_of_a_meter_log_that_cannot_be_believed_is_set_aside(landed, row, code):
    text = f"time,pdu,power_kw\n2026-09-01T00:00:00Z,pdu-2,3\n{row}\n"
    assert reasons(taken(landed(text), Declaration(center_id="c-1"))) == [(3, code)]


def test_a_power_column_without_a_unit_is_not_taken_for_watts(landed):
    assert not pdu_log.recognizes(b"time,pdu,power\n2026-09-01T00:00:00Z,pdu-2,3\n")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("m,site,2026-09-01T00:00:00Z,manual,,,", "MISSING_VALUE"),
        ("m,site,2026-09-01T00:00:00Z,manual,,5,", "MISSING_VALUE"),
        ("m,site,2026-09-01T00:00:00Z,manual,2026-09-02T00:00:00Z,5,", "END_NOT_AFTER_START"),
        ("m,house,2026-09-01T00:00:00Z,manual,,,1", "NOT_A_CHOICE"),
    ],
)
def test_a_record_of_power_must_say_something_and_of_which_time(landed, row, code):
    header = "meter_id,meter_scope,read_at,source_method,started_at,energy_wh,power_w\n"
    good = "m,site,2026-08-01T00:00:00Z,manual,2026-07-01T00:00:00Z,5,\n"
    assert reasons(taken(landed(header + good + row + "\n"))) == [(3, code)]


def test_no_power_reading_names_a_card():
    assert "device_uid" not in POWER_READINGS.lake_schema
