"""Who is selected, who waits, and what each priority rule changed."""
