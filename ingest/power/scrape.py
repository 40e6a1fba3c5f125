"""Exposition text of exporters of machines and meters alone: power of servers by Redfish, of strips by SNMP.

Where cards' metrics stand among its first lines, a scrape is recognized as one of cards and read in the same way.
"""

import re

from ingest.power.ipmi import recognizes as recognizes_ipmi
from ingest.power.series import power_metrics
from ingest.reading import Reader
from ingest.telemetry.exposition import read_exposition

_NAME = re.compile(rb"^[ \t]*([a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*(?:\{[^\n]*\}[ \t]*|[ \t])[-+.0-9NI]", re.MULTILINE)


def recognizes(head: bytes) -> bool:
    """Whether one of the first lines is a sample of a metric of power that ipmi_exporter does not have."""
    names = {found.group(1).decode().lower() for found in _NAME.finditer(head)} & power_metrics().keys()
    return any(not recognizes_ipmi(f"{name} ".encode()) for name in names)


POWER_SCRAPE_READER = Reader("prometheus exposition", recognizes, read_exposition)
