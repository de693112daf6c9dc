"""A plan made again: what changes against the old one, why and at what price; changes against attainment; one seat."""
