"""All detectors. A new one: one file here, one name in ALL, one file of cases in tests/analysis."""

from gross.analysis.detectors import contained, near_duplicate, shared_passage
from gross.analysis.types import Detector

ALL: tuple[Detector, ...] = (
    near_duplicate.DETECTOR,
    contained.DETECTOR,
    shared_passage.DETECTOR,
)
