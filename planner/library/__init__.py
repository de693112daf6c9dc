"""The library: what each command does, as a function that returns tables; `planner` hands them on under these names."""
