"""Word documents: the annex of a decision, the letter to an office; from templates that an office can replace."""
