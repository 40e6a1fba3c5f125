"""A sender's manifest beside a file, `NAME.manifest.json`: what the file must be before any of it is believed."""

from dataclasses import dataclass
from pathlib import Path

import orjson

from ingest.reading import UnreadableFileError

MANIFEST_SUFFIX = ".manifest.json"
_REQUIRED = {"rows": int, "bytes": int, "sha256": str, "schema_version": int, "sequence": int}
_LARGEST = 1 << 62
SCHEMA_VERSIONS = (1,)
"""Versions of the documented headers that a sender can mean."""


@dataclass(frozen=True)
class SenderManifest:
    """What the sender says of one file.

    `rows` are counted as Racklight counts them: without header, comments and blank lines. `sequence` is the sender's
    own number of the delivery, one higher each time; `sender` says who counts, where a center has several senders.
    """

    rows: int
    bytes: int
    sha256: str
    schema_version: int
    sequence: int
    sender: str | None = None

    def check_bytes(self, name: str, byte_count: int, sha256: str) -> None:
        """Refuse a file that is not the one that was sent, or not all of it.

        Raises:
            UnreadableFileError: it is another.
        """
        if (byte_count, sha256) != (self.bytes, self.sha256):
            told = f"{self.bytes:,} bytes, sha256 {self.sha256[:12]}…"
            raise _mismatch(name, f"it has {byte_count:,} bytes, sha256 {sha256[:12]}…, its manifest says {told}")

    def check_rows(self, name: str, row_count: int) -> None:
        """Refuse a file with other rows than were sent.

        Raises:
            UnreadableFileError: it has more or fewer.
        """
        if row_count != self.rows:
            raise _mismatch(name, f"it has {row_count:,} rows, its manifest says {self.rows:,}")


def _mismatch(name: str, difference: str) -> UnreadableFileError:
    return UnreadableFileError("MANIFEST_MISMATCH", f"{name}: {difference}. Send both again.")


def manifest_of(path: Path) -> SenderManifest | None:
    """The manifest beside a file, or None if it came without one.

    Raises:
        UnreadableFileError: the manifest itself cannot be used.
    """
    beside = path.with_name(path.name + MANIFEST_SUFFIX)
    if not beside.is_file():
        return None
    try:
        said = orjson.loads(beside.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _unusable(beside, "it is not JSON") from error
    if not isinstance(said, dict) or not set(_REQUIRED) <= set(said) <= {*_REQUIRED, "sender"}:
        raise _unusable(beside, f"it must hold {', '.join(_REQUIRED)}, and may hold sender, and nothing else")
    for name, kind in (_REQUIRED | {"sender": str}).items():
        if name in said and (type(said[name]) is not kind or (kind is int and not 0 <= said[name] <= _LARGEST)):
            raise _unusable(beside, f"{name} must be {'text' if kind is str else 'a whole number'}")
    if said["schema_version"] not in SCHEMA_VERSIONS:
        raise _unusable(beside, f"schema_version {said['schema_version']} is not known here")
    return SenderManifest(**said | {"sha256": said["sha256"].lower()})


def _unusable(path: Path, fault: str) -> UnreadableFileError:
    return UnreadableFileError("BAD_MANIFEST", f"{path.name}: {fault}. data/README.md shows a manifest.")
