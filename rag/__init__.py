"""What we say, and on what ground: a question becomes claims with citations.

from rag import answer
"""

from rag.answer import Answerer, answer, answerer
from rag.values import Answer, Citation, Claim, Conflict, Evidence

__all__ = ["Answer", "Answerer", "Citation", "Claim", "Conflict", "Evidence", "answer", "answerer"]
