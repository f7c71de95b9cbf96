"""Suspend, endorse and resume detectors. Compliance decides for now; nothing found is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.analysis.detectors import ALL
from gross.domain.errors import Refused
from gross.domain.flag import Standing
from gross.domain.workflow import Role
from gross.intake.clean import clean
from gross.store import ledger
from gross.store.detectors import DetectorStanding
from gross.store.ledger import Deed
from gross.store.people import Person

REASON_MOST = 2000  # characters
LABELS = {detector.name: detector.label for detector in ALL}


def suspend(session: Session, actor: Person, detector: str, reason: str, *, now: datetime) -> None:
    """Let a detector raise nothing; its open flags wait out of sight until it is resumed.

    Raises:
        Refused: the actor is not of compliance, there is no such detector, it is suspended
            already, or no reason is given.
    """
    _decide(session, actor, detector, Standing.SUSPENDED, reason, now=now)


def endorse(session: Session, actor: Person, detector: str, reason: str, *, now: datetime) -> None:
    """Say that a detector's flags are worth the time; a suspended one speaks again.

    Raises:
        Refused: as `suspend`.
    """
    _decide(session, actor, detector, Standing.ENDORSED, reason, now=now)


def resume(session: Session, actor: Person, detector: str, reason: str, *, now: datetime) -> None:
    """Take back what was decided: the detector is in use like any other.

    Raises:
        Refused: as `suspend`; or nothing was decided.
    """
    reason = _checked(actor, detector, reason)
    held = session.get(DetectorStanding, detector)
    if held is None:
        raise Refused(f"“{LABELS[detector]}” is neither suspended nor endorsed.")
    was = held.standing
    session.delete(held)
    _record(session, actor, "resume-detector", detector, was, reason, now=now)


def _decide(
    session: Session,
    actor: Person,
    detector: str,
    standing: Standing,
    reason: str,
    *,
    now: datetime,
) -> None:
    reason = _checked(actor, detector, reason)
    held = session.get(DetectorStanding, detector)
    if held is not None and held.standing == standing:
        raise Refused(f"“{LABELS[detector]}” is {standing} already.")
    was = held.standing if held else ""
    held = held or DetectorStanding(detector=detector)
    held.standing, held.reason = standing, reason
    held.decided_by, held.decided_at = actor.id, now
    session.add(held)
    verb = "suspend-detector" if standing is Standing.SUSPENDED else "endorse-detector"
    _record(session, actor, verb, detector, was, reason, now=now)


def _checked(actor: Person, detector: str, reason: str) -> str:
    if Role.COMPLIANCE not in actor.role_set:
        raise Refused("Only compliance suspends or endorses a detector.")
    if detector not in LABELS:
        raise Refused("There is no such detector.")
    reason = clean(reason).strip()
    if not reason:
        raise Refused("Say why; colleagues and the committee read it.")
    if len(reason) > REASON_MOST:
        raise Refused(f"Keep the reason under {REASON_MOST:,} characters.")
    return reason


def _record(
    session: Session,
    actor: Person,
    verb: str,
    detector: str,
    was: str,
    reason: str,
    *,
    now: datetime,
) -> None:
    detail = {"was": was} if was else {}
    deed = Deed(f"person:{actor.id}", verb, f"detector:{detector}", detail, {"reason": reason})
    ledger.append(session, deed, now=now)
