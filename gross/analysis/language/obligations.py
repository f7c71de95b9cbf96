"""Who must do what, by when: one obligation for a sentence that obliges somebody.

Policies oblige in three ways: by "must" and its kin, by telling what an office does ("The charge
nurse signs the log"), and by speaking to the reader ("Sign the log").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from gross.analysis.language.offices import HEADS, PLURAL, SINGULAR, is_head, phrase_start
from gross.analysis.language.parts import Component, Obliging, Sentence

_MODALS = frozenset(("must", "shall"))
_PAIRS = frozenset(
    (verb, word)
    for verb in ("is", "are", "be")
    for word in ("required", "responsible", "expected", "obligated", "accountable")
) | frozenset((verb, "to") for verb in ("is", "are", "has", "have", "needs", "need"))
_NO_VERB_WORDS = (
    "is was has does this us as its his hers always sometimes towards plus minus perhaps in "
    "on at of for to with and or who that which are were may can could would might"
)
_NO_VERB = frozenset(_NO_VERB_WORDS.split())
_NOUNS = frozenset(  # after an office they name a thing: "employee groups"
    ("groups", "badges", "files", "rights", "stations", "schedules", "names", "hours", "rooms")
)
_NO_DEED = HEADS | _NO_VERB | _NOUNS
_ADVERBS_WORDS = "also then always never first only again both each immediately"
_ADVERBS = frozenset(_ADVERBS_WORDS.split())
_IMPERATIVES_WORDS = (
    "add administer apply ask assess attach begin bring call change check clean close collect "
    "complete confirm contact count deliver discard do document don ensure enter escort "
    "explain file fill flush follow forward give hang hold identify inform initial inspect "
    "insert keep label leave list lock log maintain make mark measure monitor move notify "
    "obtain observe open page perform place post prepare print provide pull put read record "
    "refer remain remove repeat replace report request retain return review save scan "
    "schedule send sign start stay stop store submit take teach tell telephone test turn use "
    "verify wait wash wear write"
)
_IMPERATIVES = frozenset(_IMPERATIVES_WORDS.split())
FARTHEST = 6  # tokens between an office and its "must": "the nurse on the night shift must"
_SHORTEST = 4  # tokens; less is a heading or a cell


def _read(doc: Doc) -> Doc:
    doc._.obligations = tuple(_obligations(doc))
    return doc


def _obligations(doc: Doc) -> Iterator[Obliging]:
    for sentence in doc._.sentences:
        if len(sentence.tokens) < _SHORTEST:
            continue
        who = _who_must(sentence.tokens)
        if who is not None:
            yield Obliging(sentence.start, sentence.end, who, _when(doc, sentence))


def _who_must(tokens: Sequence[Token]) -> str | None:
    """Name who is obliged: "" when that is not said, None when nobody is."""
    modal = _modal(tokens)
    if modal is not None:
        return _office_before(tokens, modal)
    for at, token in enumerate(tokens[:-1]):
        if is_head(token) and _acts(tokens, at):
            return _text(tokens, phrase_start(tokens, at), at)
    return "" if _is_imperative(tokens) else None


def _modal(tokens: Sequence[Token]) -> int | None:
    for at, token in enumerate(tokens[:-1]):
        pair = token.lower_, tokens[at + 1].lower_
        if token.lower_ in _MODALS or pair in _PAIRS:
            return at
        if token.lower_ == "will" and at and is_head(tokens[at - 1]):
            return at
    return None


def _office_before(tokens: Sequence[Token], modal: int) -> str:
    """The nearest office before the modal, with nothing but words between them."""
    for at in range(modal - 1, max(-1, modal - 1 - FARTHEST), -1):
        if is_head(tokens[at]):
            return _text(tokens, phrase_start(tokens, at), at)
        if not tokens[at].is_alpha:
            break
    return ""


def _acts(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether the word after the office is what it does: "the nurse signs"."""
    after = head + 1
    while after < len(tokens) - 1 and tokens[after].lower_ in _ADVERBS:
        after += 1
    verb = tokens[after]
    if verb.lower_ in _NO_DEED or not verb.is_alpha or verb.text.istitle():
        return False
    if tokens[head].lower_ in SINGULAR:
        return verb.lower_.endswith("s") and not verb.lower_.endswith("ss")
    return tokens[head].lower_ in PLURAL and verb.lower_ in _IMPERATIVES


def _is_imperative(tokens: Sequence[Token]) -> bool:
    first = next((each for each in tokens if each.is_alpha and len(each) > 1), None)
    return first is not None and first.text.istitle() and first.lower_ in _IMPERATIVES


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    return tokens[0].doc[tokens[first].i : tokens[last].i + 1].text


def _when(doc: Doc, sentence: Sentence) -> str:
    inside = [
        each for each in doc._.timings if sentence.start <= each.start and each.end <= sentence.end
    ]
    best = min(inside, key=lambda each: (not each.is_deadline, each.start), default=None)
    return doc._.body[best.start : best.end] if best else ""


COMPONENT = Component(
    "obligations", ("doc._.obligations",), ("doc._.body", "doc._.sentences", "doc._.timings"), _read
)
