"""Restatements: what a publication says otherwise than an earlier one, split into causes that sum to the change."""
