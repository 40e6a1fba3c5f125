from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from ingest.reading import Declaration, Reading, UnreadableFileError
from ingest.workbook.readers import WORKBOOK_READERS
from ingest.workbook.template import write_template

HERE = Declaration(received_at=datetime(2026, 10, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "registers.xlsx"
    write_template(path)
    return path


@pytest.fixture
def filled(empty_template: Path, tmp_path: Path) -> Callable[..., Path]:
    """The template with rows of values from row 3 down in some sheets, saved under a name that tells nothing."""

    def fill(change: Callable[[openpyxl.Workbook], None] = lambda book: None, **sheets: list[dict]) -> Path:
        book = openpyxl.load_workbook(empty_template)
        for name, rows in sheets.items():
            columns = {cell.value: cell.column for cell in book[name][1]}
            for number, row in enumerate(rows, start=3):
                for field, value in row.items():
                    book[name].cell(number, columns[field]).value = value
        change(book)
        path = tmp_path / "received.bin"
        with path.open("wb") as file:
            book.save(file)
        return path

    return fill


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read a file with the reader of this package, if that recognizes its first bytes."""

    def read_file(path: Path, declaration: Declaration = HERE) -> Reading:
        (reader,) = [reader for reader in WORKBOOK_READERS if reader.recognizes(path.read_bytes()[: 64 * 1024])]
        reading = reader.read(path, declaration, "sha")
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return read_file


@pytest.fixture(scope="session")
def refusal(read) -> Callable[..., str]:
    """The reason code with which a file is refused."""

    def refuse(path: Path) -> str:
        with pytest.raises(UnreadableFileError) as caught:
            read(path)
        return caught.value.code

    return refuse
