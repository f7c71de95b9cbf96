"""Words of labels as a scanner misreads them: "Po1icy Nurnber", "Effectlve Oate"."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = [
    "adopted",
    "applies",
    "approval",
    "approved",
    "author",
    "category",
    "date",
    "dates",
    "department",
    "document",
    "effective",
    "expiration",
    "expires",
    "facility",
    "guideline",
    "issued",
    "issue",
    "last",
    "manual",
    "next",
    "number",
    "origination",
    "originated",
    "owner",
    "policy",
    "prepared",
    "procedure",
    "protocol",
    "replaces",
    "review",
    "reviewed",
    "revised",
    "revision",
    "section",
    "subject",
    "supersedes",
    "title",
    "type",
    "version",
]
# Letters that scanners take for one another; each is one code point, so that places stay.
_LIKE = str.maketrans("1|!ijt0dqc568", "lllllloooesbb")
_LOOKS = {word.translate(_LIKE): word for word in _WORDS}
_WORD = re.compile(r"[A-Za-z0-9|!]{4,12}(?![\w|!])")


def mended(line: str) -> str:
    """Mend misread label words; each code point keeps its place."""
    return _WORD.sub(lambda match: _likely(match[0]), line) if line else line


@lru_cache(maxsize=8192)
def _likely(written: str) -> str:
    word = written.lower()
    if word in _WORDS or not any(letter.isalpha() for letter in word):
        return written
    likely = _LOOKS.get(word.translate(_LIKE), written)
    return likely if len(likely) == len(written) else written
