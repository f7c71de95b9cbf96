"""What goes around every answer: its request's name, security headers, and plain error pages."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, g, render_template, request
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from gross.domain.errors import Refused
from gross.store.db import db
from gross.web.upload_request import too_much

LOG = logging.getLogger("gross.web")
LARGEST_ID = 2**63 - 1  # what a database holds; above it nothing can exist

SENTENCES = {
    400: "The request could not be understood. Go back, reload the page and try again.",
    401: "Sign in to go on.",
    403: "Your roles do not include this page. Ask your administrator if they should.",
    404: "There is no such page, or it is not yours to see.",
    405: "This address cannot be used that way.",
    409: "That is not possible.",
    422: "This form was already used for something else. Reload the page and try again.",
    429: "Too many tries. Wait a minute and try again.",
    500: "Something went wrong on our side. Nothing was changed.",
    503: "The database is busy. Nothing was changed; try again in a moment.",
}


class Id(IntegerConverter):
    """A row's number in a path; one too large for the database is no page, not an error."""

    def __init__(self, map: object, **options: object) -> None:
        super().__init__(map, max=LARGEST_ID)  # type: ignore[arg-type]


def init(app: Flask) -> None:
    app.url_map.converters["int"] = Id
    app.before_request(_name_request)
    app.after_request(_finish)
    app.register_error_handler(Refused, _say_no)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(RateLimitExceeded, lambda error: _page(429))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _bug)


def _name_request() -> None:
    g.request_name = secrets.token_hex(6)
    g.nonce = secrets.token_urlsafe(16)
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    nonce = g.get("nonce", "")
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Request-Id"] = g.get("request_name", "")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        LOG.info(
            "%s %s %s %s %.0f ms",
            g.get("request_name", "-"),
            request.method,
            request.path[:200].encode("unicode_escape").decode(),
            response.status_code,
            1000 * (time.perf_counter() - g.get("began", time.perf_counter())),
        )
    return response


def _page(status: int, sentence: str = "") -> tuple[str, int]:
    db.session.rollback()
    said = sentence or SENTENCES.get(status, SENTENCES[400])
    title = {404: "Not found", 403: "Not for your roles", 409: "That is not possible"}.get(
        status, "That did not work"
    )
    return render_template("error.html", title=title, sentence=said, status=status), status


def _say_no(refusal: Refused) -> tuple[str, int]:
    """A refusal is an answer: what was asked was understood, and a rule forbids it."""
    return _page(409, str(refusal))


def _expired(error: CSRFError) -> tuple[str, int]:
    return _page(400, "This page was open too long. Reload it and try again.")


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if isinstance(error, SecurityError):  # a host that is not ours: no page can be built for it
        return "This server does not answer for that host name.", status
    if status < 400 or error.response is not None:
        return error
    return _page(status, too_much(request.endpoint) if status == 413 else "")


def _busy(error: OperationalError) -> tuple[str, int]:
    LOG.warning("%s database: %s", g.get("request_name", "-"), error.orig)
    return _page(503)


def _bug(error: Exception) -> tuple[str, int]:
    LOG.exception("%s failed", g.get("request_name", "-"), exc_info=error)
    return _page(500)
