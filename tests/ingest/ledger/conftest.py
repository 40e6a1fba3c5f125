from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from ingest.ledger.readers import LEDGER_READERS
from ingest.reading import Declaration, Reading, UnreadableFileError

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
HERE = Declaration(center_id="sz-01", time_zone="Asia/Shanghai", received_at=datetime(2025, 10, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """Path of a sample; the test is skipped where the samples are not beside the checkout."""

    def find(name: str) -> Path:
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"samples are not here: {path} is absent")
        return path

    return find


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read a file with the one reader of this package that recognizes its first bytes."""

    def read_file(path: Path, declaration: Declaration = HERE) -> Reading:
        head = path.read_bytes()[: 64 * 1024]
        (reader,) = [reader for reader in LEDGER_READERS if reader.recognizes(head)]
        reading = reader.read(path, declaration, "sha")
        assert reading.rows_in == reading.rows_accepted + reading.quarantined.height
        return reading

    return read_file


@pytest.fixture(scope="session")
def refusal(read) -> Callable[..., str]:
    """The reason code with which a file is refused."""

    def refuse(path: Path, declaration: Declaration = HERE) -> str:
        with pytest.raises(UnreadableFileError) as caught:
            read(path, declaration)
        return caught.value.code

    return refuse


@pytest.fixture
def landed(tmp_path: Path) -> Callable[..., Path]:
    """Write text as a landing file whose name tells nothing."""

    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "received.bin"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of cells as the only sheet of a workbook, with some ranges merged."""

    def write(rows: list[list], merged: tuple[str, ...] = ()) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for cells in merged:
            book.active.merge_cells(cells)
        path = tmp_path / "received.bin"
        with path.open("wb") as file:
            book.save(file)
        return path

    return write


@pytest.fixture(scope="session")
def ledger(sample, read) -> Reading:
    """The messy sample ledger, read."""
    return read(sample("generated/asset_ledger_messy.xlsx"))
