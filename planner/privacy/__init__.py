"""Who stands in the data: pseudonyms and the key file that leads back, what is taken out of a run, what is told of it."""
