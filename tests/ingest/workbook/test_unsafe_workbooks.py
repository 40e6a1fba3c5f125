"""Workbooks are told from others by content, and what must not be opened is refused before it is."""

import contextlib
import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ingest.ledger.readers import LEDGER_READERS
from ingest.reading import Declaration, UnreadableFileError
from ingest.workbook import archive
from ingest.workbook.archive import COMPOUND_MAGIC, recognizes
from ingest.workbook.readers import WORKBOOK_READERS
from ingest.workbook.template import write_template

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
PARTY = {"party_id": "p1", "party_name_zh": "甲", "party_kind": "vendor"}


@pytest.fixture
def changed(empty_template: Path, tmp_path: Path) -> Callable[..., Path]:
    """The template with some parts of the archive replaced or added."""

    def change(compression: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> Path:
        parts = {name.replace("__", "/"): content for name, content in parts.items()}
        path = tmp_path / "received.bin"
        with zipfile.ZipFile(empty_template) as old, zipfile.ZipFile(path, "w", compression) as new:
            for name in old.namelist():
                new.writestr(name, parts.pop(name, None) or old.read(name))
            for name, content in parts.items():
                new.writestr(name, content)
        return path

    return change


def head(path: Path) -> bytes:
    return path.read_bytes()[: 64 * 1024]


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_workbook_is_known_by_its_sheets_however_it_is_packed(changed, read, compression):
    path = changed(compression)
    assert recognizes(head(path))
    assert read(path).rows_in == 0


def test_a_ledger_is_left_to_the_reader_of_ledgers():
    path = SAMPLES / "generated" / "asset_ledger_messy.xlsx"
    if not path.exists():
        pytest.skip(f"samples are not here: {path} is absent")
    assert not recognizes(head(path))


def test_a_large_workbook_is_recognized_where_its_list_of_sheets_comes_last(filled, read):
    chance = random.Random(1)
    rows = [PARTY | {"party_id": f"p{number}", "party_name_en": chance.randbytes(8).hex()} for number in range(6000)]
    path = filled(parties=rows)
    assert b"xl/workbook.xml" not in head(path)
    assert read(path).rows_accepted == 6000


def test_a_large_ledger_is_given_on_to_the_reader_of_ledgers(tmp_path, read):
    book = openpyxl.Workbook()
    book.active.title = "servers"
    book.active.append(["机柜", "序列号", "GPU型号", "GPU数量", "状态", "上架日期"])
    for number in range(9000):
        book.active.append(["A1", f"SN-{number * 7919 % 100_003}-{number}", "H20", 8, "在网", "2025-01-02"])
    path = tmp_path / "ledger.xlsx"
    book.save(path)
    here = Declaration(center_id="c1", time_zone="Asia/Shanghai")
    assert recognizes(head(path))
    assert read(path, here).format_name == LEDGER_READERS[-1].read(path, here, "sha").format_name == "asset ledger XLSX"


def test_other_archives_are_none_of_ours(tmp_path):
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as new:
        new.writestr("word/document.xml", b"x" * 100)
    assert not recognizes(text.getvalue())
    assert not recognizes(b"PK\x03\x04")
    assert not recognizes(b"party_id,party_name_zh\n")


def test_a_password_is_told(tmp_path, refusal, changed):
    locked = tmp_path / "locked.bin"
    locked.write_bytes(COMPOUND_MAGIC + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600)
    assert refusal(locked) == "ENCRYPTED_FILE"
    zipped = bytearray(changed().read_bytes())
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = -1
        while (position := zipped.find(mark, position + 1)) != -1:
            zipped[position + flags_at] |= 1
    locked.write_bytes(zipped)
    assert refusal(locked) == "ENCRYPTED_FILE"


def test_an_old_xls_file_is_no_format_of_ours(tmp_path, refusal):
    (tmp_path / "old.bin").write_bytes(COMPOUND_MAGIC + b"\x00" * 1000)
    assert refusal(tmp_path / "old.bin") == "UNKNOWN_FORMAT"


def test_macros_are_refused_by_their_part_and_by_the_declared_type(changed, refusal, empty_template):
    assert refusal(changed(**{"xl__vbaProject.bin": b"x"})) == "MACROS_IN_WORKBOOK"
    assert refusal(changed(**{"xl__macrosheets__sheet1.xml": b"<x/>"})) == "MACROS_IN_WORKBOOK"
    types = zipfile.ZipFile(empty_template).read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert kind in types
    types = types.replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert refusal(changed(**{"[Content_Types].xml": types})) == "MACROS_IN_WORKBOOK"


def test_a_bomb_is_refused_by_its_list_of_parts_before_a_byte_is_expanded(changed, refusal, monkeypatch):
    path = changed(**{"xl__worksheets__sheet99.xml": b"<x>" + b"0" * 40_000_000})
    assert path.stat().st_size < 200_000

    def expand(*_: object) -> bytes:
        raise AssertionError("a part was expanded")

    monkeypatch.setattr(zipfile.ZipFile, "read", expand)
    monkeypatch.setattr(zipfile.ZipFile, "open", expand)
    assert refusal(path) == "EXPANDS_TOO_FAR"


def test_many_parts_and_many_bytes_are_refused(changed, refusal, monkeypatch):
    path = changed()
    monkeypatch.setattr(archive, "_MOST_PARTS", 3)
    assert refusal(path) == "EXPANDS_TOO_FAR"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "_LARGEST_EXPANDED_BYTES", 1000)
    assert refusal(path) == "EXPANDS_TOO_FAR"


def test_xml_with_entities_is_refused(changed, refusal):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    assert refusal(changed(**{"xl__sharedStrings.xml": laughs})) == "FORBIDDEN_XML"


@pytest.mark.parametrize("tag", ["mergeCell", "hyperlink"])
def test_a_few_bytes_that_span_a_whole_sheet_are_refused(changed, refusal, empty_template, tag):
    sheet = zipfile.ZipFile(empty_template).read("xl/worksheets/sheet2.xml")
    spoiled = sheet.replace(b"</sheetData>", f'</sheetData><{tag}s><{tag} ref="A1:XFD1048576"/></{tag}s>'.encode())
    assert refusal(changed(**{"xl__worksheets__sheet2.xml": spoiled})) == "EXPANDS_TOO_FAR"


def test_a_cell_far_below_costs_nothing(filled, read):
    def stray(book: openpyxl.Workbook) -> None:
        book["parties"]["A1048576"].value = "p9"

    reading = read(filled(stray, parties=[PARTY]))
    assert (reading.rows_accepted, reading.quarantined["source_line"].to_list()) == (1, [1_048_576])


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_a_workbook_cut_off_is_damaged(empty_template, tmp_path, keep):
    content = empty_template.read_bytes()
    path = tmp_path / "cut.bin"
    path.write_bytes(content[: int(len(content) * keep)])
    (reader,) = WORKBOOK_READERS
    with pytest.raises(ValueError, match="not a whole workbook"):
        reader.read(path, Declaration(), "sha")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("content", [b"<", b"<x/>", b"\xff\xfe\x00"])
def test_a_part_of_nonsense_is_damaged_or_holds_nothing(changed, part, content):
    path = changed(**{part.replace("/", "__"): content})
    (reader,) = WORKBOOK_READERS
    with contextlib.suppress(UnreadableFileError):
        assert reader.read(path, Declaration(), "sha").rows_in == 0


def test_the_bytes_that_were_read_are_left_as_they_were(filled, read, tmp_path):
    path = filled(parties=[PARTY])
    copy = shutil.copy(path, tmp_path / "copy.bin")
    read(path)
    assert Path(copy).read_bytes() == path.read_bytes()


def test_a_template_can_be_written_over_an_older_one(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"old")
    write_template(path)
    assert openpyxl.load_workbook(path).sheetnames
