"""Screens and reports over published marts."""
