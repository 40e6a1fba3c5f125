"""What centers send, taken in: readers, the gate, quarantine, the telemetry rollup and the state store."""
