"""All readers of this family, for the list that recognizes a landing file by its content."""

from ingest.reading import Reader
from ingest.usage.focus import FOCUS_READER
from ingest.usage.gateway_log import GATEWAY_LOG_READER
from ingest.usage.intervals import INTERVALS_READER

USAGE_READERS: tuple[Reader, ...] = (FOCUS_READER, GATEWAY_LOG_READER, INTERVALS_READER)
