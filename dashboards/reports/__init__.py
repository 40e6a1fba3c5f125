"""Published figures for readers other than the screen; no streamlit."""
