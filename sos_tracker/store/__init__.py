"""Floor 2: the store keeps the records. The only room with state, and the only one that knows SQL."""
