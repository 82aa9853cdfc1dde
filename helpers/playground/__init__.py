"""What a playground holds: its settings, its points, the network in training on them, and its formulas."""
