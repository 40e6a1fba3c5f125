"""`racklight export` and `racklight pull-netbox`: what they say where something is missing, and what they write."""

import csv
from datetime import date

import duckdb
import pytest
from click.testing import CliRunner

from orchestration.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("RACKLIGHT_NETBOX_TOKEN", raising=False)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def publish_one_line(folder):
    """A published file with one center and one invoice line of 100.01 yuan and 6.00 yuan of tax."""
    path = folder / "published" / "all" / "marts.duckdb"
    path.parent.mkdir(parents=True)
    columns = {
        "invoice_line_id": "l-1",
        "credit_note_id": "none",
        "invoice_id": "i-1",
        "center_id": "c-1",
        "province_code": 320000,
        "payer_party_id": None,
        "payer_name": None,
        "operator_party_id": None,
        "operator_name": None,
        "lease_id": None,
        "lease_kind": None,
        "commitment_id": None,
        "service_from": date(2026, 9, 1),
        "service_from_epoch_seconds": 1_788_220_800 - 28_800,
        "service_to_epoch_seconds": 1_790_812_800 - 28_800,
        "billing_from_epoch_seconds": 1_788_220_800 - 28_800,
        "billing_to_epoch_seconds": 1_790_812_800 - 28_800,
        "consumed_unit": None,
        "consumed_quantity_milli": None,
    }
    with duckdb.connect(str(path)) as connection:
        names = [
            *("center_name_zh", "center_name_en", "province_code", "province_name_zh", "province_name_en"),
            *("city_zh", "city_en", "center_level", "time_zone"),
            *("opened_on", "acceptance_start_on", "acceptance_end_on"),
        ]
        nothing = ", ".join(f"null::varchar as {name}" for name in names)
        connection.execute(f"create table dim_center as select 'c-1' as center_id, {nothing}")
        values = ", ".join(f"${name} as {name}" for name in columns)
        for table, category, fen in (("create table charges as", "Usage", 10_001), ("insert into charges", "Tax", 600)):
            connection.execute(
                f"{table} select {values}, '{category}' as charge_category, {fen}::bigint as billed_fen", columns
            )
        connection.execute("alter table charges rename to fct_charge__billed_usage")


def test_a_bill_is_written_with_its_sum_to_the_fen(run, tmp_path):
    publish_one_line(tmp_path)
    done = run("export", "focus", "--center", "c-1", "--period", "2026-09", "--output", str(tmp_path / "bill.csv"))
    assert done.exit_code == 0, done.output
    assert "2 charges, 106.01 yuan with tax" in done.output
    with (tmp_path / "bill.csv").open(encoding="utf-8", newline="") as file:
        usage, tax = csv.DictReader(file)
    assert (usage["BilledCost"], tax["BilledCost"], usage["BillingAccountId"]) == ("100.01", "6.00", "unknown")
    assert (usage["ChargePeriodStart"], usage["ChargePeriodEnd"]) == ("2026-08-31T16:00:00Z", "2026-09-30T16:00:00Z")
    printed = run("export", "focus", "--center", "c-1", "--period", "2026")
    assert (tmp_path / "bill.csv").read_text(encoding="utf-8") in printed.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--center", "c-1", "--period", "September"), "no month like 2026-09"),
        (("--center", "c-1", "--period", "2026-13"), "no month like 2026-09"),
        (("--center", "c-9", "--period", "2026-09"), "There is no center 'c-9'. Known: c-1"),
        (("--center", "c-1", "--period", "2026-08"), "no invoice line"),
    ],
)
def test_a_bill_that_cannot_be_written_says_why(run, tmp_path, arguments, said):
    publish_one_line(tmp_path)
    done = run("export", "focus", *arguments)
    assert done.exit_code != 0
    assert said in done.output


def test_a_bill_of_nothing_published_says_what_to_run(run):
    assert "racklight build" in run("export", "focus", "--center", "c-1", "--period", "2026-09").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "sources.toml"),
        (("--url", "https://netbox.example"), "--center and --time-zone"),
        (
            ("--url", "https://netbox.example", "--center", "c", "--time-zone", "Asia/Shanghai"),
            "RACKLIGHT_NETBOX_TOKEN",
        ),
    ],
)
def test_a_netbox_that_cannot_be_asked_says_what_is_missing(run, arguments, said):
    done = run("pull-netbox", *arguments)
    assert done.exit_code != 0
    assert said in done.output
