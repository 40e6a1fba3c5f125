"""Redfish resources kept as JSON files: environment metrics, metric reports, and metrics of rack power meters.

Only metric reports carry times, and their values are strings. A resource's path is unique inside one controller only,
and the file does not say which controller that is: the receiver declares the server, or the cabinet of a power meter.
"""

import json
import re
from pathlib import Path

import polars as pl

from ingest import json_text
from ingest.power.readings import TOLD_SCHEMA, power_reading
from ingest.reading import Declaration, Reader, Reading, UnreadableFileError

FORMAT_NAME = "Redfish"

_TYPE = re.compile(rb'"@odata\.type"\s*:\s*"#(EnvironmentMetrics|PowerDistributionMetrics|MetricReport)\.')
_VALUE_KEY = re.compile(r'"MetricValue"\s*:')
_IS_POWER = re.compile(r"(?:PowerConsumedWatts|PowerWatts(?:/Reading)?)$")
_OTHER = "values of a metric report that are not power"
_WHOLE = re.compile(r"/(?:Systems|Chassis)/[^/]+$")
_PART = re.compile(r"/Chassis/[^/]*(?:GPU|HGX|OAM|UBB|Baseboard|Accel|PSU|Drive)[^/]*$", re.IGNORECASE)
"""Chassis that controllers of accelerator servers list beside the server itself: they are inside it."""


def recognizes(head: bytes) -> bool:
    """Whether the bytes begin a JSON object of one of the three resource types."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and _TYPE.search(head) is not None


def read(path: Path, declaration: Declaration, source_sha256: str) -> Reading:
    """Read one resource; what carries no time was observed at `declaration.observed_at`.

    A chassis or system is the declared server; anything below one is a part of it.

    Raises:
        UnreadableFileError: the file is no whole JSON document, or of another resource type, or no center is declared.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        resource = json_text.parse(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("DAMAGED_FILE", f"{path.name}: not a whole JSON document: {error}.") from error
    kind = resource.get("@odata.type", "") if isinstance(resource, dict) else ""
    match str(kind).removeprefix("#").split(".", 1)[0]:
        case "MetricReport":
            told, other_count = _report(resource, text)
        case "EnvironmentMetrics" | "PowerDistributionMetrics":
            told, other_count = [_metrics(resource)], 0
        case _:
            raise UnreadableFileError("UNKNOWN_FORMAT", f"{path.name}: no Redfish resource that tells power: {kind!r}.")
    named = [row | _meter(row["meter_id"], declaration) for row in told]
    frame = pl.DataFrame(named, schema=TOLD_SCHEMA, orient="row")
    return power_reading(FORMAT_NAME, frame, declaration, source_sha256, path, {_OTHER: other_count})


def _meter(subject: str | None, declaration: Declaration) -> dict[str, str | None]:
    """Which meter a path of one controller is: the declared server or cabinet stands before the path."""
    if "/PowerEquipment/" in (subject or ""):
        scope, owner = "pdu", declaration.cabinet_id or declaration.server_id
    else:
        is_whole = _WHOLE.search(subject or "") and not _PART.search(subject or "")
        scope, owner = "server" if is_whole else "component", declaration.server_id
    return {
        "meter_id": f"{owner}{subject}" if owner and subject else None,
        "meter_scope": scope,
        "server_id": declaration.server_id if scope != "pdu" else None,
        "cabinet_id": declaration.cabinet_id,
        "source_method": "redfish",
    }


def _metrics(resource: dict) -> dict:
    """The one row of a resource without times: its sensors' readings."""
    return {
        "meter_id": str(resource.get("@odata.id", "")).rsplit("/", 1)[0] or None,
        "power_w_text": _reading(resource, "PowerWatts"),
        "total_kwh_text": _reading(resource, "EnergykWh"),
        "source_line": 1,
        "raw_text": json.dumps({name: resource.get(name) for name in ("@odata.id", "PowerWatts", "EnergykWh")}),
    }


def _reading(resource: dict, name: str) -> str | None:
    sensor = resource.get(name)
    value = sensor.get("Reading") if isinstance(sensor, dict) else sensor
    return None if value is None else str(value)


def _report(resource: dict, text: str) -> tuple[list[dict], int]:
    """The power values of a metric report, and how many other values it holds."""
    entries = resource.get("MetricValues")
    entries = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    found = [text.count("\n", 0, key.start()) + 1 for key in _VALUE_KEY.finditer(text)]
    lines = found if len(found) == len(entries) else [1] * len(entries)
    power = [
        _told(entry, line)
        for entry, line in zip(entries, lines, strict=True)
        if _IS_POWER.search(str(entry.get("MetricProperty", "")))
    ]
    return power, len(entries) - len(power)


def _told(entry: dict, line: int) -> dict:
    value, time = entry.get("MetricValue"), entry.get("Timestamp")
    return {
        "meter_id": re.split(r"/Power#|/EnvironmentMetrics|#/", entry["MetricProperty"], maxsplit=1)[0],
        "read_at_text": None if time is None else str(time),
        "power_w_text": None if value is None else str(value),
        "source_line": line,
        "raw_text": json.dumps(entry),
    }


REDFISH_READER = Reader(FORMAT_NAME, recognizes, read)
