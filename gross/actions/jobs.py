"""Ask for long work, claim it, say how far it is, end it. Rows only: a worker does the work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.store import jobs
from gross.store.jobs import Job, JobState
from gross.store.people import Person

SCAN = "scan"  # the name of the job that scans the library
ATTEMPTS = 3  # a job that ends its worker as often is given up
GIVEN_UP = (
    f"It ended its worker {ATTEMPTS} times and was given up. What it had finished is kept; "
    "ask your administrator for the log before it is tried again."
)


def ask(
    session: Session, actor: Person, name: str, *, about: int | None = None, now: datetime
) -> Job:
    """Queue a job; while one of its name waits or runs about the same, give that one instead."""
    earlier = jobs.under_way(session, name, about)
    if earlier is not None:
        return earlier
    job = Job(name=name, about=about, asked_at=now, asked_by=actor.id)
    session.add(job)
    session.flush()  # its page's address needs job.id
    return job


def claim(session: Session, *, now: datetime) -> Job | None:
    """Take the next job. `began_at` is the claim: who finds another there has lost the job.

    One that was claimed ATTEMPTS times and never came back is ended instead.
    """
    job = jobs.next_to_do(session, now=now)
    while job is not None and job.attempts >= ATTEMPTS:
        end(job, JobState.FAILED, GIVEN_UP, now=now)
        session.flush()  # the next one is asked of the database
        job = jobs.next_to_do(session, now=now)
    if job is not None:
        job.state, job.began_at, job.beat_at = JobState.RUNNING, now, now
        job.doing, job.doing_at, job.done, job.total, job.at_hand = "", now, 0, 0, ""
        job.attempts += 1
    return job


def tell(job: Job, stage: str, done: int, total: int, *, at_hand: str = "", now: datetime) -> None:
    if stage != job.doing:
        job.doing, job.doing_at = stage, now
    job.done, job.total, job.at_hand, job.beat_at = done, total, at_hand, now


def end(job: Job, state: JobState, outcome: str, *, now: datetime) -> None:
    job.state, job.outcome, job.ended_at = state, outcome, now


def put_back(job: Job) -> None:
    """Let another worker do it: this one is being stopped."""
    job.state = JobState.WAITING
    job.attempts -= 1


def cancel(job: Job, *, now: datetime) -> None:
    """Stop a job; a running one notices at its next word of progress.

    Raises:
        Refused: it has ended.
    """
    if job.has_ended:
        raise Refused("This work has ended; there is nothing to cancel.")
    end(job, JobState.CANCELLED, "It was cancelled; nothing it had not finished was kept.", now=now)
