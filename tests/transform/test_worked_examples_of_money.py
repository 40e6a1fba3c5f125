"""Every worked example of money is asked of the models: none may be dropped without a test saying so.

An example is held by a test that reads its answer by its id, or by a dbt unit test that carries its id in its name; of
the latter the numbers must be those of the examples.
"""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY.parent / "shared" / "reference" / "worked_examples.json"
IDS = [f"EX-E{number}" for number in range(1, 15)] + ["EX-S1"]
MILLION_FEN = 100_000_000


@pytest.fixture(scope="module")
def asked() -> dict[str, list[str]]:
    """By id: the test files below this folder that read the example's answer."""
    found: dict[str, list[str]] = {}
    for path in Path(__file__).parent.rglob("test_*.py"):
        for name in re.findall(r'worked_examples\["(EX-[A-Z]\d+)"\]', path.read_text(encoding="utf-8")):
            found.setdefault(name, []).append(path.name)
    return found


@pytest.fixture(scope="module")
def unit_tests() -> dict[str, list[dict]]:
    """By id: the dbt unit tests whose name begins with it."""
    found: dict[str, list[dict]] = {}
    for path in (REPOSITORY / "dbt_project" / "models").rglob("*unit_tests.yml"):
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]:
            if name := re.match(r"ex_([a-z]\d+)_", test["name"]):
                found.setdefault(f"EX-{name[1].upper()}", []).append(test)
    return found


@pytest.mark.parametrize("example_id", IDS)
def test_each_worked_example_of_money_is_asked_of_the_models(example_id, asked, unit_tests):
    assert example_id in asked or example_id in unit_tests


def test_the_list_holds_every_example_of_money_there_is():
    if not EXAMPLES.exists():
        pytest.skip(f"{EXAMPLES} is not on this machine")
    there = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    assert [name for name in there if re.match(r"EX-[ES]\d", name) and name not in IDS] == []


def test_the_unit_tests_of_return_and_present_value_expect_the_numbers_of_the_example(unit_tests, worked_examples):
    expected = [row for test in unit_tests["EX-E4"] for row in test["expect"]["rows"]]
    values = {name: value for row in expected for name, value in row.items()}
    assert values["npv_cny_fen"] / MILLION_FEN == pytest.approx(worked_examples["EX-E4"]["npv8"], abs=1e-5)
    assert values["irr_rate"] == pytest.approx(worked_examples["EX-E4"]["irr"], abs=1e-6)


def test_a_framework_agreement_weighs_nothing_in_the_backlog_of_the_example(build_world, query, worked_examples):
    """3,690 M of framework, 400 M firm and 200 M cancellable at a penalty: ninety days billed, ninety days left."""
    first, as_of, end = date(2025, 1, 1), datetime(2025, 4, 1, 12, tzinfo=UTC), datetime(2025, 6, 30, tzinfo=UTC)
    leases = {"framework": 3690, "firm": 400, "cancellable_penalty": 200}
    world = build_world(
        {
            "centers": [
                {"center_id": "c1", "center_name_zh": "c1", "center_name_en": "c1", "province_code": 320000}
                | {"time_zone": "UTC", "opened_on": first}
            ],
            "leases": [
                {
                    "lease_id": firmness,
                    "center_id": "c1",
                    "tenant_party_id": firmness,
                    "lease_kind": "whole_machine",
                    "purpose": "external_paid",
                    "firmness": firmness,
                    "starts_at": datetime(2025, 1, 1, tzinfo=UTC),
                    "ends_at": end,
                }
                for firmness in leases
            ],
            "invoice_lines": [
                {
                    "invoice_line_id": firmness,
                    "invoice_id": firmness,
                    "center_id": "c1",
                    "payer_party_id": firmness,
                    "lease_id": firmness,
                    "issued_on": date(2025, 4, 1),
                    "service_from": first,
                    "service_to": date(2025, 4, 1),
                    "net_cny_fen": amount * MILLION_FEN,
                    "tax_cny_fen": 0,
                }
                for firmness, amount in leases.items()
            ],
        },
        select=["+fct_center__lease_book", "+int_figures__ahead"],
        as_of=as_of,
    )
    expected = worked_examples["EX-E9"]
    (book,) = query(world, "from fct_center__lease_book")
    assert book["backlog_cny_fen"] == expected["nominal"] * MILLION_FEN
    assert book["weighted_backlog_cny_fen"] == expected["quality_weighted"] * MILLION_FEN
    assert book["backlog_quality_rate"] == pytest.approx(expected["share"], abs=1e-6)
    (figure,) = query(world, "from int_figures__ahead where metric_id = 'backlog_quality'")
    assert figure["observed"] == book["backlog_quality_rate"]
