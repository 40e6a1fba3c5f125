import ast
import string
from pathlib import Path

import pytest

from dashboards import reason_words
from dashboards.charts import style
from dashboards.translations import TEXTS, Words
from ingest.domain import OFFTAKE_MEASURES, OFFTAKE_UNITS
from ingest.reasons import REASONS

DASHBOARDS = Path(__file__).resolve().parents[2] / "dashboards"
SOURCES = sorted(DASHBOARDS.rglob("*.py"))


def _literals(source: Path) -> set[str]:
    """Every literal text of a source, with the filled-in parts of f-strings as '*'."""
    found = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            found.add("".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values))
    return found


def _asked_keys(source: Path) -> set[str]:
    """Literal first arguments of `say(...)` and `words(...)`."""
    keys = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "words"}:
            keys |= {
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value
            }
    return keys


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(DASHBOARDS)))
def test_every_text_that_a_screen_asks_for_exists(source):
    missing = _asked_keys(source) - set(TEXTS)
    # The fixed part of an f-string key must at least begin or end some key.
    assert {part for part in missing if not any(key.startswith(part) or key.endswith(part) for key in TEXTS)} == set()


def test_every_text_is_there_in_both_languages_with_the_same_places_to_fill():
    fields = {
        key: [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        for key, texts in TEXTS.items()
    }
    assert [key for key, texts in TEXTS.items() if not all(text.strip() for text in texts)] == []
    assert [key for key, (chinese, english) in fields.items() if chinese != english] == []


def test_no_text_is_kept_that_no_screen_asks_for():
    texts = set().union(*(_literals(source) for source in SOURCES if source.parent.name != "texts"))
    groups = {
        "state",
        "unit",
        "measure",
        "reason",
        "withheld",
        "basis",
        "lease_kind",
        "billing_mode",
        "recognition",
        "contract",
        "capex_category",
        "opex_category",
        "firmness",
        "expectation",
        "condition",
        "action",
        "owner",
        "value_basis",
        "use_class",
        "padding_basis",
        "padding_verdict",
        "padding_reason",
        "relation",
        "visibility",
        "state_cause",
        "verdict",
        "severity",
        "status",
        "outcome",
        "subject",
        "evidence_kind",
        "finding_unit",
        "payback_cell",
        "role",
        "alert_kind",
        "audience",
    }
    patterns = [text for text in texts if "*" in text and "." in text]

    def is_asked(key: str) -> bool:
        if key.split(".")[0] in groups or key in texts:
            return True
        if key.endswith((".title", ".question")):
            return True
        parts = [(pattern.split("*")[0], pattern.split("*")[-1]) for pattern in patterns]
        return any("." in start and key.startswith(start) and key.endswith(end) for start, end in parts)

    assert [key for key in TEXTS if not is_asked(key)] == []


def test_codes_of_the_trade_have_words():
    for unit in OFFTAKE_UNITS:
        assert f"unit.{unit}" in TEXTS
    for measure in OFFTAKE_MEASURES:
        assert f"measure.{measure}" in TEXTS
    for state in style.STATE_COLORS:
        assert f"state.{state}" in TEXTS


def test_a_code_without_words_is_shown_and_not_hidden():
    assert Words("zh").code("state", "never_heard_of") == "never_heard_of"
    assert reason_words.sentence("NEVER_HEARD_OF", Words("en")) == "NEVER_HEARD_OF"


def test_every_reason_of_the_gate_reads_the_same_here_as_there():
    theirs = {code: (reason.zh, reason.en) for code, reason in REASONS.items()}
    differing = {code: words for code, words in theirs.items() if reason_words.SENTENCES.get(code) != words}
    assert differing == {}, "FIX: copy these into SENTENCES of dashboards/reason_words.py"


def test_the_state_glossary_is_that_of_the_contract():
    zh, en = Words("zh"), Words("en")
    assert [zh(f"state.{state}") for state in ("on_track", "at_risk", "cured", "lapsed")] == [
        "正常",
        "有风险",
        "已补救",
        "失效",
    ]
    assert en("state.in_breach_uncured") == "In breach, uncured"
