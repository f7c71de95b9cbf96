"""All detectors. A new one: one file here, one name in ALL, one file of cases in tests/analysis."""

from gross.analysis.detectors import (
    conflicting,
    contained,
    dead_reference,
    near_duplicate,
    overdue_review,
    shared_passage,
    superseded_term,
)
from gross.analysis.types import Detector

ALL: tuple[Detector, ...] = (
    near_duplicate.DETECTOR,
    contained.DETECTOR,
    shared_passage.DETECTOR,
    conflicting.DETECTOR,
    dead_reference.DETECTOR,
    superseded_term.DETECTOR,
    overdue_review.DETECTOR,
)
