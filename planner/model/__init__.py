"""The problem as an integer programme: options, rules, goals, rows."""
