from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"


@pytest.fixture
def landed(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write text or bytes as a landing file whose name tells nothing."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "received.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """Path of a sample; the test is skipped where the samples are not beside the checkout."""

    def find(name: str) -> Path:
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"samples are not here: {path} is absent")
        return path

    return find
