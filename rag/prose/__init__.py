"""Answers in flowing prose by a language model: the prompt, what comes back, and whose words each sentence rests on."""
