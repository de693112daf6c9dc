"""Published tables: counts of people, audited, and a roster rebuilt from them (contract, section 9)."""
