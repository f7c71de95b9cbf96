"""How much one request may bring: little, but for an upload by somebody who has signed in."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any

from flask import Request, session

FORM_MOST = 64 << 20  # bytes
TYPED_MOST = 2 << 20  # bytes of what is typed or pasted, files aside
UPLOAD_MOST = 1 << 30
FILES_MOST = 480  # of one request; scripts send more in portions, and a ZIP is one
PARTS_MOST = FILES_MOST + 20  # fields and files
UPLOADS = frozenset({"wizard.upload", "wizard.add"})


class UploadRequest(Request):
    """Flask's request, with limits by endpoint; files go to disk as they come."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._streams: list[IO[bytes]] = []

    @property
    def max_content_length(self) -> int | None:
        return UPLOAD_MOST if self._is_upload else super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    @property  # type: ignore[override]
    def max_form_parts(self) -> int | None:
        return PARTS_MOST if self._is_upload else super().max_form_parts

    @max_form_parts.setter
    def max_form_parts(self, value: int | None) -> None:
        self._max_form_parts = value

    @property
    def _is_upload(self) -> bool:
        """The cookie is signed: who has none of ours has not signed in."""
        return self.endpoint in UPLOADS and "_user_id" in session

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        stream = TemporaryFile("rb+")  # noqa: SIM115 -- closed with the request
        self._streams.append(stream)
        return stream

    def close(self) -> None:
        """Also what a request left that was cut off half way."""
        super().close()
        for stream in self._streams:
            stream.close()


def too_much(endpoint: str | None) -> str:
    if endpoint in UPLOADS:
        return (
            f"That is too much for one upload. The most is {UPLOAD_MOST >> 30} GB and "
            f"{FILES_MOST} files at once; put more files into a ZIP, or upload them in parts."
        )
    if endpoint == "checks.check":
        return (
            f"That is too much for one draft. Pasted text may have {TYPED_MOST >> 20} MB; "
            "choose the draft as a file instead, or split it."
        )
    return f"That is too much for one upload. The most is {FORM_MOST >> 20} MB."
