"""What a seat more or fewer changes."""
