"""Asking a center's own Prometheus for raw samples; what it answers lands as files and goes in by the same door."""
