"""What may happen to the people of a scheme: yearly rates, numbers drawn, and what they leave of a cadre's studies."""
