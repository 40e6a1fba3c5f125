"""Text of `ipmitool dcmi power reading`, one answer or many one after the other: a server's draw at an instant.

The tool names no server, so the receiver declares it. Its time has no zone; without a declared one the declared
instant of observation would be needed, and a time that is there is not replaced, so such answers are set aside.
"""

import re
from pathlib import Path

import polars as pl

from ingest.occupancy.lines import read_lines
from ingest.power.readings import TOLD_SCHEMA, power_reading
from ingest.reading import Declaration, Reader, Reading

FORMAT_NAME = "ipmitool dcmi"
OTHER_LINES = "lines that tell neither power nor time"

_HEAD = re.compile(rb"^\s*Instantaneous power reading:\s", re.MULTILINE)
_POWER = re.compile(r"^\s*Instantaneous power reading:\s*(.*?)\s*(?:Watts)?\s*$", re.IGNORECASE)
_TIME = re.compile(r"^\s*IPMI timestamp:\s*(.*?)\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"^\w{3}\s+(\w{3})\s+(\d{1,2})\s+(\d{2}:\d{2}:\d{2})\s+(\d{4})$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def recognizes(head: bytes) -> bool:
    """Whether one of the first lines is the tool's instantaneous reading."""
    return _HEAD.search(head) is not None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read every answer of the file; an answer without a time was observed at `declaration.observed_at`.

    Raises:
        UnreadableFileError: the file is empty or not UTF-8, or no center is declared.
    """
    answers: list[dict[str, str | int | None]] = []
    other_count = 0
    for number, text in read_lines(path).select("source_line", "raw_text").iter_rows():
        if power := _POWER.match(text):
            answers.append({"source_line": number, "raw_text": text, "power_w_text": power.group(1)})
        elif (told := _TIME.match(text)) and answers and "read_at_text" not in answers[-1]:
            answers[-1]["read_at_text"] = _iso(told.group(1))
            answers[-1]["raw_text"] = f"{answers[-1]['raw_text']}\n{text}"
        else:
            other_count += 1
    same = {
        "meter_id": declaration.server_id,
        "server_id": declaration.server_id,
        "meter_scope": "server",
        "cabinet_id": declaration.cabinet_id,
        "source_method": "ipmi",
    }
    told = pl.DataFrame([same | answer for answer in answers], schema=TOLD_SCHEMA, orient="row")
    times = sum("read_at_text" in answer for answer in answers)
    notices = {OTHER_LINES: other_count, "lines of time, read with their power": times}
    return power_reading(FORMAT_NAME, told, declaration, source_sha256, path, notices)


def _iso(clock: str) -> str:
    """The tool's own way of writing a time as ISO text; anything else as it stands, to be set aside for it."""
    found = _CLOCK.match(clock)
    if not found or found[1] not in _MONTHS:
        return clock
    return f"{found[4]}-{_MONTHS.index(found[1]) + 1:02d}-{int(found[2]):02d}T{found[3]}"


IPMITOOL_READER = Reader(FORMAT_NAME, recognizes, read)
