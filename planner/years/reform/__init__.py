"""A reform: from a day on offices are merged or end, cadres move, and the scheme speaks of other groups."""
