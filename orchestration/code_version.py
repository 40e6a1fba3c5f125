"""Which code made a figure, without asking git: the package's version and a hash of what computes."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from ingest.paths import REPOSITORY_ROOT

COMPUTING_FOLDERS = ("ingest", "dbt_project")
_SOURCE_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".toml"}
_PRODUCED_FOLDERS = {"target", "logs", "__pycache__"}


def code_version() -> str:
    """The package version and twelve digits of the sources that decide figures: `0.1.0+1a2b3c4d5e6f`."""
    hashes = [folder_hash(REPOSITORY_ROOT / name) for name in COMPUTING_FOLDERS]
    return f"{version('racklight')}+{hashlib.sha256(''.join(hashes).encode()).hexdigest()[:12]}"


def folder_hash(folder: Path) -> str:
    """One hash over names and contents of a folder's source files, the same on every machine."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.suffix in _SOURCE_SUFFIXES and not _PRODUCED_FOLDERS & set(relative.parts):
            digest.update(f"{relative.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
