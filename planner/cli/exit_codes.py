"""What a command's exit status says (contract, section 7)."""

OK, WRONG, BAD_INPUT, IMPOSSIBLE, OUT_OF_TIME, INTERRUPTED, CLOSED, TERMINATED = 0, 1, 2, 3, 4, 130, 141, 143
