"""What the cells of a roster say: the words of the trade as data, and how they are read."""
