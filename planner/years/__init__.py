"""The years: what really happened, written down in a ledger, and the scheme as it stands when a later year begins."""
