"""Inventories other people keep, as spreadsheets or in asset systems, read into servers, cabinets and card events."""
