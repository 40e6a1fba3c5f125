"""The template says what the schemas say, in two languages, and is the same file every time."""

import time
from pathlib import Path

import openpyxl
import pytest

from ingest.records import RECORD_KINDS
from ingest.workbook.template import CHOICES_SHEET, GUIDE_SHEET, TEMPLATE_KINDS, write_template
from ingest.workbook.words import choice_zh, grain_zh, is_must, meaning_zh, title_zh, words

KINDS = [RECORD_KINDS[name] for name in TEMPLATE_KINDS]


@pytest.fixture(scope="module")
def book(empty_template: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(empty_template)


def test_there_is_one_sheet_per_kind_between_the_guide_and_the_choices(book):
    assert book.sheetnames == [GUIDE_SHEET, *TEMPLATE_KINDS, CHOICES_SHEET]


def test_a_template_written_later_has_the_same_bytes(empty_template, tmp_path):
    time.sleep(1.1)
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == empty_template.read_bytes()


@pytest.mark.parametrize("kind", KINDS, ids=TEMPLATE_KINDS)
def test_the_first_row_names_the_fields_and_the_second_explains_each_in_both_languages(book, kind):
    header, notes, *rest = book[kind.name].iter_rows(values_only=True)
    assert header == kind.headers
    assert rest == []
    for field, note in zip(kind.fields, notes, strict=True):
        assert note.startswith("※ 必填" if is_must(field) else "※ 选填")
        assert field.description in note
        assert meaning_zh(kind, field) in note


@pytest.mark.parametrize("kind", KINDS, ids=TEMPLATE_KINDS)
def test_every_choice_has_a_drop_down_with_exactly_its_values(book, kind):
    lists = {}
    for rule in book[kind.name].data_validations.dataValidation:
        if rule.type == "list" and rule.formula1.startswith("choices_"):
            ((sheet, cells),) = book.defined_names[rule.formula1].destinations
            column = min(found.min_col for found in rule.sqref.ranges)
            lists[book[kind.name].cell(1, column).value] = tuple(cell.value for (cell,) in book[sheet][cells])
    assert lists == {field.name: field.choices for field in kind.fields if field.choices}


@pytest.mark.parametrize("kind", KINDS, ids=TEMPLATE_KINDS)
def test_columns_of_text_keep_text_so_that_long_serials_survive(book, kind):
    formats = {
        field.name: book[kind.name].column_dimensions[cell.column_letter].number_format
        for field, cell in zip(kind.fields, book[kind.name][1], strict=True)
        if field.type in ("text", "instant")
    }
    assert set(formats.values()) == {"@"}


def test_the_chinese_words_cover_every_field_and_choice_and_nothing_else():
    for kind in KINDS:
        assert title_zh(kind)
        assert grain_zh(kind)
        assert words()["kinds"][kind.name]["fields"].keys() <= set(kind.headers)
    choices = {choice for kind in KINDS for field in kind.fields for choice in field.choices}
    assert choices == words()["choices"].keys()
    assert all(choice_zh(choice) for choice in choices)
    assert words()["kinds"].keys() == set(TEMPLATE_KINDS)


def test_no_cell_of_the_template_is_a_formula(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
