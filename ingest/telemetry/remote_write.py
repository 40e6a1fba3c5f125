"""Bodies of Prometheus remote write, kept as files: snappy-compressed protobuf messages, version 1 or 2.

There is no receiver here; a collector that keeps what it would send can be taken in all the same.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from ingest.reading import Declaration, Reader, Reading, UnreadableFileError
from ingest.telemetry.series import Series, read_series

FORMAT_NAME = "prometheus remote write"
LARGEST_BODY_BYTES = 256 << 20
"""A compressed body can say any size; a collector sends some megabytes at the most."""

_SERIES_V1, _SYMBOL_V2, _SERIES_V2 = 1, 4, 5
_LABEL, _SAMPLE = 1, 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10


def recognizes(head: bytes) -> bool:
    """True for a snappy block whose first bytes are those of a write request with labels."""
    try:
        size, at = _varint(head, 0)
        tag = head[at]
        start = at + 1 + max(0, (tag >> 2) - 59)
        body = head[start:]
        if tag & 3 or not 0 < size <= LARGEST_BODY_BYTES:
            return False
        if body.startswith(b"\x22\x00\x22"):  # version 2 begins with its table of symbols, whose first is empty
            return True
        for _ in range(2):  # version 1: a series, in it a label
            if body[:1] != b"\x0a":
                return False
            body = body[_varint(body, 1)[1] :]
        return body[:1] == b"\x0a"
    except (IndexError, ValueError):
        return False


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read a body; the line of a value is the number of its series, from one.

    Raises:
        UnreadableFileError: the body is damaged, or larger than `LARGEST_BODY_BYTES` once expanded.
    """
    packed = path.read_bytes()
    try:
        size, _ = _varint(packed, 0)
        if size > LARGEST_BODY_BYTES:
            raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: {size:,} bytes are too many for one body.")
        body = pa.decompress(packed, decompressed_size=size, codec="snappy", asbytes=True)
        series = list(_series(body))
    except (IndexError, ValueError, struct.error, OSError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: no whole remote write body: {error}") from error
    return read_series(FORMAT_NAME, series, declaration)


def _series(body: bytes) -> Iterator[Series]:
    symbols: list[str] = []
    number = 0
    for field, content in _fields(body):
        if field == _SYMBOL_V2:
            symbols.append(content.decode())
        elif field in (_SERIES_V1, _SERIES_V2):
            number += 1
            yield _one_series(number, content, symbols if field == _SERIES_V2 else None)


def _one_series(number: int, content: bytes, symbols: list[str] | None) -> Series:
    labels: dict[str, str] = {}
    times, values = [], []
    for field, part in _fields(content):
        if field == _LABEL and symbols is None:
            label = dict(_fields(part))
            labels[label.get(1, b"").decode()] = label.get(2, b"").decode()
        elif field == _LABEL:
            texts = [symbols[reference] for reference in _varints(part)]
            labels.update(zip(texts[::2], texts[1::2], strict=True))
        elif field == _SAMPLE:
            sample = dict(_fields(part))
            values.append(struct.unpack("<d", sample.get(1, b"\0" * 8))[0])
            times.append(_signed(sample.get(2, 0)))
    return number, labels, times, values


def _fields(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Numbers and contents of a message's fields: integers as such, everything else as bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        field, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield field, value
            continue
        if kind == _BYTES:
            length, at = _varint(message, at)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"a field of unknown kind {kind}")
        if at + length > len(message):
            raise ValueError("it ends within a field")
        yield field, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """The integer that begins at a position, and the position after it."""
    value = 0
    for shift in range(0, 7 * _LONGEST_VARINT, 7):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("an integer of more than ten bytes")


def _varints(message: bytes) -> Iterator[int]:
    at = 0
    while at < len(message):
        value, at = _varint(message, at)
        yield value


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


REMOTE_WRITE = Reader(FORMAT_NAME, recognizes, read)
