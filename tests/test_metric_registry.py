"""Registry, SQL, screens and documents name the same metrics on the same bases."""

import csv
import re
from pathlib import Path

import pytest

from dashboards.translations import TEXTS
from orchestration.metrics_document import GLOSSARY, registry, write_metrics

DBT = Path(__file__).resolve().parents[1] / "dbt_project"


@pytest.fixture(scope="module")
def metrics() -> list[dict[str, str]]:
    return registry()


@pytest.fixture(scope="module")
def parts() -> list[dict[str, str]]:
    with (DBT / "seeds" / "reference" / "metric_parts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_of_metrics_is_what_the_registry_says(metrics):
    page = (DBT / "docs" / "metrics.md").read_text(encoding="utf-8")
    expected = write_metrics(metrics, GLOSSARY.read_text(encoding="utf-8"))
    assert page == expected, "run: python -m orchestration.metrics_document > dbt_project/docs/metrics.md"


def test_every_metric_is_registered_whole(metrics):
    assert [row["metric_id"] for row in metrics if not all(row.values())] == []
    ids = [row["metric_id"] for row in metrics]
    names = [row[f"name_{language}"] for language in ("zh", "en") for row in metrics]
    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names)), "two metrics have the same name"


def test_every_basis_has_words_in_both_languages(metrics):
    assert {row["basis"] for row in metrics if f"basis.{row['basis']}" not in TEXTS} == set()


def test_every_utilization_metric_says_what_it_divides_and_nothing_else_does(metrics, parts):
    of_utilization = {row["metric_id"] for row in metrics if row["subject"] == "utilization"}
    assert of_utilization == {row["metric_id"] for row in parts}


def test_every_part_a_metric_names_is_a_part_the_models_have(parts):
    macro = (DBT / "macros" / "utilization" / "rate_parts.sql").read_text(encoding="utf-8")
    known = set(re.findall(r"'([a-z0-9_]+)'", macro)) | {""}
    columns = ("lower_part", "upper_part", "denominator_part", "known_part", "coverage_part")
    assert [(row["metric_id"], row[name]) for row in parts for name in columns if row[name] not in known] == []
