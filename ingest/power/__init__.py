"""Power as board controllers and power meters tell it: of a server, a processor or a rack's outlet, never of a card."""
