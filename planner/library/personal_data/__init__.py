"""Who stands in the data: pseudonyms and the key file that leads back, and what is taken out of a run."""
