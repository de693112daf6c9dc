"""`python -m planner`: the command line."""

from planner.cli.app import main

main()
