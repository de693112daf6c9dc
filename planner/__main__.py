"""The command line as a process: `planner`, `python -m planner`."""

from planner.cli.interruption import listen


def main() -> None:
    """Run the command of the process's arguments. Ctrl-C is heard before anything large is imported."""
    listen()
    from planner.cli.app import main as command_line

    command_line()


if __name__ == "__main__":
    main()
