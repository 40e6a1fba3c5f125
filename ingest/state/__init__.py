"""The state store: what was received, what was set aside, and which lake files count. It stands below everything."""
