"""Who acts in a hospital: the nouns that end the name of an office, and how the name is read."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

_SINGULAR = (
    "nurse physician provider pharmacist technician technologist therapist clerk secretary "
    "supervisor manager director officer president chair chairman chairperson chief dean "
    "administrator coordinator specialist preventionist assistant aide leader lead head "
    "practitioner surgeon anesthesiologist anesthetist resident intern fellow dietitian "
    "counselor chaplain registrar auditor analyst engineer mechanic electrician operator "
    "employee member designee owner steward buyer controller cashier accountant treasurer "
    "committee council board department office team service unit organizer requester requestor "
    "applicant author sponsor vendor contractor volunteer student preceptor educator instructor "
    "attending prescriber dispenser witness observer inspector guard driver cook worker cleaner "
    "custodian librarian scheduler interpreter advocate ombudsman navigator liaison executive "
    "ceo cno cmo cfo coo cio cmio cno's vp ciso evp svp"
)
_COLLECTIVE = "staff personnel security facilities pharmacy laboratory radiology imaging finance"
SINGULAR = frozenset(_SINGULAR.split())
PLURAL = frozenset(
    {f"{each[:-1]}ies" if each.endswith("y") else f"{each}s" for each in SINGULAR}
    | {"everyone", *_COLLECTIVE.split()}
)
HEADS = SINGULAR | PLURAL
_TITLES_WORDS = "director manager president chief officer supervisor chair dean vp head"
TITLES = frozenset(_TITLES_WORDS.split())
_BREAKS_WORDS = (
    "a an the each every any all both no this that these those our its their by to from and "
    "or if when while before after until unless then also with in on at for as of who which"
)
_BREAKS = frozenset(_BREAKS_WORDS.split())
LONGEST = 7  # tokens before the head


def is_head(token: Token) -> bool:
    return token.lower_ in HEADS


def phrase_start(tokens: Sequence[Token], head: int) -> int:
    """Say at which token the name of the office begins whose last noun is at `head`."""
    first = head
    while first > 0 and head - first < LONGEST:
        before = tokens[first - 1]
        is_part = before.is_alpha or before.lower_ in {"-", "’s", "'s"}
        if not is_part or before.lower_ in _BREAKS:
            break
        first -= 1
    return first


def is_name_like(text: str) -> bool:
    """Tell an office without a head noun: "Infection Prevention", "Legal", "HR"."""
    words = text.split()
    return 0 < len(words) <= LONGEST and all(
        word[0].isupper() or word in {"of", "and", "the", "for", "&"} for word in words
    )
