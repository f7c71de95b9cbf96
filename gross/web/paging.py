"""Pages of a list: which one is asked for, and the addresses of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1; `offset` rows stand before it."""

    number: int
    pages: int
    offset: int

    def url(self, number: int) -> str:
        """The address of another page of the same list, with the same filters."""
        given = [(key, value) for key, value in request.args.items(multi=True) if key != "page"]
        return f"{request.path}?{urlencode([*given, ('page', number)])}"


def page_of(args: MultiDict[str, str], total: int, size: int) -> Page:
    """The page that `page=` asks for; what is no number, or beyond the ends, gives the nearest."""
    pages = max(1, -(-total // size))
    asked = args.get("page", "1")[:12]
    number = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdecimal() else 1
    return Page(number, pages, (number - 1) * size)
