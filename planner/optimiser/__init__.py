"""Integer programmes with ranked goals, solved and proven; knows nothing of training."""
