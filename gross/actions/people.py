"""Invite people, let them set a password, sign in and out, change their roles."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.domain.workflow import PEOPLE, Role
from gross.store import ledger, people
from gross.store.ledger import Deed
from gross.store.people import Invitation, Person, SignIn, token_hash

INVITATION_HOURS = 72
PASSWORD_LEAST = 12  # characters; NIST SP 800-63B asks for 8 or more and no composition rules
PASSWORD_MOST = 256
_HASHER = PasswordHasher()
# Verified for unknown people, so that the time taken does not tell who exists.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def add_person(
    session: Session,
    actor: Person | None,
    login: str,
    name: str,
    *,
    roles: frozenset[Role],
    email: str = "",
    profession: str = "",
    unit: str = "",
    now: datetime,
) -> Person:
    """Add somebody who can sign in once a password is set; `actor` None is the command line.

    Raises:
        Refused: the login is taken or blank, the name is blank, or a role is no person's.
    """
    login = login.strip().lower()
    if not login or not name.strip():
        raise Refused("A person needs a login and a name.")
    if not roles or not roles <= set(PEOPLE):
        raise Refused("Choose at least one role that a person can hold.")
    if people.by_login(session, login) is not None:
        raise Refused(f"The login “{login}” is taken; choose another.")
    person = Person(
        login=login,
        name=name.strip(),
        email=email.strip(),
        profession=profession.strip(),
        unit=unit.strip(),
        roles=_roles_text(roles),
    )
    session.add(person)
    session.flush()  # the ledger needs person.id
    _record(session, actor, "add-person", person, {"roles": person.roles}, now=now)
    return person


def invite(session: Session, person: Person, *, now: datetime) -> str:
    """Make a one-time token with which `person` sets a password; earlier ones end."""
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            token_hash=token_hash(token),
            person=person,
            ends_at=now + timedelta(hours=INVITATION_HOURS),
        )
    )
    return token


def set_password(session: Session, invitation: Invitation, password: str, *, now: datetime) -> None:
    """Use up an invitation; whoever was signed in as that person is signed out.

    Raises:
        Refused: the invitation is used or over, or the password is too short or too long.
    """
    if invitation.used_at is not None or invitation.ends_at <= now:
        raise Refused("This link was used or is over; ask your administrator for a new one.")
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise Refused(f"A password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters.")
    invitation.used_at = now
    invitation.person.password_hash = _HASHER.hash(password)
    session.execute(delete(SignIn).where(SignIn.person_id == invitation.person_id))
    _record(session, invitation.person, "set-password", invitation.person, {}, now=now)


def password_fits(person: Person | None, password: str) -> bool:
    """Check a password; takes as long for nobody as for somebody."""
    known = person.password_hash if person is not None and person.disabled_at is None else None
    try:
        _HASHER.verify(known or _NOBODY, password[:PASSWORD_MOST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return known is not None


def sign_in(session: Session, person: Person, *, hours: int, now: datetime) -> str:
    """Begin a session on the server; give the token for the cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person.id,
            began_at=now,
            ends_at=now + timedelta(hours=hours),
        )
    )
    return token


def sign_out(session: Session, token: str) -> None:
    """End the session behind `token`, wherever its cookie was copied to."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def change_roles(
    session: Session, actor: Person, person: Person, roles: frozenset[Role], *, now: datetime
) -> None:
    """Give and take roles; acts on the person's next request.

    Raises:
        Refused: no role is left, or administrators would lock themselves out.
    """
    if not roles or not roles <= set(PEOPLE):
        raise Refused("Choose at least one role that a person can hold.")
    if actor.id == person.id and Role.ADMIN not in roles:
        raise Refused("You cannot take the administrator's role from yourself.")
    before, person.roles = person.roles, _roles_text(roles)
    detail = {"from": before, "to": person.roles}
    _record(session, actor, "change-roles", person, detail, now=now)


def disable(session: Session, actor: Person, person: Person, *, now: datetime) -> None:
    """Sign somebody out everywhere and let them in no more; what they did stays.

    Raises:
        Refused: it is the administrator's own account, or it is disabled already.
    """
    if actor.id == person.id:
        raise Refused("You cannot disable your own account.")
    if person.disabled_at is not None:
        raise Refused(f"{person.name} is disabled already.")
    person.disabled_at = now
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    _record(session, actor, "disable", person, {}, now=now)


def _roles_text(roles: frozenset[Role]) -> str:
    return " ".join(role for role in PEOPLE if role in roles)


def _record(
    session: Session,
    actor: Person | None,
    verb: str,
    person: Person,
    detail: dict[str, str],
    *,
    now: datetime,
) -> None:
    who = f"person:{actor.id}" if actor else "command line"
    ledger.append(session, Deed(who, verb, f"person:{person.id}", detail, {}), now=now)
