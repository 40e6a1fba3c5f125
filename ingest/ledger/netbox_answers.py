"""Objects of NetBox's REST answers with the lines they stand on; what they mean is decided by the reader."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.reading import UnreadableFileError

_RESULTS = re.compile(r'"results"\s*:\s*\[')
_NO_VALUE = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class NetboxObject:
    """One object under `results`: its first line in the file (from 1), its text on one line, its value."""

    line: int
    raw_text: str
    value: dict[str, Any]


def recognizes_netbox(head: bytes) -> bool:
    """Whether the first bytes are an answer with devices or with changes of objects."""
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") or b'"results"' not in head:
        return False
    is_devices = all(name in head for name in (b'"device_type"', b'"rack"', b'"serial"'))
    return is_devices or all(name in head for name in (b'"changed_object_type"', b'"postchange_data"'))


def objects_of(path: Path) -> list[NetboxObject]:
    """Every object under `results` of every answer, with the line it begins on.

    Raises:
        UnreadableFileError: the file is not UTF-8, or not whole answers of NetBox to its end.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("NOT_UTF8", f"{path.name}: byte {error.start} is not UTF-8.") from error
    decoder, position, found = json.JSONDecoder(), _NO_VALUE.match(text).end(), []
    try:
        while position < len(text):
            answer, end = decoder.raw_decode(text, position)
            opening = _RESULTS.search(text, position, end)
            cursor = opening.end() if opening else end
            for _ in answer["results"]:
                start = _NO_VALUE.match(text, cursor).end()
                value, cursor = decoder.raw_decode(text, start)
                found.append((start, cursor, value))
            position = _NO_VALUE.match(text, end).end()
    except (json.JSONDecodeError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not whole answers of NetBox ({error}).") from error
    objects, line, counted = [], 1, 0
    for start, end, value in found:
        line += text.count("\n", counted, start)
        counted = start
        if not isinstance(value, dict):
            raise UnreadableFileError("DAMAGED_FILE", f"{path.name}, line {line}: a result is no object.")
        objects.append(NetboxObject(line, " ".join(text[start:end].split()), value))
    return objects
