from collections.abc import Callable
from pathlib import Path

import pytest

TRACES = Path(__file__).parents[3].parent / "shared" / "traces"


@pytest.fixture
def landed(tmp_path: Path) -> Callable[[str], Path]:
    """Write text as a landing file whose name tells nothing."""

    def write(text: str) -> Path:
        path = tmp_path / "received.bin"
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture(scope="session")
def trace() -> Callable[[str], Path]:
    """Path of a real trace; the test is skipped where the traces are not beside the checkout."""

    def find(name: str) -> Path:
        path = TRACES / name
        if not path.exists():
            pytest.skip(f"real traces are not here: {path} is absent")
        return path

    return find
