"""What starts runs: the landing folder when it changes, the morning, and Monday."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from orchestration.automation import SETTLE_SECONDS, every_monday, every_morning, landing_folder
from orchestration.resources import Data

LONG_AGO = 1_700_000_000


@pytest.fixture
def land(data_dir):
    """Puts a file into the landing folder, last changed long ago unless told otherwise."""

    def put(name: str, changed_at: float | None = LONG_AGO):
        path = data_dir.create().landing / name
        path.write_text(name)
        if changed_at is not None:
            os.utime(path, (changed_at, changed_at))
        return path

    return put


@pytest.fixture
def look(data_dir):
    """Evaluates the sensor, which remembers its cursor from one look to the next."""
    context = dg.build_sensor_context(resources={"data": Data(root=str(data_dir.root))})
    return lambda: landing_folder(context)


def test_an_empty_or_missing_landing_folder_starts_nothing(data_dir, look):
    assert isinstance(look(), dg.SkipReason)
    data_dir.create()
    assert isinstance(look(), dg.SkipReason)


def test_many_files_that_landed_start_one_run(land, look):
    land("a.csv")
    land("b.csv")
    assert isinstance(look(), dg.RunRequest)
    assert isinstance(look(), dg.SkipReason)


def test_a_file_that_came_or_changed_later_starts_another_run(land, look):
    land("a.csv")
    first = look()
    land("b.csv")
    second = look()
    land("b.csv", LONG_AGO + 1)
    third = look()
    assert len({first.run_key, second.run_key, third.run_key}) == 3


def test_a_file_that_is_still_being_copied_is_waited_for(land, look):
    path = land("a.csv", changed_at=None)
    skipped = look()
    assert f"less than {SETTLE_SECONDS} seconds ago" in skipped.skip_message
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert isinstance(look(), dg.RunRequest)


def test_the_morning_run_has_one_key_per_local_day():
    at = datetime(2026, 10, 1, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
    request = every_morning(dg.build_schedule_context(scheduled_execution_time=at))
    assert request.run_key == "2026-10-01"


def test_the_monday_run_has_one_key_per_week_and_runs_the_unit_tests():
    at = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    request = every_monday(dg.build_schedule_context(scheduled_execution_time=at))
    assert request.run_key == "2026-W41"
    assert request.run_config["ops"]["build_warehouse"]["config"]["run_unit_tests"] is True
