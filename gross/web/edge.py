"""Where a request meets the rules: who may enter, the one commit, and one answer for each form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import IO, ParamSpec

from flask import abort, current_app, flash, g, make_response, redirect, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from gross.domain.workflow import PEOPLE, Role
from gross.store.db import begin_write, db
from gross.store.replays import Replay

P = ParamSpec("P")
Answer = str | Response | tuple[str, int]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
EVERYBODY = PEOPLE


def now() -> datetime:
    return datetime.now(UTC)


def open_to(*roles: Role) -> Callable[[Callable[P, Answer]], Callable[P, Response]]:
    """Let in only people who hold one of `roles`. Every view carries this mark; a test looks.

    A view that answers POST runs in one transaction, begun as a writer. A redirect commits it,
    and is kept under the form's idempotency key; anything else rolls it back.
    """

    def mark(view: Callable[P, Answer]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            writes = request.method not in SAFE
            if writes:
                g.body = _body_digest()  # the body is read before the lock is taken
                begin_write(db.session)
            if not current_user.is_authenticated:
                db.session.rollback()
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined, no-any-return]
            if not set(roles) & current_user.person.role_set:
                abort(403)
            if not writes:
                return make_response(view(*args, **kwargs))
            return _answer_once(lambda: view(*args, **kwargs), current_user.person.id)

        guarded.open_to = roles  # type: ignore[attr-defined]
        return guarded

    return mark


def open_to_anyone(view: Callable[P, Answer]) -> Callable[P, Response]:
    """Let in people who have not signed in. Such a view reads, or commits with `commit_as`."""

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> Response:
        return make_response(view(*args, **kwargs))

    marked.open_to = "anyone"  # type: ignore[attr-defined]
    return marked


def write_once(act: Callable[[], Answer]) -> Response:
    """Run what an open view does as one writing transaction, once for each form."""
    db.session.rollback()  # what was read so far was read without the lock
    g.body = _body_digest()
    begin_write(db.session)
    return _answer_once(act, None)


def _answer_once(act: Callable[[], Answer], person_id: int | None) -> Response:
    """Commit in one place. Sent again with the same key, a form gets the same answer."""
    key = request.form.get("once", "")[:64]
    body = g.body
    earlier = db.session.get(Replay, key) if key else None
    if earlier is not None:
        return _again(earlier, body, person_id)
    shown_before = len(session.get("_flashes", ()))
    response = make_response(act())
    if not 300 <= response.status_code < 400:
        db.session.rollback()
        return response
    if key:
        said = session.get("_flashes", [])[shown_before:]
        db.session.add(
            Replay(
                key=key,
                person_id=person_id,
                path=request.path,
                body=body,
                status=response.status_code,
                location=response.location,
                said=json.dumps(said),
                answered_at=now(),
            )
        )
    db.session.commit()
    return response


def _again(earlier: Replay, body: bytes, person_id: int | None) -> Response:
    if (earlier.path, earlier.body, earlier.person_id) != (request.path, body, person_id):
        abort(422)
    for category, message in json.loads(earlier.said):
        flash(message, category)
    answer = redirect(earlier.location, earlier.status)
    db.session.rollback()
    return answer


def _body_digest() -> bytes:
    """SHA-256 of what was sent, without the CSRF token: that may differ between two sendings."""
    fields = [
        (name, value)
        for name, values in request.form.lists()
        if name != "csrf_token"
        for value in values
    ]
    for name, file in request.files.items(multi=True):
        fields.append((f"{name}: {file.filename}", _stream_digest(file.stream)))
        file.stream.seek(0)
    return hashlib.sha256(json.dumps(sorted(fields)).encode()).digest()


def _stream_digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
