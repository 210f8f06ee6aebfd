"""When to keep silent: what is lacking, and what the question takes for granted."""
