"""The words of a sentence as they are written, and which of its numbers name instead of count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from gross.analysis.conflicts.units import SPELLED

_MONTH_NAMES = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december", "jan", "feb", "mar", "apr"),
        *("jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
_NAMES = frozenset(  # what stands before a number that names
    (
        *("section", "sections", "§", "part", "policy", "form", "forms", "room", "rooms"),
        *("extension", "ext", "phone", "telephone", "fax", "call", "dial", "pager", "channel"),
        *("appendix", "attachment", "exhibit", "step", "steps", "version", "v", "page", "pages"),
        *("figure", "table", "chapter", "title", "item", "paragraph", "article", "rule"),
        *("level", "class", "category", "stage", "phase", "tier", "type", "grade", "no"),
        *("number", "bay", "building", "floor", "suite", "lot", "box", "zip", "line", "stop"),
        *("nist", "iso", "cfr", "usc", "u.s.c", "hipaa", "nfpa", "sp", "rev", "revision"),
        *("code", "edition", "schedule"),
    )
)
_PLACES = frozenset(("section", "sections", "§", "part", "title", "article", "form", "room"))
_LAWS = frozenset(("cfr", "c.f.r", "usc", "u.s.c"))  # and behind one: "45 CFR 164"
_TOKEN = re.compile(
    r"\d{1,2}:\d{2}(?!\d)|\b[ap]\.m\.|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[-/.]\d+){2,}|\d+(?:\.\d+)?%?"
    r"|[^\W\d_]+(?:['’./&-][^\W_]+)*|[%§°$|]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?$")
_JOINS = "-/._(#:+"


class WrittenWord(NamedTuple):  # some 100,000 a scan; a dataclass takes three times as long
    text: str
    start: int
    end: int
    joined: bool  # a number, to another or to a word by a sign: "HR-310", "(2)", "4.1"
    bracketed: bool  # right behind an opening one


def written_words(text: str, start: int, end: int) -> list[WrittenWord]:
    """Read the words of a span of `text`."""
    return [_written(text, match) for match in _TOKEN.finditer(text, start, end)]


def _written(text: str, match: re.Match[str]) -> WrittenWord:
    start, end = match.span()
    word = match[0].lower().replace("’", "'")
    bracketed = text[max(0, start - 1) : start] in ("(", "[")
    joined = word[0].isdigit() and _is_joined(text, start, end)
    return WrittenWord(word, start, end, joined, bracketed)


def value_of(word: WrittenWord) -> Fraction | None:
    if word.text in SPELLED:
        return Fraction(SPELLED[word.text])
    if not word.text.isascii() or not _NUMBER.match(word.text):
        return None
    return Fraction(word.text.rstrip("%").replace(",", ""))


def word_at(words: Sequence[WrittenWord], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def names_something(words: Sequence[WrittenWord], at: int) -> bool:
    word = words[at].text
    if word.isdigit() and ((len(word) == 4 and word[:2] in ("19", "20")) or word[0] == "0"):
        return True
    beside = [word_at(words, each) for each in (at - 1, at + 1)]
    if any(each in _MONTH_NAMES and (each != "may") for each in beside):
        return True
    return beside[0] in _NAMES or beside[1] in _LAWS or words[at].joined


def is_cited(words: Sequence[WrittenWord], at: int) -> bool:
    """Tell whether a number names a place in a text, whatever follows: "section 404 SEC"."""
    return word_at(words, at - 1) in _PLACES


def _is_joined(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return True
    if before and before[-1] in _JOINS and (before[-1] in "(#" or before[0].isalnum()):
        return True
    return len(after) == 2 and after[0] in _JOINS and after[1].isalnum()
