"""Does the support model agree with people about which claims a text carries?"""

from __future__ import annotations

from zlib import crc32

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.case import SupportCase
from eval.measure import Measure, Row, Rows
from eval.measures.confidence import calibration_error


def _row(case: SupportCase) -> Row:
    return case.said, float(case.label), float(case.said >= case.threshold), float(crc32(case.kind.encode()))


def _two_sided(rows: Rows) -> bool:
    return len(set(rows[:, 1])) == 2


def balanced_accuracy(rows: Rows) -> float:
    """Mean of the shares judged right among the carried and the others; columns: probability, label, judgement."""
    if not _two_sided(rows):
        return float("nan")
    true = rows[:, 1] > 0
    return float((rows[true, 2].mean() + 1 - rows[~true, 2].mean()) / 2)


def auroc(rows: Rows) -> float:
    """Area under the ROC curve; columns: score, label."""
    return float(roc_auc_score(rows[:, 1], rows[:, 0])) if _two_sided(rows) else float("nan")


def mean_of_kinds(rows: Rows) -> float:
    """Balanced accuracy as a mean over the kinds (fourth column) that have claims of both sorts."""
    each = [balanced_accuracy(rows[rows[:, 3] == kind]) for kind in np.unique(rows[:, 3])]
    return float(np.nanmean(each)) if not np.all(np.isnan(each)) else float("nan")


BALANCED = Measure(
    "balanced accuracy",
    "Mean of the shares judged right among the claims that the text carries and those that it does not, at the "
    "threshold that the reader brings along.",
    "claims",
    _row,
    balanced_accuracy,
)
BALANCED_MEAN = Measure(
    "balanced accuracy, mean of kinds",
    "The same for each kind or source of claims apart, as a mean: every source weighs the same.",
    "claims",
    _row,
    mean_of_kinds,
)
AUROC = Measure(
    "AUROC",
    "Probability that a claim that is carried is held for more probable than one that is not.",
    "claims",
    _row,
    auroc,
    reference="Hanley and McNeil 1982",
)
CALIBRATED = Measure(
    "support calibration error",
    "Expected calibration error of the probability, in ten bins of equal width.",
    "claims",
    _row,
    lambda rows: calibration_error(np.asarray(rows)[:, :2]),
    reference="Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks (ICML 2017)",
    better="low",
)
