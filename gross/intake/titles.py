"""A document's title: what it calls itself, and only then what its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.header_blocks import Found
from gross.intake.labels import label_of
from gross.intake.numbers import own_number
from gross.intake.outline import opens_section

MAX_TITLE = 200  # code points
TITLE_BLOCKS = 12  # a title stands among the first blocks

_GENERIC = re.compile(
    r"^(?:table of )?contents$|manual$|^untitled"
    r"|^(?:policy|procedure|policies)(?:\s*(?:and|&|/)\s*procedures?)?$"
    r"|^(?:institutional|hospital|departmental|nursing|administrative|clinical)\s+polic(?:y|ies)"
    r"(?:\s+and\s+procedures?)?(?:\s*\([A-Z&]+\))?$"
    r"|^page \d|^document\d*$|^home$|^draft$|^confidential$|^microsoft word",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:policy\s*title|title|policy|procedure|guideline|protocol|subject)\s*:\s*", re.IGNORECASE
)
_HOSPITAL = r"(?:hospitals?|medical\s+cent(?:er|re)|health\s*(?:system|care)?|clinics?)"
# "LAKESIDE COMMUNITY HOSPITAL", "St. Brendan Medical Center - Intensive Care Unit"
_ORGANISATION = re.compile(
    rf"^(?!.*\b(?:in|at|from|the|to|for|on|by)\b)(?:[\w.'’&-]+\s+){{1,5}}{_HOSPITAL}"
    r"(?:\s*[-–—|,:(].*|\s+(?:campus|intranet))?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}[.)]|[A-Z][.)])\s")
_KINDS = (
    ("order set", re.compile(r"\border\s*sets?\b", re.IGNORECASE)),
    ("policy", re.compile(r"\bpolic(?:y|ies)\b", re.IGNORECASE)),
    ("procedure", re.compile(r"\bprocedures?\b|\bsop\b", re.IGNORECASE)),
    ("guideline", re.compile(r"\bguidelines?\b", re.IGNORECASE)),
    ("protocol", re.compile(r"\bprotocols?\b", re.IGNORECASE)),
    ("form", re.compile(r"\bform\b", re.IGNORECASE)),
)


def title_of(
    filename: str,
    draft: Draft,
    found: tuple[Found, ...],
    header_blocks: frozenset[int],
    number: str,
) -> tuple[str, tuple[str, ...]]:
    """Give the title, and a warning when only the file name could stand in."""
    candidates = (_tidy(each, number) for each in _candidates(draft, found, header_blocks))
    titles = [title for title in candidates if _is_title(title)]
    # A banner with the organisation's name is a title only when nothing else is.
    named = next((title for title in titles if not _ORGANISATION.match(title)), "")
    if named or titles:
        return named or titles[0], ()
    stem = " ".join(re.sub(r"[_\s]+", " ", PurePath(filename).stem).split())
    return stem or filename, (f"{filename} names no title; its file name stands in.",)


def kind_in(words: str) -> str:
    """The kind of document that a title or a type field names: the last word of weight decides."""
    hits = [(match.start(), kind) for kind, pattern in _KINDS for match in pattern.finditer(words)]
    return max(hits)[1] if hits else ""


def _candidates(
    draft: Draft, found: tuple[Found, ...], header_blocks: frozenset[int]
) -> Iterator[str]:
    labelled = [each for each in found if each.label.field == "title"]
    yield from (each.label.value for each in labelled if _is_above(each.block, draft.blocks))
    first = [block for n, block in enumerate(draft.blocks[:TITLE_BLOCKS]) if n not in header_blocks]
    headings = [block for block in first if block.kind is PassageKind.HEADING and not block.number]
    yield from (block.text for block in headings if block.level == 0)
    yield from (value for value in map(_policy_named, found) if value)
    yield from (each.label.value for each in labelled)
    if _is_shown(draft.title, draft.blocks):
        yield draft.title
    yield from (
        block.text for block in headings if block.level == 1 and not _NUMBERED.match(block.text)
    )
    yield draft.title
    yield from (_NUMBERED.sub("", block.text) for block in headings[:1])
    yield from (block.text for block in headings if not _NUMBERED.match(block.text))
    lines = (block.text for block in first[:4] if _could_be_title(block))
    # "Owner Jane Doe" among labelled lines is one of them, though it lost its colon.
    yield from (line for line in lines if not (header_blocks and label_of(line.partition(" ")[0])))


def _is_above(n: int, blocks: tuple[Block, ...]) -> bool:
    """A label below a section's heading may be another's: a mail's subject, a person's title."""
    is_edge = n < 0 or blocks[n].kind is PassageKind.HEADER
    return is_edge or not any(
        each.kind is PassageKind.HEADING and each.level for each in blocks[:n]
    )


def _policy_named(each: Found) -> str:
    """The title in "Policy: QUA-008 Patient Complaints" and in "Policy: Obstetric Hemorrhage"."""
    value = each.label.value if each.label.field == "policy" else ""
    number = own_number(value)
    rest = value[len(number) :].strip() if value.startswith(number) else ""
    return "" if re.search(r"\d", rest) else rest


def _is_shown(title: str, blocks: tuple[Block, ...]) -> bool:
    """A file's properties often hold the title of the file it was copied from; the page decides."""
    wanted = " ".join(title.split()).casefold()
    shown = " ".join(block.shown for block in blocks[:TITLE_BLOCKS])
    return bool(wanted) and wanted in " ".join(shown.split()).casefold()


def _could_be_title(block: Block) -> bool:
    line = block.text
    return (
        block.kind is PassageKind.PARAGRAPH
        and not block.number
        and len(line) <= 120
        and "\n" not in line
        and not line.endswith((".", ":", ";", ","))
    )


def _is_title(title: str) -> bool:
    has_words = sum(letter.isalpha() for letter in title) >= 3 and not label_of(title)
    return (
        has_words
        and len(title) <= MAX_TITLE
        and not title.endswith(":")
        and not opens_section(title)
        and not _GENERIC.search(title)
    )


def _tidy(candidate: str, number: str) -> str:
    title = " ".join(candidate.split()).strip(" *_|\"“”'")
    title = _PREFIX.sub("", title)
    if number and title.startswith(number):
        title = title[len(number) :].lstrip(" -–—:|,.")
    return title.strip()
