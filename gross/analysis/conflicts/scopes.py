"""For whom and when a rule holds: two rules for different people do not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

CONDITIONS = frozenset(
    ("if", "unless", "except", "excepting", "excluding", "otherwise", "whenever", "where")
)

_SCOPES: tuple[tuple[str, str], ...] = (
    ("adult", "adult adults geriatric elderly"),
    ("child", "child children pediatric paediatric pediatrics adolescent adolescents minor minors"),
    ("infant", "infant infants neonate neonates neonatal newborn newborns baby babies febrile"),
    ("obstetric", "pregnant pregnancy obstetric labor maternity postpartum"),
    ("inpatient", "inpatient inpatients hospitalized"),
    ("outpatient", "outpatient outpatients clinic clinics ambulatory"),
    ("home", "home"),
    ("campus", "lakeside tower campus"),
    ("urgent", "stat emergent emergency urgent routine elective weekend weekends night nights"),
    ("violent", "violent nonviolent non-violent"),
    ("route", "oral intravenous iv intramuscular subcutaneous topical rectal enteral"),
    ("staff", "contractor contractors vendor vendors visitor visitors volunteer student"),
    ("staff", "employee employees physician physicians"),
    ("data", "restricted privileged administrator administrative production"),
)
_SCOPE_OF = {word: name for name, words in _SCOPES for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PEOPLE = frozenset(("adult", "child", "infant", "obstetric", "inpatient", "outpatient"))


def scopes(words: Iterable[str]) -> frozenset[str]:
    """Name the scopes that words set, each word for itself: "oral" is not "intravenous"."""
    return frozenset(word for word in words if word in _SCOPE_OF)


def people(text: str) -> frozenset[str]:
    """Name for whom a title or a heading says that a text is meant."""
    words = (_SCOPE_OF.get(match[0].lower(), "") for match in _WORD.finditer(text))
    return _PEOPLE.intersection(words)


def narrowing(text: str) -> frozenset[str]:
    """Name the words in a piece of a sentence that say for whom or on what condition."""
    words = {match[0].lower() for match in _WORD.finditer(text)}
    return scopes(words) | (words & CONDITIONS)
