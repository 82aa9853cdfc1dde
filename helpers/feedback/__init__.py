"""What a check says: is a function right, which mistake is in it, and in which words."""
