"""When to keep silent: whether the evidence fits, what is lacking, and what the question takes for granted."""
