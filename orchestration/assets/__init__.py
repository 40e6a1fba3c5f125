"""Dagster assets, one module per layer. Their bodies call the functions that the command line calls."""

import warnings

import dagster as dg

# one run over a range of days is what makes daily partitions affordable; the parameter is pinned with the release
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`", category=dg.BetaWarning)
