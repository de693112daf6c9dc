"""Tables of people and of agencies, read from csv and xlsx."""
