"""Correct cited sentences with one error planted in each: does the check of written sentences notice?

`python -m eval.planted` prints how many of each kind are noticed, and how often an untouched sentence is refused.
"""
