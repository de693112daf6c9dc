"""Proofs that need no engine to be checked: how the certificate of a plan is found."""
