"""Small worlds for orchestration: a data folder with one center, a file of two marts, a tiny dbt project."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from ingest.intake import ingest_paths
from ingest.paths import DataDir
from ingest.reading import Declaration
from orchestration.definitions_of_figures import write_definitions

CENTERS = (
    "center_id,center_name_zh,center_name_en,province_code,time_zone,revision\n"
    "yangzhou-01,扬州,{name},320000,Asia/Shanghai,{revision}\n"
)
FIRST_RECEIVED_AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDir:
    """An empty data folder, which the environment names."""
    root = tmp_path / "data"
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(root))
    return DataDir(root)


@pytest.fixture
def receive(tmp_path: Path, data_dir: DataDir) -> Callable[[str, str, datetime], None]:
    """Takes in a file with a given text as if it had come at a given instant."""

    def receive_text(name: str, text: str, received_at: datetime, **declared: str) -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (outcome,) = ingest_paths([path], data_dir, Declaration(received_at=received_at, **declared))
        assert outcome.status == "accepted", outcome.message

    return receive_text


@pytest.fixture
def one_center(receive, data_dir: DataDir) -> DataDir:
    """A data folder into which the register of one center was taken on 2026-09-01."""
    receive("centers.csv", CENTERS.format(name="Yangzhou", revision=1), FIRST_RECEIVED_AT)
    return data_dir


@pytest.fixture
def rename_center(receive, one_center: DataDir) -> Callable[[datetime], None]:
    """Takes in a register with another name for the center, received at a given instant."""
    text = CENTERS.format(name="Yangzhou East", revision=2)
    return lambda received_at: receive("renamed.csv", text, received_at)


@pytest.fixture
def warehouse_with(tmp_path: Path) -> Callable[..., Path]:
    """Writes a warehouse file whose marts are `dim_build` and `fct_figure` with the given figures."""

    def write(*figures: tuple[str, float | None, float | None, float | None], name: str = "warehouse") -> Path:
        path = tmp_path / name / "warehouse.duckdb"
        path.parent.mkdir()
        with duckdb.connect(str(path)) as connection:
            connection.execute("set TimeZone = 'UTC'; create schema marts; create schema staging")
            connection.execute(
                "create schema raw; create table raw.files as select 'f' as source_sha256, 1 as rows_accepted"
            )
            connection.execute("alter table raw.files add column refusal_code varchar")
            connection.execute(
                "create table marts.dim_build as select timestamptz '2026-10-01 00:00:00Z' as as_of_at, "
                "'test' as code_version"
            )
            connection.execute(
                "create table marts.fct_figure (figure_id varchar, lower double, observed double, upper double, "
                "coverage double, as_of_at timestamptz)"
            )
            connection.executemany("insert into marts.fct_figure values (?, ?, ?, ?, 1.0, null)", figures)
            connection.execute("create table staging.not_for_readers as select 1 as secret")
        write_definitions({"nodes": {}, "sources": {}, "metrics": {}}, path)
        return path

    return write


@pytest.fixture(scope="session")
def write_dbt_project() -> Callable[[Path, str], Path]:
    """Writes a dbt project of two models over raw, with the given SQL for the second, and one test on it."""

    def write(folder: Path, figure_sql: str) -> Path:
        marts = folder / "models"
        marts.mkdir(parents=True, exist_ok=True)
        (folder / "dbt_project.yml").write_text(
            "name: tiny\nversion: '1.0'\nprofile: tiny\nmodels:\n  +materialized: table\n  +schema: marts\n"
        )
        (folder / "profiles.yml").write_text(
            "tiny:\n  target: it\n  outputs:\n    it:\n      type: duckdb\n"
            "      path: \"{{ env_var('RACKLIGHT_WAREHOUSE_PATH') }}\"\n"
        )
        (folder / "macros").mkdir(exist_ok=True)
        (folder / "macros" / "generate_schema_name.sql").write_text(
            "{% macro generate_schema_name(name, node) -%}{{ name or target.schema }}{%- endmacro %}"
        )
        (marts / "dim_build.sql").write_text("select as_of_at, code_version, input_hash from raw.build")
        (marts / "fct_figure.sql").write_text(figure_sql)
        (marts / "models.yml").write_text(
            "models:\n  - name: fct_figure\n    columns:\n      - name: figure_id\n        data_tests: [not_null]\n"
        )
        return folder

    return write


@pytest.fixture
def dbt_project(tmp_path: Path, write_dbt_project) -> Callable[[str], Path]:
    """Writes the tiny dbt project beside the data folder."""
    return lambda figure_sql: write_dbt_project(tmp_path / "tiny_dbt_project", figure_sql)
