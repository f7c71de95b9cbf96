"""The library's words: the full-text index, and how policies are searched, filtered and listed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from gross.store.policies import Policy, overdue

PAGE = 25
TERMS_MOST = 12
TERM_LETTERS_MOST = 40
SNIPPET_WORDS = 24
NEAR_ENOUGH = 0.72  # of difflib's ratio; "hygeine" is .86 of "hygiene", "hand" .75 of "hard"
# BM25 weights of number, title and body: a policy's own name says more than a mention.
RANK = "bm25(policy_words, 20.0, 10.0, 1.0)"
STATES = ("in-force", "overdue", "retired")
SORTS = ("title", "number", "review", "newest")

_WORDS = table("policy_words", column("rowid"))
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of policies is asked for; "" leaves a part open."""

    words: str = ""
    department: str = ""
    kind: str = ""
    state: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A policy in a list. `title` and `snippet` carry STX and ETX around the words that were found.

    `at` is the code point of the edition's text where the snippet's first found word stands.
    """

    policy: Policy
    title: str
    snippet: str = ""
    at: int | None = None


def put(session: Session, policy: Policy, body: str) -> None:
    """Index a policy's words, in the transaction that changes them."""
    remove(session, policy.id)
    session.execute(
        text(
            "INSERT INTO policy_words (rowid, number, title, body) "
            "VALUES (:id, :number, :title, :body)"
        ),
        {"id": policy.id, "number": policy.number, "title": policy.title, "body": body},
    )


def remove(session: Session, policy_id: int) -> None:
    session.execute(text("DELETE FROM policy_words WHERE rowid = :id"), {"id": policy_id})


def terms(words: str) -> list[str]:
    """What somebody typed as search terms: plain words only, so that no operator or quote is left.

    "IC-014" stays together, as the phrase "IC 014".
    """
    found = [" ".join(_WORD.findall(chunk[:TERM_LETTERS_MOST])) for chunk in words[:2000].split()]
    return [term for term in found if term][:TERMS_MOST]


def count(session: Session, wanted: Wanted, *, today: date) -> int:
    """How many policies fit; none does when what was typed holds no word."""
    if _is_wordless(wanted):
        return 0
    return session.scalar(select(func.count()).select_from(_asked(wanted, today).subquery())) or 0


def search(session: Session, wanted: Wanted, *, offset: int = 0, today: date) -> list[Hit]:
    """List a page of the policies that fit: all of the words, the best first, retired ones last."""
    if _is_wordless(wanted):
        return []
    ids = session.scalars(_sorted(wanted, today).offset(offset).limit(PAGE)).all()
    found = session.scalars(select(Policy).where(Policy.id.in_(ids)))
    by_id = {policy.id: policy for policy in found}
    rows = [by_id[each] for each in ids]
    match = _match(wanted)
    return _hits(session, rows, match) if match else [Hit(row, row.title) for row in rows]


def nearest(session: Session, words: str) -> str:
    """Mend the typing: each word that no title, number or department knows becomes the nearest one.

    Gives "" when nothing is near. For when a search found nothing; it reads all titles.
    """
    typed = [word.casefold() for word in _WORD.findall(" ".join(terms(words)))]
    known: set[str] = set()
    for row in session.execute(select(Policy.number, Policy.title, Policy.department)):
        known.update(word.casefold() for part in row for word in _WORD.findall(part))
    mended = [word if word in known else _nearest(word, known) for word in typed]
    kept = [word for word in mended if word]
    return "" if kept == typed else " ".join(kept)


def _match(wanted: Wanted) -> str:
    # A single letter begins a word of every policy: it is searched as a word of its own.
    return " ".join(f'"{term}"' + "*" * (len(term) > 1) for term in terms(wanted.words))


def _is_wordless(wanted: Wanted) -> bool:
    return bool(wanted.words.strip()) and not _match(wanted)


def _asked(wanted: Wanted, today: date) -> Select[int]:
    asked = select(Policy.id)
    if match := _match(wanted):
        asked = asked.join(_WORDS, _WORDS.c.rowid == Policy.id)
        asked = asked.where(text("policy_words MATCH :match").bindparams(match=match))
    if wanted.department:
        asked = asked.where(Policy.department == wanted.department)
    if wanted.kind:
        asked = asked.where(Policy.kind == wanted.kind)
    states = {
        "in-force": Policy.retired_at.is_(None),
        "overdue": overdue(today),
        "retired": Policy.retired_at.is_not(None),
    }
    return asked.where(states[wanted.state]) if wanted.state in states else asked


def _sorted(wanted: Wanted, today: date) -> Select[int]:
    title = (func.lower(Policy.title), Policy.id)
    orders: dict[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
        "title": title,
        "number": (Policy.number == "", func.lower(Policy.number), *title),
        "review": (Policy.next_review == "", Policy.next_review, *title),
        "newest": (Policy.id.desc(),),
    }
    if _match(wanted):
        orders[""] = (literal_column(RANK), *title)
    order = orders.get(wanted.sort) or orders.get("", title)
    return _asked(wanted, today).order_by(Policy.retired_at.is_not(None), *order)


def _hits(session: Session, rows: list[Policy], match: str) -> list[Hit]:
    """Mark the found words. Only a page of rows is marked: marking all that match is slow."""
    marked = text(
        "SELECT id, title, snippet, instr(body, trim(replace(replace(replace("
        "snippet, char(2), ''), char(3), ''), '…', ''))) FROM (SELECT rowid AS id, body, "
        "highlight(policy_words, 1, char(2), char(3)) AS title, "
        "snippet(policy_words, 2, char(2), char(3), '…', :snippet_words) AS snippet "
        "FROM policy_words WHERE policy_words MATCH :match AND rowid IN :ids)"
    ).bindparams(bindparam("ids", expanding=True))
    asked = {"match": match, "ids": [row.id for row in rows], "snippet_words": SNIPPET_WORDS}
    found = session.execute(marked, asked)
    by_id = {each.id: tuple(each) for each in found}
    hits = []
    for row in rows:
        _, title, snippet, position = by_id[row.id]
        hits.append(Hit(row, title, snippet, _place(snippet, position)))
    return hits


def _place(snippet: str, position: int) -> int | None:
    """Where the first mark stands in the text; `position` is the snippet's, from 1, or 0."""
    mark = snippet.find("\x02")
    if mark < 0 or position < 1:
        return None
    before = snippet[:mark].lstrip("…")
    return position - 1 + len(before) - (len(before) - len(before.lstrip()))


def _nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; those that share few letter triples are not compared."""
    ours = _triples(word)
    near = [
        each
        for each in known
        if abs(len(each) - len(word)) <= 3 and 3 * len(ours & _triples(each)) >= len(ours)
    ]
    scored = [(SequenceMatcher(None, word, each).ratio(), each) for each in near]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= NEAR_ENOUGH else ""


def _triples(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
