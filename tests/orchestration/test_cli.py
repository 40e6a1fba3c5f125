"""The command line: help that teaches, sentences instead of tracebacks, exit codes that programs can use."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result

from ingest.locks import writer_lock
from orchestration.build import warehouse_lock
from orchestration.cli import main
from orchestration.cli.terminal import print_frame

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
COMMANDS = [
    "template",
    "ingest",
    "pull",
    "pull-netbox",
    "build",
    "publish",
    "figures",
    "metrics",
    "compare",
    "export",
    "match",
    "explain",
    "recompute",
    "restatements",
    "findings",
    "status",
    "register",
    "report",
    "audit-pack",
    "quarantine",
    "serve",
    "access",
    "alerts",
    "sample",
    "demo",
    "dev",
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_help_lists_all_commands_in_the_order_of_work():
    assert main.list_commands(click.Context(main)) == COMMANDS
    shown = run("--help").output
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_ends_with_an_example_of_it(name):
    _, examples = run(name, "--help").output.split("Examples:\n")
    assert f"racklight {name}" in examples


def test_help_answers_without_loading_what_is_heavy():
    code = (
        "import sys, orchestration.cli; "
        "print(*sorted({'dagster', 'dbt', 'duckdb', 'polars', 'sqlalchemy', 'streamlit', 'rich'} & set(sys.modules)))"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == ""


def test_a_refused_file_ends_with_1_and_the_other_files_are_taken_in(data_dir, tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "letter.txt").write_text("Dear operator, please find attached nothing.\n")
    (tmp_path / "in" / "parties.csv").write_text(
        "party_id,party_name_zh,party_kind\np1,第一公司,vendor\n", encoding="utf-8"
    )
    outcome = run("ingest", tmp_path / "in")
    assert outcome.exit_code == 1
    assert "1 accepted, 0 known already, 1 refused" in outcome.output
    status = json.loads(run("status", "--format", "json").stdout)
    assert [(part["format_name"], part["rows_accepted"]) for part in status["received"]] == [("csv:parties", 1)]
    assert len(status["refused"]) == 1


def test_taking_in_a_file_again_is_no_failure(data_dir, tmp_path: Path):
    (tmp_path / "parties.csv").write_text("party_id,party_name_zh,party_kind\np1,第一公司,vendor\n", encoding="utf-8")
    assert run("ingest", tmp_path / "parties.csv").exit_code == 0
    again = run("ingest", tmp_path / "parties.csv")
    assert again.exit_code == 0
    assert "0 accepted, 1 known already, 0 refused" in again.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["build"], "Nothing was taken in"),
        (["build", "--as-of", "yesterday"], "must be an instant with an offset like 2026-03-31T08:00:00+08:00"),
        (["build", "--as-of", "2026-03-31T08:00:00"], "must be an instant with an offset"),
        (["publish"], "Run `racklight build` first"),
        (["figures"], "Run `racklight build` first"),
        (["serve"], "Run `racklight build` or `racklight demo` first"),
        (["ingest", "--time-zone", "Mars/Olympus", "."], "is not an IANA time zone"),
        (["ingest", "no/such/folder"], "does not exist"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_sentence(data_dir, arguments, sentence):
    outcome = run(*arguments)
    assert outcome.exit_code in (1, 2)
    assert isinstance(outcome.exception, SystemExit), "a traceback is not a sentence"
    assert sentence in outcome.output


def test_a_build_beside_another_writer_says_to_wait(one_center):
    with writer_lock(warehouse_lock(one_center)):
        outcome = run("build")
    assert outcome.exit_code == 1
    assert "Wait until it is done" in outcome.output


def test_a_day_as_of_is_its_last_second_in_china():
    from orchestration.cli.terminal import Instant

    instant = Instant(takes_days=True).convert("2026-03-31", None, None)
    assert instant.isoformat() == "2026-03-31T23:59:59+08:00"


def test_the_status_of_an_empty_folder_says_how_to_begin(data_dir):
    outcome = run("status")
    assert outcome.exit_code == 0
    assert "racklight demo" in outcome.output


def test_figures_as_json_are_numbers_dates_and_nulls_that_any_program_reads(capsys):
    frame = pl.DataFrame(
        {"denominator": [Decimal(2**60)], "observed": [None], "from": [date(2026, 9, 1)], "as_of": [NOON]},
        schema_overrides={"denominator": pl.Decimal(38, 0)},
    )
    print_frame(frame, "json")
    assert json.loads(capsys.readouterr().out) == [
        {"denominator": 2**60, "observed": None, "from": "2026-09-01", "as_of": "2026-10-01T12:00:00Z"}
    ]
    print_frame(frame, "csv")
    assert capsys.readouterr().out == (f"denominator,observed,from,as_of\n{2**60},,2026-09-01,2026-10-01T12:00:00Z\n")


def test_a_build_that_the_gate_stops_says_which_rows_and_publishes_nothing(one_center):
    (path,) = (one_center.lake / "records" / "centers").glob("*.parquet")
    pl.read_parquet(path).with_columns(pl.lit(None, pl.String).alias("time_zone")).write_parquet(path)
    outcome = run("build")
    assert outcome.exit_code == 1
    assert isinstance(outcome.exception, SystemExit), "a traceback is not a sentence"
    assert "time_zone is never empty" in outcome.output
    assert not list(one_center.warehouse.glob("build-*"))


def test_the_status_as_of_a_day_leaves_out_what_came_later(one_center, rename_center):
    rename_center(datetime(2026, 9, 4, tzinfo=UTC))
    counts = [
        json.loads(run("status", "--format", "json", *as_of).stdout)["received"][0]["file_count"]
        for as_of in (["--as-of", "2026-09-02"], [])
    ]
    assert counts == [1, 2]


@pytest.mark.parametrize(
    "command", ["status", "figures", "compare", "explain", "export focus", "register list", "quarantine list"]
)
def test_whatever_reads_takes_an_as_of(command):
    assert "--as-of" in run(*command.split(), "--help").output
