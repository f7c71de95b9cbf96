"""Outdated: the text relies on a system, form or body of which another policy says it is gone.

The library itself is the evidence: a sentence such as "The paging system was switched off on June
30, 2023" names what is gone, and the policies that go on using it are found by that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gross.analysis.quoting import named
from gross.analysis.sentences import sentence_around
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library, Span
from gross.domain.passage import PassageKind

NAME = "discontinued"
SCORE = 0.75
MOST_NAMES = 500  # of one library; more would be a sign that the pattern misreads it
SHORTEST_NAME = 5  # letters

_SURE = (
    r"switched off|decommissioned|dissolved|disbanded|abolished|taken out of service|"
    r"shut down|taken down|phased out"
)
_UNSURE = r"discontinued|retired|closed|terminated|replaced by|eliminated|withdrawn|ended"
_GONE = re.compile(
    r"(?P<said>(?:was|were|has been|have been|is|are)\s+(?:permanently\s+|finally\s+)?"
    rf"(?:(?P<sure>{_SURE}|no longer (?:in use|used|available|supported))|(?P<unsure>{_UNSURE}))"
    r"\b[^.;\n]{0,60})"
)
_HEADS = r"(?:system|service|software|application|portal|database|hotline|network|program)"
_TITLE = r"[A-Z][\w&+'’-]*"
_PROPER = re.compile(
    rf"(?:^|(?<=\s))(?P<name>{_TITLE}(?:\s+(?:(?:of|for|and|on)\s+)?{_TITLE}){{0,6}})"
    rf"(?:\s+{_HEADS})?\s+$"
)
_COMMON = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|hospital['’]s)\s+(?P<name>(?:[a-z][a-z-]+\s+){{1,3}}{_HEADS})\s+$"
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_FOR_NOW = re.compile(
    r"\b(?:repair|maintenance|returned|reopened|restored|temporar|until|example|case|hours?)\b",
    re.IGNORECASE,
)
_ARTICLES = frozenset(("The", "A", "An", "Our", "This", "That", "Each", "Any", "If", "When"))
_PAST = re.compile(
    r"\b(?:switched off|decommissioned|retired|former(?:ly)?|previous(?:ly)?|was|were|replaced|"
    r"no longer|archived?|dissolved|disbanded|discontinued|closed|abolished|terminated|until)\b",
    re.IGNORECASE,
)


_OWNER = re.compile(
    r"\b(?:owner|responsible|approved by|approval|reviewed by|committee)\b[^\n]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Gone:
    name: str
    said: str
    document: Document
    place: Span


def detect(library: Library) -> Iterator[Finding]:
    gone = _all_gone(library)
    if not gone:
        return
    names = re.compile(
        "|".join(
            rf"(?<![\w-])(?:{pattern})(?![\w-])" for pattern in {_pattern(each) for each in gone}
        )
    )
    by_form = {form: name for name in gone for form in _forms(name)}
    for document in _readers(library, gone):
        mentions: dict[str, list[Span]] = {}
        for found in names.finditer(document.text):
            name = by_form.get(_folded(found[0]), "")
            place = sentence_around(document.text, found.start(), found.end())
            quoted = document.text[place.start : place.end]
            is_used = name and not _PAST.search(quoted) and place not in mentions.get(name, ())
            if is_used and place.start < place.end and not _in_header(document, found.start()):
                mentions.setdefault(name, []).append(place)
        for name, places in mentions.items():
            if gone[name].document.policy_id != document.policy_id:
                yield _finding(document, gone[name], places)


def _readers(library: Library, gone: Mapping[str, _Gone]) -> Iterator[Document]:
    """All policies where the one that is asked about says that something is gone, else it alone."""
    says_so = any(each.document.policy_id == library.about for each in gone.values())
    if not says_so:
        yield from library.asked()
        return
    yield from (document for document in library.documents if not document.retired)


def _finding(document: Document, gone: _Gone, places: list[Span]) -> Finding:
    the = "" if gone.name[0].isupper() else "the "
    times = "" if len(places) == 1 else f" in {len(places)} places"
    return Finding(
        NAME,
        Kind.OUTDATED,
        (document.policy_id, gone.document.policy_id),
        f"{named(document)} relies on {the}{gone.name}{times}, of which "
        f"{named(gone.document)} says that it {gone.said}.",
        SCORE,
        tuple(Evidence(place, gone.place) for place in places),
    )


def _all_gone(library: Library) -> dict[str, _Gone]:
    """What the policies in force say is gone, by name; the first to say so is quoted."""
    found: dict[str, _Gone] = {}
    for document in library.documents:
        if document.retired or len(found) >= MOST_NAMES:
            continue
        for match in _GONE.finditer(document.text):
            name = _name(document.text, match)
            if name and name not in found and not _in_header(document, match.start()):
                place = sentence_around(document.text, match.start(), match.end())
                said = " ".join(match["said"].split()).rstrip(" ,:")
                found[name] = _Gone(name, said, document, place)
    return found


def _name(text: str, match: re.Match[str]) -> str:
    """Name the subject when it is a name, or a system that is gone on a day that is given."""
    before = text[max(text.rfind("\n", 0, match.start()) + 1, match.start() - 90) : match.start()]
    if _FOR_NOW.search(match["said"]) or _FOR_NOW.search(text[match.end() : match.end() + 40]):
        return ""
    dated = bool(_DATED.search(match["said"]))
    proper = _PROPER.search(before)
    if proper:
        name = _without_article(proper["name"])
        said_well = dated or not match["said"].startswith(("was", "were"))
        return name if _is_a_name(name) and said_well else ""
    common = _COMMON.search(before)
    return " ".join(common["name"].split()) if common and dated and match["sure"] else ""


def _without_article(name: str) -> str:
    words = name.split()
    return " ".join(words[1:] if words[0] in _ARTICLES else words)


def _is_a_name(name: str) -> bool:
    """Two words with capitals, or one with capitals or digits inside: "RadTrack", "QA-17"."""
    inner = any(letter.isupper() or letter.isdigit() for letter in name[1:])
    return len(name) >= SHORTEST_NAME and inner


def _forms(name: str) -> Iterator[str]:
    """The ways of saying it: the paging system is also a pager."""
    yield _folded(name)
    first, *rest = name.split()
    if first.islower() and first.endswith("ing") and len(rest) == 1:
        yield first[:-3] + "er"
        yield first[:-3] + "ers"


def _pattern(name: str) -> str:
    forms = [re.escape(name).replace(r"\ ", r"\s+").replace("Form", "[Ff]orm", 1)]
    forms += [form for form in _forms(name) if form != _folded(name)]
    return "|".join(forms) if name[0].isupper() else f"(?i:{'|'.join(forms)})"


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _in_header(document: Document, at: int) -> bool:
    """Tell header data, in which only an owner or an approving body is relied on."""
    return any(
        each.start <= at < each.end and not _OWNER.search(document.text, each.start, at)
        for each in document.passages
        if each.kind is PassageKind.HEADER
    )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.OUTDATED, label="Relies on what is gone", detect=detect
)
