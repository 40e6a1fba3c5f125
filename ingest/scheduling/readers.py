"""All readers of this family, for the list that recognizes a landing file by its content."""

from ingest.reading import Reader
from ingest.scheduling.kube import KUBE_READER
from ingest.scheduling.sacct import SACCT_READER

SCHEDULING_READERS: tuple[Reader, ...] = (SACCT_READER, KUBE_READER)
