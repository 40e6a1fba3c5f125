"""CSV exports of NetBox's table and of openDCIM: whose words they use, and what they cannot say."""

from datetime import UTC, datetime

import pytest

RECEIVED_AT = datetime(2025, 10, 1, tzinfo=UTC)


def with_cards(text, *names):
    """The export with the two custom columns that count accelerators, 8 H20 in each machine."""
    header, *rows = text.strip().splitlines()
    return "\n".join([",".join([header, *names]), *(f"{row},8,H20" for row in rows)]) + "\n"


def last_states(reading):
    """The last event's state and instant of the first card of each machine."""
    events = reading.records["device_events"].sort("occurred_at", "event_id")
    return {
        server: (state, at)
        for server, uid, state, at in events.select("server_id", "device_uid", "state", "occurred_at").rows()
        if uid.endswith("/0")
    }


@pytest.mark.parametrize("name", ["netbox_devices_table_export.csv", "opendcim_device_export.csv"])
def test_an_export_that_does_not_count_accelerators_is_refused_and_never_read_as_none(sample, refusal, name):
    assert refusal(sample(f"generated/{name}")) == "MISSING_COLUMN"


def test_a_netbox_export_says_the_state_at_the_time_it_was_received(sample, landed, read):
    text = sample("generated/netbox_devices_table_export.csv").read_text(encoding="utf-8")
    reading = read(landed(with_cards(text, "Accelerator count", "Accelerator model")))
    assert reading.format_name == "NetBox table CSV"
    assert last_states(reading) == {
        "210235A4LK": ("in_service", RECEIVED_AT),
        "210235A4LL": ("installed", RECEIVED_AT),
        "210235A4LM": ("decommissioned", RECEIVED_AT),
    }
    assert reading.quarantined.select("source_line", "reason_code", "detail").rows() == [
        (4, "MISSING_VALUE", "server_serial")
    ]


def test_translated_headings_and_labels_say_the_same(sample, landed, read):
    text = sample("generated/netbox_devices_table_export.csv").read_text(encoding="utf-8")
    translated = text
    for english, chinese in {
        "Name,Status": "名称,状态",
        "Rack,": "机柜,",
        "Serial number": "序列号",
        "Position (U)": "位置 (U)",
        ",Active,": ",活动,",
        ",Staged,": ",已暂存,",
        ",Planned,": ",已计划,",
        ",Decommissioning,": ",退役中,",
    }.items():
        translated = translated.replace(english, chinese)
    first = read(landed(with_cards(text, "Accelerator count", "Accelerator model"))).records["device_events"]
    second = read(landed(with_cards(translated, "加速卡数量", "加速卡型号"))).records["device_events"]
    assert first.equals(second)


def test_an_opendcim_zero_date_is_no_date_and_a_comma_in_a_name_is_no_column(sample, landed, read):
    text = sample("generated/opendcim_device_export.csv").read_text(encoding="utf-8")
    reading = read(landed(with_cards(text, "Accelerator count", "Accelerator model")))
    assert reading.format_name == "openDCIM CSV"
    assert reading.quarantined.is_empty()
    assert last_states(reading) == {
        "210235A4LK": ("in_service", RECEIVED_AT),
        "210235A4LM": ("delivered", RECEIVED_AT),
    }
    events = reading.records["device_events"]
    installed = events.filter(events["state"] == "installed").select("server_id", "occurred_at").unique()
    assert installed.rows() == [("210235A4LK", datetime(2025, 3, 17, 16, tzinfo=UTC))]


def test_an_opendcim_height_and_a_stated_power_make_a_server(sample, landed, read):
    text = sample("generated/opendcim_device_export.csv").read_text(encoding="utf-8")
    header, *rows = with_cards(text, "Accelerator count", "Accelerator model").splitlines()
    powered = "\n".join([header + ",Nameplate W", *(row + ",5600" for row in rows)])
    servers = read(landed(powered)).records["servers"]
    assert servers.select("server_id", "cabinet_id", "u_height", "nameplate_w", "host_name").rows() == [
        ("210235A4LK", "sz-01/B2-07", 8, 5600, "sz-gpu-0007"),
        ("210235A4LM", "sz-01/B2-08", 8, 5600, "sz-gpu-0009"),
    ]
