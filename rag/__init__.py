"""What we say, and on what ground: a question becomes claims with citations.

from rag import answer
"""

from rag.answer import Answerer
from rag.ask import answer, answerer
from rag.lookup import Finding, look_up
from rag.values import Answer, Citation, Claim, Conflict, Evidence

__all__ = [
    "Answer",
    "Answerer",
    "Citation",
    "Claim",
    "Conflict",
    "Evidence",
    "Finding",
    "answer",
    "answerer",
    "look_up",
]
