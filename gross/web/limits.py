"""How often somebody may try: by address and by account, counted in this process."""

from __future__ import annotations

from flask import current_app, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

LIMITER = Limiter(get_remote_address, storage_uri="memory://")


def sign_in_limit() -> str:
    return str(current_app.config["GROSS"].settings.sign_in_limit)


def sign_in_limit_by_account() -> str:
    """A quarter of what one address may try, as a clinic shares one address."""
    whole = parse(sign_in_limit())
    return f"{max(1, whole.amount // 4)} per {whole.multiples} {whole.GRANULARITY.name}"


def by_account() -> str:
    return f"account:{request.form.get('login', '').strip().lower()[:200]}"


def by_visitor() -> str:
    """One count for each signed-in browser: a password is asked for again at signing.

    Read from the cookie: looking the person up would begin a transaction before the writer's.
    """
    return f"visitor:{session.get('_user_id', '')}"
