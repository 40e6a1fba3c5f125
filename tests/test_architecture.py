"""The house keeps its shape: imports point one way, models point down the layers, and the words are all explained."""

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DBT = ROOT / "dbt_project"
MODELS = sorted((DBT / "models").rglob("*.sql"))
ALLOWED = {
    "staging": {"source", "seed"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"staging", "intermediate", "marts", "seed"},
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """A fresh parse into a temporary target; a manifest lying about may be stale."""
    from dbt.cli.main import dbtRunner

    target = tmp_path_factory.mktemp("target")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RACKLIGHT_WAREHOUSE_PATH", str(target / "unused.duckdb"))
        arguments = ["--project-dir", DBT, "--profiles-dir", DBT, "--target-path", target, "--log-path", target]
        outcome = dbtRunner().invoke(["parse", "--quiet", *map(str, arguments)])
    assert outcome.success, outcome.exception
    return outcome.result.to_dict()


def models_of(manifest: dict) -> Iterator[dict]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def layer(manifest: dict, unique_id: str) -> str:
    kind = unique_id.split(".")[0]
    return manifest["nodes"][unique_id]["fqn"][1] if kind == "model" else kind


def test_imports_point_one_way():
    lint = Path(sys.executable).parent / "lint-imports"
    outcome = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout


def test_every_folder_of_our_packages_is_a_package_so_that_the_import_rules_see_it():
    folders = {
        path.parent for package in ("ingest", "orchestration", "dashboards") for path in (ROOT / package).rglob("*.py")
    }
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_mart_says_who_may_see_its_rows_and_columns_and_no_rule_names_what_is_gone(manifest):
    """Left out by mistake, a mart or column stands empty for every reader who logs in, and nobody sees why."""
    import yaml

    content = yaml.safe_load((ROOT / "orchestration" / "access" / "rules.yaml").read_text(encoding="utf-8"))
    marts = {
        node["name"]: set(node["columns"])
        for node in models_of(manifest)
        if layer(manifest, node["unique_id"]) == "marts"
    }
    fix = "state it in orchestration/access/rules.yaml: its rows, roles, columns, and what is withheld"
    assert set(marts) - set(content["marts"]) == set(), fix
    for name, rule in content["marts"].items():
        assert {*rule["columns"], *rule.get("withheld", ())} == marts.get(name), f"{name}: {fix}"
    for name, rule in content["public"].items():
        assert set(rule["columns"]) <= marts.get(name, set()), f"{name}: {fix}"


def test_no_test_folder_is_a_package_because_that_would_hide_ours():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_models_refer_only_down_the_layers(manifest):
    wrong = [
        f"{node['name']} -> {parent}"
        for node in models_of(manifest)
        for parent in node["depends_on"]["nodes"]
        if layer(manifest, parent) not in ALLOWED[node["fqn"][1]]
    ]
    assert wrong == []


def test_every_model_says_its_grain_first_in_sql_and_in_words(manifest):
    assert [path.name for path in MODELS if not path.read_text().startswith("-- Grain: one row per ")] == []
    assert [node["name"] for node in models_of(manifest) if "Grain: one row per" not in node["description"]] == []


def test_only_what_sql_cannot_draw_is_a_python_model_and_it_says_its_grain_first():
    models = sorted((DBT / "models").rglob("*.py"))
    assert [path.name for path in models] == ["int_payback__outlook_bands.py"]
    assert [path.name for path in models if not path.read_text().startswith("# Grain: one row per ")] == []


def test_every_model_has_a_uniqueness_test_on_its_grain(manifest):
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "unique_grain"
    }
    assert sorted(node["name"] for node in models_of(manifest) if node["unique_id"] not in tested) == []


def test_every_mart_has_an_enforced_contract_and_every_column_of_it_a_sentence(manifest):
    marts = [node for node in models_of(manifest) if node["fqn"][1] == "marts"]
    assert marts
    assert [node["name"] for node in marts if not node["config"]["contract"]["enforced"]] == []
    silent = [
        f"{node['name']}.{name}"
        for node in marts
        for name, column in node["columns"].items()
        if not column["description"]
    ]
    assert silent == []


def test_every_metric_is_in_the_glossary_in_both_languages():
    glossary = "".join((DBT / "docs" / name).read_text(encoding="utf-8") for name in ("glossary.md", "metrics.md"))
    with (DBT / "seeds" / "reference" / "metrics.csv").open(encoding="utf-8", newline="") as file:
        metrics = list(csv.DictReader(file))
    assert metrics
    missing = [row["metric_id"] for row in metrics if row["name_zh"] not in glossary or row["name_en"] not in glossary]
    assert missing == []


BANNED_SQL = {
    r"\border by\b(?![^()]*\bnulls last\b)": "ORDER BY without NULLS LAST: engines disagree where nulls go",
    r"\bdayofweek\b": "dayofweek: Sunday is 0 on one engine and 1 on the other",
    r"\bpercentile_cont\b|\bquantile_cont\b|\bmedian\b": "continuous percentiles differ in the last bit",
    r"\bavg\s*\(": "a mean of rates hides its denominator; divide sums",
    r"\bcurrent_date\b|\bnow\s*\(|\bcurrent_timestamp\b": "the clock: only the build's as-of says what day it is",
    r"\bgroup by \d": "GROUP BY by number",
    r"\bselect distinct\b": "SELECT DISTINCT as glue",
}


@pytest.mark.parametrize("pattern", BANNED_SQL, ids=BANNED_SQL.values())
def test_models_stay_in_the_portable_subset(pattern):
    def sql_of(path: Path) -> str:
        without_comments = re.sub(r"--[^\n]*|\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        return " ".join(without_comments.lower().split())

    assert [path.name for path in MODELS if re.search(pattern, sql_of(path))] == []


def test_every_make_target_and_every_command_is_in_the_readme():
    from orchestration.cli import main

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert [target for target in targets if f"make {target}" not in readme] == []
    assert [name for name in main.commands if f"racklight {name}" not in readme] == []


def test_nothing_in_the_tree_names_a_package_registry_or_one_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    pattern = re.compile(
        rb"https?://[^\s\"']*(pypi|pythonhosted|debian\.org|npmjs)|/home/[a-z]+/|/root/", re.IGNORECASE
    )
    own = Path(__file__).relative_to(ROOT).as_posix()
    assert [name for name in tracked if name != own and pattern.search((ROOT / name).read_bytes())] == []


def test_migrations_of_the_state_store_form_one_line_and_their_files_bear_its_numbers():
    folder = ROOT / "ingest" / "state" / "migrations" / "versions"
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("v*.py"))}
    steps = [
        (
            name[1:5],
            re.search(r'^revision = "(\w+)"', text, re.M)[1],
            re.search(r"^down_revision = (.+)$", text, re.M)[1],
        )
        for name, text in texts.items()
    ]
    wanted = [f"{number:04}" for number in range(1, len(steps) + 1)]
    assert [number for number, _, _ in steps] == wanted, "FIX: another migration took this number; take the next one"
    assert [revision for _, revision, _ in steps] == wanted
    assert [before.strip('"') for _, _, before in steps] == ["None", *wanted[:-1]]
