"""Telemetry: what exporters send, normalized to samples, and samples reduced to device-hours."""
