"""People and offices as headers name them: "Jane Doe, RN, MSN, Chief Nursing Officer"."""

from __future__ import annotations

import re

_OFFICE = re.compile(
    r"(?i:\b(?:administrat(?:or|ion)|assembly|board|cabinet|captain|chair(?:man|person|woman)?"
    r"|chief|clinical\s+lead|coordinator|committee|compliance|coordinating|council|counsel|dean"
    r"|department|directors?|educator|executive|governance|governors|group|head\s+of"
    r"|hr\s+review|human\s+resources|lead|leadership|legal\s+review|management|manager"
    r"|medical\s+staff|nursing|officer|operations|panel|pharmacy|physician|president|principal"
    r"|quality|secretary|service\s+line|services|specialist|sponsor|superintendent|supervisor"
    r"|task\s*force|team|treasurer|trustees)\b)"
    r"|\b(?:[AC]?CNO|CEO|CFO|CIO|CMIO|CMO|COO|CPC|CQO|BOD|BOM|BOT|DON|EVP|GC|HR|IRB|MEC"
    r"|P\s?&\s?T|SVP|VP|AVP)\b"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = (
    r"(?:A?PRN|APP|ARNP|BC|BCPS|BScN|BSN|CCRN|CEN|CIC|CNM|CNS|CPHQ|CRNA|DDS|DNP|DO|Ed\.?D|FAAN|FACHE"
    r"|FACP|FACS|FNP(?:-BC)?|JD|LCSW|LPN|MBA|MBBS|MD|M\.D\.|MHA|MPH|MS|MSN|MSW|NEA-BC|NP|OTR|PA(?:-C)?|PharmD"
    r"|Ph\.?D|PT|R\.?N\.?|RD|RHIA|RPh|RRT|Esq\.?)"
)
CREDENTIALS = re.compile(rf"(?:,?\s*\b{_LETTERS}(?![\w]))+")
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_PERSON = re.compile(
    rf"^(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+)?(?:{_NAME_WORD}|[A-Z]\.?)"
    rf"(?:\s+(?:[A-Z]\.?|{_NAME_WORD}|de|van|von|der|la)){{1,3}}(?:,?\s*{_LETTERS}\b)*$"
)


def names_office(text: str) -> bool:
    # PDF text loses spaces: "DocumentControlCommittee".
    return bool(_OFFICE.search(text) or _OFFICE.search(_GLUED.sub(" ", text)))


def names_person(text: str) -> bool:
    """Say whether a text is a person's name, with or without letters after it."""
    text = text.strip(" ,;:.")
    match = _PERSON.match(text)
    return bool(match) and len(text) <= 60 and not _OFFICE.search(text)
