"""From files to a checked problem."""
