"""The parts of a mail or of a saved web page: encodings undone, nothing run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from gross.domain.errors import Refused
from gross.intake.decode import decode

MAX_PARTS = 1_000
MAX_DEPTH = 20  # of parts within parts; mail programs stay below 6
MAX_HEADER = 2_000  # code points
_HEADER_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?[\r\n]*(?:From |[!-9;-~]{1,70}:)")


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf, or a mail within the mail. `name` is the file name it was sent under, or ""."""

    message: Message
    kind: str  # "text/html", lower case
    name: str
    is_attached: bool

    def content(self) -> bytes:
        if self.kind == "message/rfc822":
            inner = self.inner()
            return b"" if inner is None else inner.as_bytes()
        payload = self.message.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""

    def inner(self) -> Message | None:
        """The mail that this part holds."""
        held = self.message.get_payload()
        first = held[0] if isinstance(held, list) and held else None
        return first if isinstance(first, Message) else None

    def text(self, filename: str) -> tuple[str, tuple[str, ...]]:
        """The part's words, with a warning where its encoding was guessed."""
        return decode(filename, self.content(), str(self.message.get_param("charset", "")))


def open_mail(filename: str, content: bytes) -> Message:
    """Parse a file of MIME.

    Raises:
        Refused: it does not begin as a mail does, or cannot be taken apart.
    """
    if not _HEADER_LINE.match(content[:1000]):
        raise Refused(f"{filename} is damaged: it does not begin with the lines of a mail.")
    try:
        return message_from_bytes(content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    except (MessageError, ValueError, LookupError, IndexError, TypeError, AttributeError) as error:
        raise Refused(f"{filename} is damaged: its parts cannot be told apart.") from error


def parts(filename: str, message: Message) -> Iterator[Part]:
    """The leaves in order; a mail that was attached to the mail is one leaf.

    Raises:
        Refused: there are more parts, or deeper ones, than any mail has.
    """
    waiting = [(message, 0)]
    seen = 0
    while waiting:
        at, depth = waiting.pop()
        seen += 1
        if seen > MAX_PARTS or depth > MAX_DEPTH:
            raise Refused(f"{filename} has more parts than any mail has; it may be damaged.")
        inner = at.get_payload()
        if at.get_content_maintype() == "multipart" and isinstance(inner, list):
            mails = [each for each in reversed(inner) if isinstance(each, Message)]
            waiting += [(each, depth + 1) for each in mails]
        elif at.get_content_maintype() != "multipart":
            yield _part(at)


def header(message: Message, name: str) -> str:
    """A header's words on one line, "" when it is not there."""
    value = message.get(name, "")
    try:
        shown = str(make_header(decode_header(value)))
    except (HeaderParseError, ValueError, LookupError, TypeError):
        shown = str(value)
    return " ".join(shown.split())[:MAX_HEADER]


def sent_on(message: Message) -> str:
    """The day of its Date header in ISO 8601, "" when it says none."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _part(message: Message) -> Part:
    kind = message.get_content_type()
    name = _file_name(message)
    attached = message.get_content_disposition() == "attachment"
    is_body = kind.startswith("text/") and not name
    return Part(message, kind, name, kind == "message/rfc822" or attached or not is_body)


def _file_name(message: Message) -> str:
    try:
        name = message.get_filename("") or ""
        shown = str(make_header(decode_header(name)))
    except (HeaderParseError, ValueError, LookupError, TypeError, IndexError, AttributeError):
        return ""
    return " ".join(re.split(r"[/\\\r\n]", shown)[-1].split())[-200:]
