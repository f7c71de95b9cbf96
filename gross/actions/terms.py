"""Look for terms of the hospital's own, and switch shipped ones; one ledger entry a deed.

What is looked for is known to the scan by `looked_for`; flags change with the next scan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gross.analysis.knowledge import superseded_terms
from gross.analysis.knowledge.plain_patterns import pattern_of, spellings_of, words_of
from gross.analysis.types import Term
from gross.domain.errors import Refused
from gross.domain.partial_date import PartialDate
from gross.domain.workflow import Role
from gross.store import ledger, terms
from gross.store.ledger import Deed
from gross.store.people import Person
from gross.store.terms import OwnTerm, TermSwitch

KEEPERS = frozenset((Role.COMPLIANCE, Role.STEWARD))
LONGEST = 200  # characters of a name, replacement or source
MOST_OWN = 500  # each one is looked for in every text


@dataclass(frozen=True, slots=True)
class NewTerm:
    """What a person writes of a term; `spellings` and `exceptions` one a line."""

    name: str
    spellings: str
    replacement: str
    effective: str
    source: str
    exceptions: str = ""


def add(session: Session, actor: Person, new: NewTerm, *, now: datetime) -> OwnTerm:
    """Look for a term from the next scan on.

    Raises:
        Refused: the actor keeps no terms, a field is empty, too long or no date, a spelling is no
            plain words, or there are too many terms.
    """
    _must_keep(actor)
    spellings = spellings_of(new.spellings)
    exceptions = spellings_of(new.exceptions) if new.exceptions.strip() else ()
    known = terms.own_terms(session)
    if len(known) >= MOST_OWN:
        raise Refused(f"There are {MOST_OWN} terms already; take one back first.")
    name = _said(new.name, "Say what the old thing is called.")
    if any(term.name.casefold() == name.casefold() for term in known):
        raise Refused(f"“{name}” is looked for already.")
    row = OwnTerm(
        name=name,
        spellings="\n".join(spellings),
        exceptions="\n".join(exceptions),
        replacement=_short(new.replacement),
        effective=_date(new.effective),
        source=_said(new.source, "Say where the change is written down."),
        is_on=True,
        added_by=actor.id,
        added_at=now,
    )
    session.add(row)
    session.flush()  # the ledger needs row.id
    texts = {"name": row.name, "spellings": row.spellings, "source": row.source}
    _record(session, actor, "add-term", row.code, {"effective": row.effective}, texts, now=now)
    return row


def take_back(session: Session, actor: Person, term: OwnTerm, *, now: datetime) -> None:
    """Look for it no more; the row stays for the record.

    Raises:
        Refused: the actor keeps no terms, or it is taken back already.
    """
    _must_keep(actor)
    if term.taken_back_at is not None:
        raise Refused(f"“{term.name}” is taken back already.")
    term.taken_back_by, term.taken_back_at, term.is_on = actor.id, now, False
    _record(session, actor, "take-term-back", term.code, {}, {}, now=now)


def switch(session: Session, actor: Person, code: str, *, on: bool, now: datetime) -> None:
    """Switch a shipped term or one of the hospital's own on or off.

    Raises:
        Refused: the actor keeps no terms, there is no such term, or it is so already.
    """
    _must_keep(actor)
    own = next((term for term in terms.own_terms(session) if term.code == code), None)
    shipped = next((row for row in superseded_terms.rows() if row["id"] == code), None)
    if own is None and (shipped is None or not shipped["pattern"]):
        raise Refused("There is no such term to switch.")
    was_on = own.is_on if own else is_on(shipped or {}, terms.switches(session))
    if was_on == on:
        raise Refused(f"That term is {'on' if on else 'off'} already.")
    if own is not None:
        own.is_on = on
    else:
        row = session.get(TermSwitch, code) or TermSwitch(code=code)
        row.is_on, row.switched_by, row.switched_at = on, actor.id, now
        session.add(row)
    verb = "switch-term-on" if on else "switch-term-off"
    _record(session, actor, verb, code, {}, {}, now=now)


def is_on(shipped: Mapping[str, str], switched: Mapping[str, bool]) -> bool:
    return switched.get(shipped["id"], shipped["active"] == "yes")


def looked_for(session: Session) -> tuple[Term, ...]:
    """The terms that a scan looks for: shipped ones as switched, then the hospital's own."""
    switched = terms.switches(session)
    shipped = (
        superseded_terms.term_of(row)
        for row in superseded_terms.rows()
        if row["pattern"] and is_on(row, switched)
    )
    own = sorted(terms.own_terms(session), key=lambda term: term.id)
    return (*shipped, *(_term(row) for row in own if row.is_on))


def _term(row: OwnTerm) -> Term:
    spellings = tuple(row.spellings.splitlines())
    exceptions = tuple(row.exceptions.splitlines())
    return Term(
        row.code,
        row.name,
        pattern_of(spellings),
        row.replacement,
        row.effective,
        row.source,
        "",
        tuple(pattern_of((each,)) for each in exceptions),
        words_of(spellings),
    )


def _must_keep(actor: Person) -> None:
    if not KEEPERS & actor.role_set:
        raise Refused("Only compliance and the steward change what scans look for.")


def _said(text: str, objection: str) -> str:
    words = _short(text)
    if not words:
        raise Refused(objection)
    return words


def _short(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise Refused(f"“{words[:40]}…” is too long; the most is {LONGEST} characters.")
    return words


def _date(text: str) -> str:
    try:
        return str(PartialDate.parse(text.strip()))
    except ValueError as error:
        raise Refused("Write the date as 2024, 2024-05 or 2024-05-31.") from error


def _record(
    session: Session,
    actor: Person,
    verb: str,
    code: str,
    detail: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    deed = Deed(f"person:{actor.id}", verb, f"term:{code}", {"term": code, **detail}, texts)
    ledger.append(session, deed, now=now)
