"""What centers send, taken in: readers, the gate, quarantine, the telemetry rollup and the state store."""

from ingest.memory import keep_freed_memory

keep_freed_memory()
