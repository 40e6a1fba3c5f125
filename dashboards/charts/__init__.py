"""Frames in, plotly figures out; no streamlit."""
