"""A mail (.eml): its subject, its words, and the files that came with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from gross.domain.passage import PassageKind
from gross.intake import html, plain
from gross.intake.archive import Entry
from gross.intake.blocks import Block, Draft
from gross.intake.mime import Part, header, open_mail, parts, sent_on

MAX_ATTACHMENTS = 200
# What a mail program adds by itself is no file that somebody sent.
_MACHINERY = re.compile(
    r"application/(?:pgp-signature|pkcs7-signature|x-pkcs7-signature|ms-tnef|pgp-encrypted)"
    r"|text/calendar|message/(?:delivery-status|disposition-notification)"
)


def read(filename: str, content: bytes) -> Draft:
    """Read a mail; of the same words as HTML and as text, the HTML, which has the structure.

    Raises:
        Refused: it is no mail.
    """
    message = open_mail(filename, content)
    found = list(parts(filename, message))
    body = _body(filename, [part for part in found if not part.is_attached])
    blocks = (*_head(message), *(replace(block, span=None) for block in body.blocks))
    names = [name for name, _ in _attached(found)]
    return Draft(
        blocks,
        title=_subject(message) or body.title,
        warnings=(*body.warnings, *_told(filename, names)),
    )


def attachments(filename: str, content: bytes) -> list[Entry]:
    """The files that came with a mail, each under a name of its own; signatures' pictures not.

    Raises:
        Refused: it is no mail.
    """
    found = list(parts(filename, open_mail(filename, content)))
    return [Entry(name, part.content) for name, part in _attached(found)]


def _attached(found: list[Part]) -> Iterator[tuple[str, Part]]:
    taken: dict[str, int] = {}
    kept = [part for part in found if part.is_attached and not _is_part_of_the_page(part)]
    for n, part in enumerate(kept[:MAX_ATTACHMENTS], 1):
        name = part.name or _nameless(part, n)
        times = taken[name] = taken.get(name, 0) + 1
        stem, dot, extension = name.rpartition(".")
        again = f"{stem} ({times}){dot}{extension}" if dot else f"{name} ({times})"
        yield (name if times == 1 else again), part


def _is_part_of_the_page(part: Part) -> bool:
    """Logos and signature marks: pictures that the HTML shows, and what mail programs add."""
    is_shown = part.message.get_content_disposition() != "attachment"
    is_picture = part.kind.startswith("image/") and is_shown
    return is_picture or bool(_MACHINERY.fullmatch(part.kind))


def _nameless(part: Part, n: int) -> str:
    if part.kind == "message/rfc822":
        inner = part.inner()
        subject = "" if inner is None else _subject(inner)
        stem = " ".join(re.sub(r"[^\w .-]", " ", subject).split())[:80]
        return f"{stem or f'mail {n}'}.eml"
    return f"part {n}.{part.kind.rpartition('/')[2]}"


def _subject(message: Message) -> str:
    """The subject without what forwarding puts before it."""
    return re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", header(message, "Subject"), flags=re.I)


def _head(message: Message) -> Iterator[Block]:
    if _subject(message):
        yield Block(PassageKind.HEADING, _subject(message), level=0)
    lines = [("Mail from", header(message, "From")), ("Mail to", header(message, "To"))]
    lines += [("Mail sent on", sent_on(message))]
    for label, value in lines:
        if value:
            yield Block(PassageKind.HEADER, f"{label}: {value}")


def _body(filename: str, found: list[Part]) -> Draft:
    pages = [part for part in found if part.kind == "text/html"]
    texts = [part for part in found if part.kind == "text/plain"]
    drafts = [html.draft_of(*page.text(filename)) for page in pages]
    if not any(draft.blocks for draft in drafts):
        drafts = [plain.read(filename, "\n\n".join(_words(filename, texts)).encode("utf-8"))]
    return Draft(
        tuple(block for draft in drafts for block in draft.blocks),
        title=next((draft.title for draft in drafts if draft.title), ""),
        warnings=tuple(warning for draft in drafts for warning in draft.warnings),
    )


def _words(filename: str, texts: list[Part]) -> Iterator[str]:
    for text in texts:
        words, _ = text.text(filename)
        yield re.sub("[\ud800-\udfff]", "\ufffd", words)


def _told(filename: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    files = "a file" if len(names) == 1 else f"{len(names)} files"
    few = ", ".join([*names[:5], *(["…"] if names[5:] else [])])
    taken = "an import takes each as a file of its own"
    return (f"{filename} came with {files} ({few}); {taken}.",)
