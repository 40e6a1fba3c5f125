"""All readers of this family, for the list that recognizes a landing file by its content."""

from ingest.power.ipmi import IPMI_READER
from ingest.power.ipmitool import IPMITOOL_READER
from ingest.power.pdu_log import PDU_LOG_READER
from ingest.power.redfish import REDFISH_READER
from ingest.power.scrape import POWER_SCRAPE_READER
from ingest.reading import Reader

POWER_READERS: tuple[Reader, ...] = (REDFISH_READER, POWER_SCRAPE_READER, IPMI_READER, IPMITOOL_READER)

LOOSE_POWER_READERS: tuple[Reader, ...] = (PDU_LOG_READER,)
"""Tried after all others: a header that is recognized by its words must not take a file of exact headers."""
