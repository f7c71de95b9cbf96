"""The home folder: the one place for database, originals, settings and secrets."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from gross.domain.errors import Refused

PACKAGE = Path(__file__).parent
# In a checkout `templates/` lies beside the package; the wheel carries it inside.
SHARE = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent


# Of everybody in the demonstration, and of nobody else.
SAMPLE_PASSWORD = "away with it 2026"  # noqa: S105 -- it is meant to be known

DATE_ORDERS = ("", "mdy", "dmy")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a hospital may set, in `settings.toml` or as GROSS_<NAME>; the environment wins."""

    hospital: str = "Our hospital"  # shown beside the brand and in letters
    timezone: str = ""  # such as "Europe/Berlin"; empty: the server's own
    base_url: str = "http://127.0.0.1:8000"  # of links in mails; never taken from a request
    hosts: str = ""  # host names that are answered, separated by commas; empty: any
    behind_https: bool = False  # cookies are then marked Secure
    smtp_host: str = ""  # empty: letters wait in the outbox
    smtp_port: int = 25  # of the mail server
    mail_from: str = "gross@localhost"  # sender of letters
    session_hours: int = 12  # until somebody has to sign in again
    ballot_days: int = 7  # how long a ballot is open unless said otherwise
    notice_days: int = 14  # from the last signature to retirement
    quorum: str = "1/2"  # share of the electorate that must vote
    threshold: str = "2/3"  # share of the decided votes that retires
    date_order: str = ""  # how 03/12/2016 is read: mdy or dmy; empty: only its year is kept
    ocr_language: str = "eng"  # of scanned pages, as tesseract names it: "eng+spa"
    ocr_pages: int = 30  # of one file that are read by OCR at most; 0 reads none
    sign_in_limit: str = "20 per minute"  # by address; by account a quarter of it
    demo: bool = False  # sample people may sign in with one tap

    @property
    def day_first(self) -> bool | None:
        return {"mdy": False, "dmy": True}.get(self.date_order)


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder that exists. Made by `open_home`."""

    path: Path
    settings: Settings
    secret: str

    @property
    def database(self) -> Path:
        return self.path / "gross.sqlite"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    def original(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 are kept; the name comes from nobody outside."""
        return self.path / "originals" / digest[:2] / digest


def default_path() -> Path:
    """GROSS_HOME, or `instance/` of the checkout."""
    return Path(os.environ.get("GROSS_HOME") or SHARE / "instance")


def open_home(path: Path) -> Home:
    """Make the folder where needed, with a secret that only its owner can read, and read settings.

    Raises:
        Refused: the folder cannot be made, or a setting has a wrong value.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / "originals").mkdir(exist_ok=True)
        secret = _secret(path / "secret")
    except OSError as error:
        raise Refused(f"The home folder {path} cannot be used: {error.strerror}.") from error
    return Home(path.resolve(), _settings(path / "settings.toml"), secret)


def _secret(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text()


def _settings(path: Path) -> Settings:
    try:
        given = tomllib.loads(path.read_text()) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} is not valid TOML: {error}.") from error
    known = {field.name: field.type for field in fields(Settings)}
    given = _renamed(given)
    for name in given:
        if name not in known:
            raise Refused(f"{path.name} sets {name}, which is no setting.")
    values: dict[str, Any] = dict(given)
    for name in known:
        if (said := os.environ.get(f"GROSS_{name.upper()}")) is not None:
            values[name] = said
    typed: dict[str, Any] = {name: _typed(name, known[name], values[name]) for name in values}
    settings = Settings(**typed)
    if settings.timezone and settings.timezone not in available_timezones():
        raise Refused(f"The setting timezone is {settings.timezone!r}; it must name a zone.")
    if settings.date_order not in DATE_ORDERS:
        raise Refused(
            f"The setting date_order is {settings.date_order!r}; use mdy or dmy, or none."
        )
    return settings


def _renamed(given: dict[str, Any]) -> dict[str, Any]:
    """Read `day_first` of settings that were written before `date_order`."""
    given = dict(given)
    day_first = given.pop("day_first", None)
    if isinstance(day_first, bool):
        given.setdefault("date_order", "dmy" if day_first else "mdy")
    return given


def _typed(name: str, kind: object, value: object) -> str | int | bool:
    text = str(value).strip()
    if kind == "bool" and text.lower() in {"true", "false", "1", "0", "yes", "no"}:
        return text.lower() in {"true", "1", "yes"}
    if kind == "int" and text.isdecimal():
        return int(text)
    if kind == "str":
        return text
    raise Refused(f"The setting {name} is {text!r}; it must be a {kind}.")
