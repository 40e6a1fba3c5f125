"""NetBox's REST answers: devices alone, the change log alone, and both in one file."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.reading import Declaration
from ingest.records.devices import DEVICE_EVENTS

HERE = Declaration(center_id="sz-01", time_zone="Asia/Shanghai", received_at=datetime(2025, 10, 1, tzinfo=UTC))
CHANGED_AT = datetime(2025, 8, 30, 9, 0, 1, tzinfo=UTC)
POWERED_AT = datetime(2025, 3, 17, 16, tzinfo=UTC)
DEVICE = {
    "id": 101,
    "name": "sz-gpu-0007",
    "device_type": {"model": "R5500 G6"},
    "serial": "A1",
    "asset_tag": None,
    "location": None,
    "rack": {"id": 77, "name": "R2-07"},
    "status": {"value": "active", "label": "Active"},
    "custom_fields": {"accelerator_count": 2, "accelerator_model": "NVIDIA H20"},
    "last_updated": "2025-08-30T09:00:01.000Z",
}
CHANGE = {
    "id": 9001,
    "time": "2025-08-30T09:00:01.000Z",
    "changed_object_type": "dcim.device",
    "changed_object_id": 101,
    "object_repr": "sz-gpu-0007",
    "prechange_data": {"status": "active", "rack": 77},
    "postchange_data": {"status": "active", "rack": 77},
}


def answers(*results):
    """Devices and changes as NetBox answers them, one answer each, on one line."""
    return "".join(json.dumps({"count": 1, "next": None, "results": [result]}) for result in results)


def device(**fields):
    return deepcopy(DEVICE) | fields


def change(before, after, **fields):
    return deepcopy(CHANGE) | {"prechange_data": before, "postchange_data": after} | fields


def events_of(reading):
    """State and instant of the first card's events, in order."""
    events = reading.records["device_events"].filter(pl.col("device_uid").str.ends_with("/0"))
    return events.sort("occurred_at", "event_id").select("state", "occurred_at").rows()


@pytest.fixture
def both(sample, tmp_path):
    """The two sample answers one after the other in one file."""
    path = tmp_path / "received.bin"
    names = ("netbox_api_dcim_devices.json", "netbox_api_core_object_changes.json")
    path.write_bytes(b"\n".join(sample(f"generated/{name}").read_bytes() for name in names))
    return path


def test_the_change_log_says_when_a_machine_was_pulled(both, read):
    reading = read(both)
    pulled = reading.records["device_events"].filter(pl.col("server_id") == "210235A4L104")
    assert pulled.schema == pl.Schema(DEVICE_EVENTS.lake_schema)
    assert events_of(reading.__class__("", 0, 0, records={"device_events": pulled})) == [
        ("powered", POWERED_AT),
        ("decommissioned", CHANGED_AT),
    ]
    assert pulled.filter(pl.col("state") == "decommissioned")["document"].unique().to_list() == ["NetBox change 9001"]
    assert (reading.rows_in, reading.rows_accepted) == (3, 3)


def test_accelerators_are_counted_by_custom_fields_since_they_are_no_devices(sample, read):
    events = read(sample("generated/netbox_api_dcim_devices.json")).records["device_events"]
    assert events["device_uid"].n_unique() == 16
    assert events["model_id"].unique().to_list() == ["nvidia-h20-96g"]


def test_a_row_has_the_line_on_which_its_object_begins(sample, read):
    events = read(sample("generated/netbox_api_dcim_devices.json")).records["device_events"]
    assert sorted(set(events["source_line"])) == [7, 62]


def test_a_change_of_a_device_that_the_file_does_not_hold_is_set_aside(sample, read):
    reading = read(sample("generated/netbox_api_core_object_changes.json"))
    assert reading.quarantined.select("source_line", "reason_code").rows() == [(5, "MISSING_VALUE")]
    assert "no device of this file" in reading.quarantined["detail"][0]


def test_a_change_that_carries_its_device_needs_no_other_answer(landed, read):
    after = device(status="staged", rack=77)
    reading = read(landed(answers(change({"status": "planned", "rack": None}, after))))
    assert events_of(reading) == [("installed", CHANGED_AT)]


def test_a_machine_put_into_a_rack_is_racked_at_that_instant_and_pulled_when_it_leaves_it(landed, read):
    racked = change({"status": "active", "rack": None}, {"status": "active", "rack": 77}, time="2025-03-01T08:00:00Z")
    pulled = change({"status": "active", "rack": 77}, {"status": "active", "rack": None}, id=9002)
    reading = read(landed(answers(device(rack=None), racked, pulled)))
    assert events_of(reading) == [("in_service", datetime(2025, 3, 1, 8, tzinfo=UTC)), ("delivered", CHANGED_AT)]


def test_a_deleted_machine_is_gone_from_the_instant_of_the_deletion(landed, read):
    reading = read(landed(answers(change(device(status="active", rack=77), None))))
    assert events_of(reading) == [("decommissioned", CHANGED_AT)]


def test_a_status_that_no_change_explains_is_known_from_the_last_update_on(landed, read):
    assert events_of(read(landed(answers(device())))) == [("in_service", CHANGED_AT)]


def test_changes_of_other_objects_and_of_other_fields_make_no_events(landed, read):
    same = change({"status": "active", "rack": 77}, {"status": "active", "rack": 77})
    reading = read(landed(answers(device(), same, change({}, {}, changed_object_type="dcim.rack"))))
    assert reading.rows_in == 2
    assert reading.notices["change of another object left out"] == 1
    assert reading.notices["change that leaves the state as it was: no event"] == 1
    assert events_of(reading) == [("in_service", CHANGED_AT)]


def test_a_device_of_known_height_and_power_is_a_server(landed, read):
    fields = {"accelerator_count": 0, "u_height": 8, "nameplate_w": 5600}
    servers = read(landed(answers(device(custom_fields=fields)))).records["servers"]
    assert servers.select("server_id", "center_id", "cabinet_id", "u_height", "nameplate_w", "host_name").rows() == [
        ("A1", "sz-01", "sz-01/R2-07", 8, 5600, "sz-gpu-0007")
    ]


@pytest.mark.parametrize(
    ("fields", "reason_code"),
    [
        ({"custom_fields": {}}, "MISSING_VALUE"),
        ({"custom_fields": {"accelerator_count": 8, "accelerator_model": None}}, "MISSING_VALUE"),
        ({"custom_fields": {"accelerator_count": "many", "accelerator_model": "H20"}}, "NOT_AN_INTEGER"),
        ({"custom_fields": {"accelerator_count": 800, "accelerator_model": "H20"}}, "OUT_OF_RANGE"),
        ({"serial": ""}, "MISSING_VALUE"),
        ({"serial": "1.65032E+18"}, "SERIAL_DAMAGED"),
        ({"status": None}, "MISSING_VALUE"),
        ({"status": {"value": "resting"}}, "NOT_A_CHOICE"),
        ({"last_updated": None}, "NO_TIMESTAMP"),
        ({"last_updated": "yesterday"}, "NOT_AN_INSTANT"),
        ({"last_updated": "2026-08-30T09:00:01.000Z"}, "TIME_IN_FUTURE"),
    ],
)
def test_a_device_that_breaks_a_rule_is_set_aside(landed, read, fields, reason_code):
    reading = read(landed(answers(device(id=1, serial="A0"), device(**fields))))
    assert reading.quarantined.select("source_line", "reason_code").rows() == [(1, reason_code)]
    assert reading.rows_accepted == 1


def test_a_device_twice_on_shifted_pages_counts_once_and_two_of_one_serial_conflict(landed, read):
    reading = read(landed(answers(device(), device(), device(id=102))))
    assert reading.quarantined["reason_code"].to_list() == ["EXACT_DUPLICATE", "CONFLICTING_KEY"]
    assert reading.records["device_events"].height == 2


def test_the_order_of_answers_does_not_matter(both, read, tmp_path):
    devices, changes = both.read_text(encoding="utf-8").split("\n}\n{")
    swapped = tmp_path / "swapped.bin"
    swapped.write_text("{" + changes + "\n" + devices + "\n}", encoding="utf-8")
    first, second = (
        read(path).records["device_events"].drop("source_line").sort("event_id") for path in (both, swapped)
    )
    assert_frame_equal(first, second)


def test_an_answer_cut_off_on_the_way_is_refused(sample, tmp_path, refusal):
    path = tmp_path / "received.bin"
    path.write_bytes(sample("generated/netbox_api_dcim_devices.json").read_bytes()[:-9])
    assert refusal(path) == "DAMAGED_FILE"


def test_an_answer_of_no_declared_center_is_refused(landed, refusal):
    assert refusal(landed(answers(device())), replace(HERE, center_id=None)) == "NO_CENTER"
