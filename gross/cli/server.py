"""The web server in front of the app: waitress, which runs wherever Python does."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

import waitress
from flask import Flask

from gross.domain.errors import Refused

THREADS = 8
BODY_MOST = (1 << 30) + (1 << 20)  # bytes; the pages' own limits are below it and say so better


def run_server(app: Flask, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` hears the address once the socket listens.

    Raises:
        Refused: the port is taken or not allowed.
    """
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=BODY_MOST,
        )
    except OSError as error:
        raise Refused(f"Port {port} on {host} cannot be used: {error.strerror}.") from error
    signal.signal(signal.SIGTERM, _leave)
    ready(f"http://{host}:{server.effective_port}")
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.close()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
