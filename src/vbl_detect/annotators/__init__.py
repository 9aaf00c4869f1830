"""Agreement of people who labelled the same notes, where they differ, and their agreed answer."""
