"""Find the policy that somebody means by a number or by some words of its title."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gross.store.policies import Policy

MOST = 5  # offered when the words could mean several
WORDS = 8  # of the search that count


def by_number(session: Session, number: str) -> Policy | None:
    """The one policy with exactly this number, whatever its letters' case; None for none or two."""
    wanted = number.strip().casefold()
    if not wanted:
        return None
    found = session.scalars(
        select(Policy).where(func.lower(Policy.number) == wanted).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def matching(session: Session, words: str) -> list[Policy]:
    """Policies in force whose number or title holds each of `words`, at most MOST."""
    query = select(Policy).where(Policy.retired_at.is_(None))
    for word in words.split()[:WORDS]:
        query = query.where(
            Policy.title.icontains(word, autoescape=True)
            | Policy.number.icontains(word, autoescape=True)
        )
    return list(session.scalars(query.order_by(Policy.title, Policy.id).limit(MOST)))
