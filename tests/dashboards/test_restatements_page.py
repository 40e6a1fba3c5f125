"""The page on restatements: what the log holds of the chosen center and month, and nothing after the chosen version."""

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dashboards.translations import LANGUAGES, Words
from ingest.paths import DataDir
from ingest.state.register import NewPublication, Register
from ingest.state.restatements import RestatementLog
from ingest.state.store import StateStore
from orchestration.restating.published_log import publish_log

MONTH = {"period_grain": "month", "period_start": "2026-09-01", "period_end": "2026-10-01", "unit": "ratio"}
PARTS = {"late_data": Decimal("0.0025"), "correction": Decimal("-0.0125"), "reclassification": Decimal("0.11")}


def restated(was_open: bool) -> dict:
    before = Decimal("0.4")
    measure = {"before": before, "after": before + sum(PARTS.values()), **PARTS}
    figure = {"metric_id": "lit_of_racked", "basis": "technical", "center_id": "yangzhou-01", **MONTH}
    return figure | {
        "measures": {"lower": measure},
        "causes": list(PARTS),
        "was_open": was_open,
        "definition_kinds": [],
    }


@pytest.fixture(scope="module")
def with_log(published_world, tmp_path_factory) -> Path:
    """The published world as the second publication of two, and a log of what it restated."""
    data_dir = DataDir(tmp_path_factory.mktemp("restated")).create()
    folder = data_dir.published / "all"
    folder.mkdir(parents=True)
    current = (published_world / "published" / "all" / "marts.duckdb").resolve()
    shutil.copy(current, folder / current.name)
    (folder / "marts.duckdb").symlink_to(current.name)
    store = StateStore(data_dir)
    for version in ("20261001T000000Z-first", current.stem.removeprefix("marts-")):
        as_of_at = datetime.strptime(version.split("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        Register(store).record(NewPublication("all", version, as_of_at, "test", {}, {}, {}))
    summary = {
        "present": list(PARTS),
        "brought_by": [
            {"cause": "correction", "kind": "file", "name": "days_2.csv", "detail": "device_days: 88"}
            | {"centers": "yangzhou-01", "recorded_at": "2026-11-09T00:00:00Z", "source_sha256": "0" * 64}
        ],
        "milestones": [
            {"milestone_id": "yangzhou-01-m1", "center_id": "yangzhou-01", "metric": "lit_on_plan"}
            | {"target_unit": "share"}
            | {f"{when}_verdict": verdict for when, verdict in (("before", "met"), ("after", "not_met"))}
            | {f"{when}_{bound}": 0.5 for when in ("before", "after") for bound in ("achieved_lower", "achieved_upper")}
            | {f"{when}_credit_{bound}": 1.0 for when in ("before", "after") for bound in ("lower", "upper")}
            | {f"{when}_earned_cny_fen_{bound}": 10**9 for when in ("before", "after") for bound in ("lower", "upper")}
        ],
        "restated_count": 2,
        "added_count": 5,
        "withdrawn_count": 1,
    }
    figures = {
        "lit_of_racked/yangzhou-01/month/2026-09-01": restated(was_open=False),
        "lit_of_racked/yangzhou-01/month/2026-10-01": restated(was_open=True) | {"period_start": "2026-10-01"},
    }
    RestatementLog(store).record(1, 2, summary, figures)
    publish_log(data_dir)
    return data_dir.root


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_of_a_restated_figure_stand_between_before_and_after(open_page, with_log, monkeypatch, language):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(with_log))
    say = Words(language)
    app = open_page("restatements", lang=language, center="yangzhou-01", month="2026-09")
    (row,) = app.table[0].value.to_dict("records")
    shown = [text.replace("\u2060", "").replace("\u00a0", " ") for text in row.values()]
    assert shown[1:] == ["40.00 %", "+0.00 pp", "+0.25 pp", "−1.25 pp", "+11.00 pp", "50.00 %"]
    assert say("restatements.counts", restated_count=2, restated_open_count=1, added_count=5, withdrawn_count=1) in [
        text.value for text in app.markdown
    ]
    assert "days\\_2\\.csv" in app.table[1].value.to_string()
    assert "2026" in app.table[1].value.to_string()
    before, after = list(app.table[2].value.to_dict("records")[0].values())[-2:]
    assert say("audit_verdict.met") in before
    assert say("audit_verdict.not_met") in after


def test_a_month_without_restated_rates_names_those_that_have_some_and_open_ones_are_not_among_them(
    open_page, with_log, monkeypatch
):
    monkeypatch.setenv("RACKLIGHT_DATA_DIR", str(with_log))
    app = open_page("restatements", lang="en", center="yangzhou-01", month="2026-10")
    assert Words("en")("restatements.none_of_month") in [info.value for info in app.info]
    (elsewhere,) = [text.value for text in app.caption if "Restated rates" in text.value]
    assert "restatements?lang=en&center=yangzhou-01&month=2026-09&pair=" in elsewhere
    assert elsewhere.count("](") == 1


def test_without_two_publications_the_page_says_so(open_page):
    app = open_page("restatements", lang="en")
    assert Words("en")("restatements.none") in [info.value for info in app.info]
