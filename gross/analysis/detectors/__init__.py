"""All detectors. A new one: one file here, one name in ALL, one file of cases in tests/analysis."""

from gross.analysis.detectors import (
    approval_chain,
    conflicting,
    contained,
    dead_reference,
    discontinued,
    doubled_log,
    length,
    near_duplicate,
    obligations,
    overdue_review,
    passed_date,
    reading_level,
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
    discontinued.DETECTOR,
    superseded_term.DETECTOR,
    passed_date.DETECTOR,
    overdue_review.DETECTOR,
    approval_chain.DETECTOR,
    doubled_log.DETECTOR,
    obligations.DETECTOR,
    reading_level.DETECTOR,
    length.DETECTOR,
)
