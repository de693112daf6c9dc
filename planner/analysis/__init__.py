"""Answers for the people in the plan: every one is a difference of proven solves."""
