"""All measures, in the order in which tables show them."""

from __future__ import annotations

from eval.case import Case, QuoteCase, Scored, SupportCase
from eval.measure import Measure
from eval.measures.abstention import (
    ABSTENTION_F1,
    ABSTENTION_PRECISION,
    ABSTENTION_RECALL,
    CRAG,
    FALSE_ABSTENTION,
)
from eval.measures.alce import ALCE_PRECISION, ALCE_RECALL
from eval.measures.confidence import CALIBRATION, RISK_COVERAGE
from eval.measures.correction import CORRECTED, CORRECTION_TOLD
from eval.measures.coverage import COVERAGE
from eval.measures.exactness import MINIMAL, SENTENCE
from eval.measures.figures import DATES, FIGURES
from eval.measures.follows import FOLLOWS, MISLED
from eval.measures.lacking import LACK, PART, PARTIAL, PREMISE, REASON
from eval.measures.latency import P50, P95
from eval.measures.lookup import DECLINED, FOUND_ARTICLE, FOUND_OUTLET, FOUND_PARAGRAPH, OUTCOME, WHOLE
from eval.measures.moment import AS_OF, IN_TIME
from eval.measures.opinion import NEWS_FIRST, OPINION
from eval.measures.paragraphs import F1, PRECISION, RECALL
from eval.measures.pointers import POINTERS
from eval.measures.quantities import ALIEN, EXACTLY, LATEST, OLDEST_FIRST, VALUES
from eval.measures.retrieval import HIT, MRR, NDCG, RECALL_AT_5, RECALL_AT_10
from eval.measures.said import CONFIRMED, DID, OWN, SPEAKER, STATEMENTS, WHO_SAID
from eval.measures.short_answer import CONTAINED, EXACT, TOKENS
from eval.measures.sources import COPIES, SOURCES
from eval.measures.support import AUROC, BALANCED, BALANCED_MEAN, CALIBRATED
from eval.measures.timeline import EVENT_DAYS, EVENTS, ONE_CITATION, ORDER
from eval.measures.trec import TREC
from eval.measures.turns import FOLLOW_UP, IN_FULL, KEPT
from eval.measures.verbatim import VERBATIM

UNDERSTANDING = (
    *(EXACTLY, VALUES, OLDEST_FIRST, LATEST, ALIEN),
    *(AS_OF, IN_TIME),
    *(SPEAKER, STATEMENTS, OWN, DID, CONFIRMED),
    *(FOLLOW_UP, IN_FULL, KEPT),
    *(EVENTS, ORDER, EVENT_DAYS, ONE_CITATION),
    *(REASON, PREMISE, PARTIAL, PART, LACK),
    *(CORRECTED, CORRECTION_TOLD),
    *(SOURCES, COPIES),
    *(OPINION, NEWS_FIRST),
)
"""When, who says so, what is disputed, what was corrected: each for its own kinds of question."""
QUESTION = (
    POINTERS,
    VERBATIM,
    COVERAGE,
    RECALL,
    PRECISION,
    F1,
    SENTENCE,
    MINIMAL,
    ALCE_RECALL,
    ALCE_PRECISION,
    TREC,
    CONTAINED,
    EXACT,
    TOKENS,
    WHO_SAID,
    *UNDERSTANDING,
    FIGURES,
    DATES,
    FOLLOWS,
    MISLED,
    ABSTENTION_RECALL,
    FALSE_ABSTENTION,
    ABSTENTION_PRECISION,
    ABSTENTION_F1,
    CRAG,
    RISK_COVERAGE,
    CALIBRATION,
    HIT,
    RECALL_AT_5,
    RECALL_AT_10,
    MRR,
    NDCG,
    P50,
    P95,
)
SUPPORT = (BALANCED, BALANCED_MEAN, AUROC, CALIBRATED)
LOOKUP = (FOUND_ARTICLE, FOUND_PARAGRAPH, FOUND_OUTLET, WHOLE, DECLINED, OUTCOME, P50, P95)


def measures_for(case: Scored) -> tuple[Measure, ...]:
    """The measures that bear on cases of this sort."""
    return {Case: QUESTION, SupportCase: SUPPORT, QuoteCase: LOOKUP}[type(case)]


__all__ = ["LOOKUP", "QUESTION", "SUPPORT", "measures_for"]
