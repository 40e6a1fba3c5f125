"""Job logs, node counts and node inventories of other systems: who held cards, and how many there were."""
