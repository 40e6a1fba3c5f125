"""The raw store: every file as received, read-only, under its sha256. A sender's file name is never a path."""

import hashlib
import os
import tempfile
from pathlib import Path

_CHUNK_BYTES = 1 << 20


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def place_of(sha256: str, raw_store: Path) -> Path:
    """Where the file of a sha256 is kept."""
    return raw_store / sha256[:2] / sha256


def keep(path: Path, raw_store: Path) -> tuple[str, Path]:
    """Copy a file into the raw store unless it is there, and return its sha256 and its place.

    The bytes are hashed while they are copied, so what is kept is what was hashed; file and folder are synced before
    the name appears.
    """
    raw_store.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with (
        tempfile.NamedTemporaryFile(dir=raw_store, prefix=".incoming-", delete=False) as copy,
        path.open("rb") as file,
    ):
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    sha256, temporary = digest.hexdigest(), Path(copy.name)
    place = place_of(sha256, raw_store)
    if place.exists():
        temporary.unlink()
        return sha256, place
    place.parent.mkdir(exist_ok=True)
    temporary.chmod(0o444)
    temporary.replace(place)
    _sync_folder(place.parent)
    return sha256, place


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
