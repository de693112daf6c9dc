"""What may come between a plan and its targets: futures drawn from yearly rates, and what they leave of the plan."""
