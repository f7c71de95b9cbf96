"""What templates may call: dates for people, the navigation, plurals, marked search results."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Flask, current_app, g, request
from flask_login import current_user
from markupsafe import Markup, escape

from gross.domain.partial_date import PartialDate
from gross.web.forms import ButtonForm
from gross.web.navigation import places


def init(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        bytes=size,
        count=count,
        day=day,
        marked=marked,
        moment=moment,
        partial=partial,
        percent=percent,
    )
    app.context_processor(_around_every_page)


def _around_every_page() -> dict[str, object]:
    theme = request.cookies.get("theme", "auto")
    person = current_user.person if current_user.is_authenticated else None
    return {
        "person": person,
        "places": places(person, request.path, now=datetime.now(UTC)) if person else [],
        "theme": theme if theme in {"light", "dark"} else "auto",
        "nonce": g.get("nonce", ""),
        "button": ButtonForm,
        "settings": current_app.config["GROSS"].settings,
    }


def day(value: date | datetime | None) -> str:
    """ "3 March 2026": no order of numbers that another country reads otherwise."""
    return "" if value is None else f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """ "3 March 2026, 14:05 UTC" """
    return "" if value is None else f"{day(value)}, {value.astimezone(UTC):%H:%M} UTC"


def partial(text: str) -> str:
    """A date as it is known: "2016", "March 2016", "12 March 2016"."""
    if not text:
        return ""
    known = PartialDate.parse(text)
    if known.day:
        return day(known.first)
    return f"{known.first:%B %Y}" if known.month else str(known.year)


def count(number: int, one: str, many: str = "") -> str:
    """ "1 flag", "2 flags", "1,204 policies" """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """ "512 bytes", "34 KB", "1.2 GB" """
    for unit, factor in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if number >= factor:
            return (
                f"{number / factor:.0f} {unit}"
                if number >= 10 * factor
                else (f"{number / factor:.1f} {unit}")
            )
    return f"{number} bytes"


def percent(share: float) -> str:
    return f"{round(100 * share)}%"


def marked(text: str) -> Markup:
    """Escape a search snippet, then turn its control marks (STX, ETX) into <mark>."""
    return Markup(  # noqa: S704 -- escaped first; only our two marks become tags
        str(escape(text)).replace("\x02", "<mark>").replace("\x03", "</mark>")
    )
