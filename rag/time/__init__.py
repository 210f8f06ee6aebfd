"""When: the time that a question names, the days that passages tell of, and what they say in order."""
