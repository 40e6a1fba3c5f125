"""One module per change of the state store's tables."""
