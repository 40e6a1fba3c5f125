"""All readers of this family, for the list that recognizes a landing file by its content."""

from ingest.occupancy.inventory import OPENB_READER, PAI_READER
from ingest.occupancy.job_log import JOB_LOG_READER
from ingest.occupancy.node_series import NODE_SERIES_READER
from ingest.reading import Reader

OCCUPANCY_READERS: tuple[Reader, ...] = (JOB_LOG_READER, NODE_SERIES_READER, OPENB_READER, PAI_READER)
