"""The weekly report of the sample world: the same bytes, a Chinese font, no formulas, and only numbers of the marts."""

import dataclasses
import io
import re
import shutil
import subprocess
import time

import openpyxl
import pytest

from dashboards import formatting
from dashboards.reports.weekly.document import compose, trust
from dashboards.reports.weekly.facts import NoSuchWeekError, Provenance, WeekFacts, gather
from dashboards.reports.weekly.forms import FORMATS, report_files
from dashboards.reports.weekly.html import html
from dashboards.reports.weekly.sentences import answers
from dashboards.reports.weekly.workbook import workbook
from dashboards.translations import LANGUAGES, TEXTS, Words

CENTER = "yangzhou-01"


@pytest.fixture(scope="module")
def facts_of(published_world):
    path = (published_world / "published" / "all" / "marts.duckdb").resolve()
    source = Provenance(7, None, 12, "a" * 64, [])
    return lambda scope: gather(path, scope, None, source)


@pytest.fixture(scope="module")
def files(facts_of) -> dict[str, bytes]:
    return {
        file.name.removeprefix("weekly-"): file.content
        for scope, languages in (("ALL", ("en",)), (CENTER, ("zh",)))
        for file in report_files(facts_of(scope), languages, tuple(FORMATS))
    }


def _of(files: dict[str, bytes], form: str) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.endswith(form)}


def test_the_same_facts_give_the_same_bytes_in_every_form(facts_of, files):
    time.sleep(2.1)  # a stamp of the clock would show: a zip keeps times to two seconds
    again = {
        file.name.removeprefix("weekly-"): file.content
        for file in report_files(facts_of(CENTER), ("zh",), tuple(FORMATS))
    }
    assert again
    assert {name: files[name] == content for name, content in again.items()} == dict.fromkeys(again, True)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed; see .ci/system_packages")
def test_the_pdf_has_two_to_four_pages_and_a_chinese_font_in_it(files, tmp_path):
    for name, content in _of(files, "pdf").items():
        path = tmp_path / name
        path.write_bytes(content)
        fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
        assert re.search(r"NotoSansCJKsc\S* .* yes yes yes", fonts), f"{name}: {fonts}"
        about = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        assert 2 <= int(re.search(r"Pages:\s+(\d+)", about).group(1)) <= 4, name
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert "lit_of_racked/" in text
        assert "a" * 60 in text.replace("\n", "")


def test_page_one_says_coverage_registration_and_restatements(facts_of):
    facts = facts_of(CENTER)
    for language in LANGUAGES:
        say = Words(language)
        said = " ".join(trust(facts, say))
        assert formatting.percent(facts.ladder["coverage_of_racked"]) in said
        assert say("weekly.restated_none") in said
        nobody_looked = dataclasses.replace(facts, provenance=Provenance())
        assert say("weekly.restated_unknown") in trust(nobody_looked, say)
        one = Provenance(7, None, 12, "a" * 64, [{"figure_id": "lit_of_racked/x"}])
        assert "lit_of_racked/x" in " ".join(trust(dataclasses.replace(facts, provenance=one), say))


def _numbers(sentences: list[str]) -> list[str]:
    text = re.sub(r"[^\x00-\x7f−–]|[A-Za-z]", " ", " ".join(sentences))
    return sorted(number for number in re.findall(r"\d[\d,.]*\d|\d", text) if len(number) > 2 and "." in number)


def test_the_answers_say_the_same_numbers_in_both_languages(facts_of):
    for scope in ("ALL", CENTER):
        chinese, english = (answers(facts_of(scope), Words(language)) for language in LANGUAGES)
        assert len(chinese) == len(english) == 8
        assert _numbers(chinese) == _numbers(english)


def test_the_first_answer_is_the_ladder_of_the_week(facts_of, sql):
    facts = facts_of(CENTER)
    (row,) = sql(
        """select sum(planned_card_seconds) as planned, sum(lit_card_seconds_lower) as lit
        from fct_center_day__utilization where center_id = $1 and local_day >= $2 and local_day < $3""",
        CENTER,
        facts.week_start_on,
        facts.week_end_on,
    )
    answer = answers(facts, Words("en"))[0]
    assert formatting.card_hours(row["planned"]) in answer
    assert formatting.card_hours(row["lit"]) in answer


def test_a_page_in_the_browser_asks_for_nothing_and_escapes_names(facts_of):
    facts = facts_of(CENTER)
    name = {"center_id": CENTER, "center_name_zh": "<script>x</script>", "center_name_en": "x"}
    facts = dataclasses.replace(facts, center_names=facts.center_names | {CENTER: name})
    text = html(compose(facts, Words("zh"))).decode()
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)
    assert "default-src 'none'" in text


def test_no_cell_of_the_workbook_is_a_formula(facts_of):
    facts: WeekFacts = facts_of(CENTER)
    evil = [row | {"subject_zh": "=HYPERLINK(1)", "subject_en": "@SUM(1)"} for row in facts.actions]
    facts = dataclasses.replace(facts, actions=evil)
    say = Words("zh")
    book = openpyxl.load_workbook(io.BytesIO(workbook(facts, compose(facts, say), say)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    texts = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
    assert "'=HYPERLINK(1)" in texts
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []


def test_every_action_has_an_owner_an_age_and_an_amount_or_a_reason(facts_of):
    for row in facts_of("ALL").actions:
        assert f"owner.{row['owner_role']}" in TEXTS
        assert f"action.{row['action_kind']}" in TEXTS
        assert f"value_basis.{row['value_basis']}" in TEXTS
        assert row["age_days"] >= 0
        assert (row["value_at_stake_cny_fen"] is None) == (row["value_basis"] == "no_amount_in_the_books")


def test_a_week_that_is_not_over_and_a_center_that_is_not_known_are_refused(marts):
    from datetime import date

    with pytest.raises(NoSuchWeekError, match="2026-W45"):
        gather(marts, "ALL", date(2026, 11, 2))
    with pytest.raises(NoSuchWeekError, match="no center nowhere"):
        gather(marts, "nowhere")


def test_changes_by_tenant_and_by_cause_are_one_change(facts_of):
    for scope in ("ALL", CENTER):
        facts = facts_of(scope)
        totals = {row["scope_lit_gflops_seconds_change"] for row in facts.by_tenant + facts.by_cause}
        assert len(totals) == 1
