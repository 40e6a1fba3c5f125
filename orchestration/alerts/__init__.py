"""Warnings on thresholds that people set: evaluated over the published file, told once, and again when nobody acts."""
