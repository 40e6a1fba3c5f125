"""Metered use as others write it down: bills of use and request logs of gateways."""
