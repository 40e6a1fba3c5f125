"""One page per question of a reader; pages choose, draw and explain, and compute nothing."""
