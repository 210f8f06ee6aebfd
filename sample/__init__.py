"""The sample collection: articles written for this project, and questions with gold paragraphs."""

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
"""Folder of the articles, one sub-folder an outlet."""
QUESTIONS = Path(__file__).parent / "questions.jsonl"
"""Questions on them, one JSON object a line; sample/README.md tells the shape."""
EXAMPLES = (
    "How many people died when the ferry sank?",
    "What was decided about the cod quota?",
    "Why did the dock workers go on strike?",
    "Who is the chief executive of Merrin Stevedoring?",
    "How did the council vote on the cruise terminal?",
)
"""Questions to begin with."""
