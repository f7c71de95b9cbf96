"""The clock: closes ballots whose time has passed, and retires policies whose day has come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from gross.actions import ballots as ballot_deeds
from gross.actions import retirements, steps
from gross.domain.calendar import local_day
from gross.domain.errors import Refused
from gross.jobs.edge import reading, writing
from gross.store import ballots, nominations
from gross.store.ballots import Ballot
from gross.store.nominations import Nomination

LOG = logging.getLogger("gross.clock")


def beat(app: Flask, *, now: datetime | None = None) -> None:
    """Do what is due, each in a transaction of its own; one that fails keeps none from going on.

    Everybody's vote does not close a ballot here: who voted last may still think again. Safe to
    run in several workers at once: what one has done is refused to the others.
    """
    now = now or datetime.now(UTC)
    today = local_day(now)
    with reading(app) as session:
        closing = ballots.due(session, now=now)
        retiring = nominations.due(session, today)
    for ballot_id in closing:
        _one(app, f"ballot {ballot_id}", _close, ballot_id, now=now)
    for nomination_id in retiring:
        _one(app, f"nomination {nomination_id}", _retire, nomination_id, now=now)


def _close(session: Session, ballot_id: int, now: datetime) -> None:
    ballot = session.get_one(Ballot, ballot_id)
    ballot_deeds.close(session, None, ballot, now=now)


def _retire(session: Session, nomination_id: int, now: datetime) -> None:
    """Retire it; where the text changed after the signatures, the offices are asked again."""
    nomination = session.get_one(Nomination, nomination_id)
    if steps.facts(session, None, nomination, now=now).text_signed:
        retirements.retire(session, None, nomination, now=now)
    else:
        steps.take_step(session, None, nomination, "renew-approval", now=now)


def _one(
    app: Flask,
    name: str,
    act: Callable[[Session, int, datetime], None],
    row_id: int,
    *,
    now: datetime,
) -> None:
    try:
        with writing(app) as session:
            act(session, row_id, now)
    except Refused as refusal:
        LOG.info("%s waits: %s", name, refusal)
    except Exception:  # a bug with one must not keep the others waiting
        LOG.exception("%s failed", name)
