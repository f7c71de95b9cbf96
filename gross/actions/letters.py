"""Write letters to the people whom a deed concerns; a job sends them later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from gross.domain.calendar import day, moment
from gross.home import SHARE
from gross.store.nominations import Nomination
from gross.store.outbox import Letter
from gross.store.people import Person

SUBJECT_MOST = 150  # characters; a policy's title can be a whole paragraph

_TEMPLATES = Environment(  # noqa: S701 -- letters are plain text; nothing in them is HTML
    loader=FileSystemLoader(SHARE / "templates" / "mail"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(day=day, moment=moment)


def tell(
    session: Session,
    person: Person,
    subject: str,
    template: str,
    nomination: Nomination,
    *,
    path: str = "",
    now: datetime,
    **facts: object,
) -> Letter:
    """Put a letter in the outbox, in the deed's own transaction.

    `template` is a file of templates/mail without its ending; `path` is the page the letter leads
    to, the nomination's where it is left out. What the nominator wrote is never quoted: it may
    hold a patient's details.
    """
    text = _TEMPLATES.get_template(f"{template}.txt").render(
        person=person, nomination=nomination, about=about(nomination), now=now, **facts
    )
    one_line = " ".join(subject.split())
    letter = Letter(
        person_id=person.id,
        nomination_id=nomination.id,
        subject=one_line if len(one_line) <= SUBJECT_MOST else one_line[: SUBJECT_MOST - 1] + "…",
        body=text.strip() + "\n",
        path=path or page_of(nomination),
        written_at=now,
        next_try_at=now,
    )
    session.add(letter)
    return letter


def tell_all(
    session: Session,
    people: Iterable[Person],
    subject: str,
    template: str,
    nomination: Nomination,
    *,
    path: str = "",
    now: datetime,
    **facts: object,
) -> None:
    """Write to each of `people` once, however often they are named."""
    for person in {person.id: person for person in people}.values():
        tell(session, person, subject, template, nomination, path=path, now=now, **facts)


def about(nomination: Nomination) -> str:
    """What a nomination is about, as a letter names it."""
    if nomination.policy is None:
        return f"nomination {nomination.id}"
    return f"“{nomination.policy.label}”"


def page_of(nomination: Nomination) -> str:
    return f"/nominations/{nomination.id}"
