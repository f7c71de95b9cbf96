"""Answer flags: confirm, dismiss with a reason, take an answer back. Only compliance does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.domain.flag import FlagState
from gross.domain.workflow import Role
from gross.store import ledger
from gross.store.flags import Flag
from gross.store.ledger import Deed
from gross.store.people import Person

# Why a flag is not so: what is kept, and what the page says.
OTHER = "other"
REASONS: Mapping[str, str] = {
    "scope": "They are for different people, places or situations",
    "needed": "It is needed as it stands",
    "current": "It is still right: nothing newer applies",
    "misread": "The text was misread",
    OTHER: "Something else",
}
WORDS_MOST = 2000  # characters
MANY_MOST = 100  # flags answered in one go


def confirm(
    session: Session, actor: Person, flag: Flag, reason: str = "", *, now: datetime
) -> None:
    """Say that a flag is right; `reason` is free words.

    Raises:
        Refused: the actor is not of compliance, the flag is answered or gone, or the words
            are too long.
    """
    words = _words(reason)
    _must_be_open(actor, flag)
    _answer(flag, actor, FlagState.CONFIRMED, words, now=now)
    _record(session, actor, "confirm-flag", flag, {}, words, now=now)


def dismiss(
    session: Session, actor: Person, flag: Flag, reason: str, words: str = "", *, now: datetime
) -> None:
    """Say that a flag is not so: it stays silent until the words it quotes change.

    `reason` is one of REASONS.

    Raises:
        Refused: as `confirm`; or the reason is none, or it is "other" without a word.
    """
    said, words = _said(reason, words)
    _must_be_open(actor, flag)
    _answer(flag, actor, FlagState.DISMISSED, said, now=now)
    _record(session, actor, "dismiss-flag", flag, {"reason": reason}, words, now=now)


def undo(session: Session, actor: Person, flag: Flag, *, now: datetime) -> None:
    """Take an answer back; the flag waits again.

    Raises:
        Refused: the actor is not of compliance, or nobody has answered.
    """
    _must_be_compliance(actor)
    if flag.state not in {FlagState.CONFIRMED, FlagState.DISMISSED}:
        raise Refused("Nobody has answered this flag; there is nothing to undo.")
    detail = {"was": flag.state}
    flag.state, flag.reason = FlagState.OPEN, ""
    flag.answered_by = flag.answered_at = None
    _record(session, actor, "reopen-flag", flag, detail, "", now=now)


def confirm_all(
    session: Session, actor: Person, flags: Sequence[Flag], reason: str = "", *, now: datetime
) -> None:
    """Confirm several flags, or none of them; each answer is an entry of its own.

    Raises:
        Refused: as `confirm`; none or more than MANY_MOST are given; or one was answered meanwhile.
    """
    words = _words(reason)
    together = _together(actor, flags)
    for flag in flags:
        _answer(flag, actor, FlagState.CONFIRMED, words, now=now)
        _record(session, actor, "confirm-flag", flag, together, words, now=now)


def dismiss_all(
    session: Session,
    actor: Person,
    flags: Sequence[Flag],
    reason: str,
    words: str = "",
    *,
    now: datetime,
) -> None:
    """Dismiss several flags for one reason, or none of them.

    Raises:
        Refused: as `dismiss` and `confirm_all`.
    """
    said, words = _said(reason, words)
    together = _together(actor, flags)
    for flag in flags:
        _answer(flag, actor, FlagState.DISMISSED, said, now=now)
        detail = {"reason": reason, **together}
        _record(session, actor, "dismiss-flag", flag, detail, words, now=now)


def undo_all(session: Session, actor: Person, flags: Sequence[Flag], *, now: datetime) -> None:
    """Take back the actor's own answers to several flags, or none of them.

    Raises:
        Refused: as `undo`; or somebody else has answered one of them since.
    """
    _must_be_compliance(actor)
    _must_be_some(flags)
    others = [flag for flag in flags if flag.answered_by != actor.id]
    if others:
        raise Refused(
            f"{len(others)} of the {len(flags)} answers are no longer yours; nothing was changed."
        )
    for flag in flags:
        undo(session, actor, flag, now=now)


def not_open(flags: Sequence[Flag]) -> list[Flag]:
    """Those that were answered, or are gone, since a person marked them."""
    return [flag for flag in flags if flag.state != FlagState.OPEN]


def _together(actor: Person, flags: Sequence[Flag]) -> dict[str, str]:
    """Check that all can be answered at once; give what ties their entries together."""
    _must_be_compliance(actor)
    _must_be_some(flags)
    late = not_open(flags)
    if late:
        were = "was" if len(late) == 1 else "were"
        raise Refused(
            f"{len(late)} of the {len(flags)} flags {were} answered meanwhile; nothing was changed."
        )
    return {"answered_together": str(len(flags)), "first_of_them": str(flags[0].id)}


def _must_be_some(flags: Sequence[Flag]) -> None:
    if not flags:
        raise Refused("Mark at least one flag.")
    if len(flags) > MANY_MOST:
        raise Refused(f"Answer at most {MANY_MOST} flags at once.")


def _said(reason: str, words: str) -> tuple[str, str]:
    """What is kept of a dismissal, and its free words."""
    if reason not in REASONS:
        raise Refused("Choose why the flag is not so.")
    words = _words(words)
    if reason == OTHER and not words:
        raise Refused("Say in a few words why the flag is not so.")
    return f"{REASONS[reason]}: {words}" if words else f"{REASONS[reason]}.", words


def _must_be_compliance(actor: Person) -> None:
    if Role.COMPLIANCE not in actor.role_set:
        raise Refused("Only compliance answers flags.")


def _must_be_open(actor: Person, flag: Flag) -> None:
    _must_be_compliance(actor)
    if flag.state == FlagState.GONE:
        raise Refused("The newest scan no longer finds this flag; it needs no answer.")
    if flag.state != FlagState.OPEN:
        raise Refused(f"This flag is {flag.state} already; undo that answer first.")


def _words(text: str) -> str:
    words = text.strip()
    if len(words) > WORDS_MOST:
        raise Refused(f"The reason is too long; the most is {WORDS_MOST:,} characters.")
    return words


def _answer(flag: Flag, actor: Person, state: FlagState, reason: str, *, now: datetime) -> None:
    flag.state, flag.reason = state, reason
    flag.answered_by, flag.answered_at = actor.id, now


def _record(
    session: Session,
    actor: Person,
    verb: str,
    flag: Flag,
    detail: Mapping[str, str],
    words: str,
    *,
    now: datetime,
) -> None:
    known = {"flag": flag.key, "detector": flag.detector, "kind": flag.kind, **detail}
    texts = {"words": words} if words else {}
    deed = Deed(f"person:{actor.id}", verb, f"flag:{flag.id}", known, texts)
    ledger.append(session, deed, now=now)
