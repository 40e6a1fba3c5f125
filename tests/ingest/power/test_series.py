"""Power of servers and strips as a Prometheus server tells it: answers of its API, pulled hours, exported series."""

import json
from datetime import UTC, datetime

import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.recognize import reader_of
from ingest.telemetry.prometheus_api import envelope

AT_MS = 1_772_000_000_000
RECEIVED = datetime.fromtimestamp(AT_MS / 1_000 + 3_600, UTC)
DECLARED = Declaration(center_id="c-1", received_at=RECEIVED, cabinet_id="cab-1")
SERVER = {"instance": "10.0.0.7:9290"}
STATE = ("ipmi_chassis_power_state", SERVER, [(0, 1), (60, 0)])
DRAW = ("ipmi_dcmi_power_consumption_current_watts", SERVER, [(0, 5_812), (60, 120)])
CHASSIS = ("redfish_chassis_power_average_consumed_watts", {"target": "bmc-9"}, [(0, 777.5)])
STRIP = ("rPDU2DeviceStatusPower", {"instance": "pdu-3"}, [(0, 613), (60, -1)])
CARD = ("DCGM_FI_DEV_GPU_UTIL", {"UUID": "GPU-1", "gpu": "0"}, [(0, 50), (60, 60)])
TOLD = [
    ("10.0.0.7", "server", "10.0.0.7", None, 0, True, 5_812_000, "ipmi"),
    ("10.0.0.7", "server", "10.0.0.7", None, 60, False, 120_000, "ipmi"),
    ("bmc-9", "server", "bmc-9", None, 0, None, 777_500, "redfish"),
    ("pdu-3", "pdu", None, "cab-1", 0, None, 6_130_000, "pdu"),
]


def export(*series):
    lines = (
        {
            "metric": {"__name__": name, **labels},
            "values": [value for _, value in pairs],
            "timestamps": [AT_MS + 1_000 * second for second, _ in pairs],
        }
        for name, labels, pairs in series
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


def scrape(*series):
    lines = (
        (name, ",".join(f'{label}="{text}"' for label, text in labels.items()), value, AT_MS + 1_000 * second)
        for name, labels, pairs in series
        for second, value in pairs
    )
    return "".join(f"{name}{{{labels}}} {value} {at}\n" for name, labels, value, at in lines)


def answer(*series):
    result = [
        {"metric": {"__name__": name, **labels}, "values": [[AT_MS / 1_000 + at, str(value)] for at, value in pairs]}
        for name, labels, pairs in series
    ]
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}})


def pulled(*series):
    asked = {"start_ms": AT_MS, "end_ms": AT_MS + 3_600_000}
    return "".join(envelope(asked, answer(one).encode()).decode() for one in series)


@pytest.fixture
def read(tmp_path):
    def taken(text, declaration=DECLARED):
        path = tmp_path / "received.bin"
        path.write_text(text)
        reading = reader_of(path, path.name).read(path, declaration, "a" * 64)
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return taken


def told(reading):
    columns = ("meter_id", "meter_scope", "server_id", "cabinet_id", "read_at", "is_powered", "power_w_milli")
    rows = reading.records["power_readings"].select(*columns, "source_method").rows()
    return sorted((*row[:4], round(row[4].timestamp()) - AT_MS // 1_000, *row[5:]) for row in rows)


@pytest.mark.parametrize("transport", [export, answer, pulled, scrape])
def test_every_transport_tells_the_same_power_beside_the_cards(read, transport):
    reading = read(transport(STATE, CARD, DRAW, CHASSIS, STRIP))
    assert told(reading) == sorted(TOLD)
    assert reading.samples["utilization_pct"].to_list() == [50, 60]
    assert (reading.rows_in, reading.quarantined.height) == (9, 0)
    assert reading.notices["readings without a value"] == 1, "minus one is no reading of a strip"


@pytest.mark.parametrize(("transport", "series"), [(export, DRAW), (scrape, CHASSIS), (scrape, STRIP)])
def test_a_file_of_power_alone_has_no_samples(read, transport, series):
    reading = read(transport(series))
    assert (reading.samples.height, len(told(reading))) == (0, 2 if series is DRAW else 1)


def test_a_scrape_without_times_was_taken_when_it_was_declared_to_be(read):
    text = 'redfish_chassis_power_average_consumed_watts{target="bmc \\"9\\""} 777.5\n# nothing else\n'
    declared = Declaration("c-1", received_at=RECEIVED, observed_at=datetime.fromtimestamp(AT_MS / 1_000, UTC))
    assert told(read(text, declared)) == [('bmc "9"', "server", 'bmc "9"', None, 0, None, 777_500, "redfish")]
    assert read(text).quarantined["reason_code"].to_list() == ["NO_TIMESTAMP"]


def test_a_value_that_cannot_be_is_set_aside_with_its_line(read):
    reading = read(export(STATE, ("ipmi_dcmi_power_consumption_current_watts", SERVER, [(0, 2e9), (120, 300)])))
    assert reading.quarantined.select("source_line", "reason_code").rows() == [(2, "POWER_OUT_OF_RANGE")]
    scraped = read(scrape(CHASSIS, ("redfish_chassis_power_average_consumed_watts", SERVER, [(0, 2e9), (120, 300)])))
    assert scraped.quarantined.select("source_line", "reason_code").rows() == [(2, "POWER_OUT_OF_RANGE")]
    assert "ipmi_dcmi_power_consumption_current_watts" in reading.quarantined["raw_text"].item()


def test_what_contradicts_a_line_names_that_line_of_the_file(read):
    name, labels, _ = DRAW
    reading = read(export(CARD, (name, labels, [(60, 110), (0, 100)]), (name, labels, [(0, 200), (60, 110)])))
    assert reading.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (3, "CONFLICTING_KEY", "line 2 says otherwise"),
        (3, "EXACT_DUPLICATE", "repeats line 2"),
    ]


def test_what_lies_outside_of_the_pulled_hour_belongs_to_another_answer(read):
    early = ("ipmi_dcmi_power_consumption_current_watts", SERVER, [(-1, 100), (0, 200), (3_600, 300)])
    assert [row[6] for row in told(read(pulled(early)))] == [200_000]


def test_without_a_label_the_declared_server_speaks_and_without_both_nobody(read):
    bare = ("ipmi_chassis_power_state", {}, [(0, 1)])
    declared = Declaration(center_id="c-1", received_at=RECEIVED, server_id="srv-1")
    assert told(read(export(bare), declared))[0][:3] == ("srv-1", "server", "srv-1")
    assert read(export(bare)).quarantined["reason_code"].to_list() == ["NO_METER_IDENTITY"]


def test_power_without_a_declared_center_is_refused(read):
    with pytest.raises(UnreadableFileError, match="no center"):
        read(export(DRAW), Declaration(received_at=RECEIVED))
