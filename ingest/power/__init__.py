"""Power and energy as board controllers and meters tell them: of a server or a meter, never of a card."""
